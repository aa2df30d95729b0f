"""A small office whose pages are looked at without a browser."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from doudi.access.actions import add_officer, appoint_officer
from doudi.access.models import Officer, Role
from doudi.access.queries import find_area
from doudi.kernel.vocabulary import Programme
from tests.warehouse.build import START, World, a_world

REPORT = "/report/2022H1/530111008"


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 - the database has to be there
    """An office in which one household was paid 1,234.50 yuan in June."""
    world = a_world()
    award = world.award(Programme.DIBAO, world.household("H1", head="赵钱孙"))
    world.due(award, "2022-06", 123_450, members=2)
    world.run("2022-06", {award: {"2022-06": 123_450}})
    return world


def officer_of(world: World, username: str, role: Role, area: str = "六甲街道") -> Officer:
    """An officer appointed to a role in an area, by the system."""
    officer = add_officer(username=username, name="甲", actor=world.actor, at=START)
    appoint_officer(
        officer,
        role=role,
        area=find_area(area),
        valid_from=date(2022, 1, 1),
        actor=world.actor,
        at=START,
    )
    return officer


def confirmed(client: Client) -> Client:
    """The same client, which has given its password this minute."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = session[SESSION_KEY]
    session.save()
    return client


@pytest.fixture
def client(world: World) -> Client:
    """A browser's stand-in, signed in as the district's inspector."""
    client = Client()
    client.force_login(officer_of(world, "inspector", Role.DISTRICT_INSPECTOR, "官渡区"))
    return client
