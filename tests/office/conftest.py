"""A small office whose pages are looked at without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doudi.kernel.vocabulary import Programme
from tests.warehouse.build import World, a_world

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

REPORT = "/report/2022H1/530111008"


@pytest.fixture
def world(db: None, settings: SettingsWrapper) -> World:  # noqa: ARG001 - the database has to be there
    """An office in which one household was paid 1,234.50 yuan in June."""
    settings.FRONT_PERIOD, settings.FRONT_AREA = "2022H1", "530111008"
    world = a_world()
    award = world.award(Programme.DIBAO, world.household("H1", head="赵钱孙"))
    world.due(award, "2022-06", 123_450, members=2)
    world.run("2022-06", {award: {"2022-06": 123_450}})
    return world
