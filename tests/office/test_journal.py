"""The journal searched from its page: who reads what, and what is masked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.access.models import Role
from tests.office.conftest import officer_of

if TYPE_CHECKING:
    from doudi.access.models import Officer
    from tests.warehouse.build import World

pytestmark = pytest.mark.django_db


def page_of(officer: Officer, query: str = "") -> str:
    client = Client()
    client.force_login(officer)
    return client.get(f"/journal/{query}").content.decode()


@pytest.fixture
def clerk(world: World) -> Officer:
    """A clerk of the subdistrict who registered somebody."""
    clerk = officer_of(world, "zhao", Role.COUNTER_CLERK)
    world.actor, system = clerk, world.actor
    world.person("欧阳无名")
    world.actor = system
    return clerk


def inspector(world: World, area: str = "官渡区") -> Officer:
    return officer_of(world, "reader", Role.DISTRICT_INSPECTOR, area)


def test_the_inspector_reads_who_did_what_and_nobody_s_name(world: World, clerk: Officer) -> None:
    page = page_of(inspector(world), f"?officer={clerk.username}")
    assert "registry_person" in page
    assert "欧阳无名" not in page
    assert "1952-03-01" not in page


def test_an_administrator_reads_of_accounts_alone(world: World, clerk: Officer) -> None:
    page = page_of(officer_of(world, "boss", Role.ADMINISTRATOR))
    assert "registry_person" not in page
    assert clerk.username not in page or "access_" in page


def test_an_inspector_of_elsewhere_reads_nothing_of_ours(world: World, clerk: Officer) -> None:
    del clerk
    assert "registry_person" not in page_of(inspector(world, "官渡街道"))


def test_a_clerk_does_not_read_the_journal(clerk: Officer) -> None:
    client = Client()
    client.force_login(clerk)
    assert client.get("/journal/").status_code == 403


@pytest.mark.usefixtures("clerk")
def test_the_journal_is_narrowed_by_act_day_and_row(world: World) -> None:
    reader = inspector(world)
    assert "registry_person" in page_of(reader, "?act=test&since=2022-01-04&until=2022-01-04")
    assert "registry_person" not in page_of(reader, "?act=seal_run")
    assert "registry_person" not in page_of(reader, "?until=2022-01-03")
    assert "没有符合的记录" in page_of(reader, "?row=registry_person:999999")


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [("?since=gestern", "不是日期"), ("?row=registry_person", "应写成“表:行号”")],
)
def test_a_search_that_can_t_be_read_is_said_in_a_sentence(
    world: World, query: str, sentence: str
) -> None:
    assert sentence in page_of(inspector(world), query)


def test_the_journal_asks_no_more_for_more_rows(world: World, clerk: Officer) -> None:
    reader = inspector(world)
    with CaptureQueriesContext(connection) as few:
        page_of(reader)
    world.actor, system = clerk, world.actor
    for _ in range(5):
        world.person("又一人")
    world.actor = system
    with CaptureQueriesContext(connection) as many:
        page_of(reader)
    assert len(many) == len(few)
