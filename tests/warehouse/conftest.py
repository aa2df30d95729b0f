"""The world in which figures are counted."""

from __future__ import annotations

import pytest

from tests.warehouse.build import World, a_world


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 - the database has to be there
    """An office that has its areas and officers, and nobody in it yet."""
    return a_world()
