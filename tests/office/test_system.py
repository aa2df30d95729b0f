"""The state of the system, and one word for a watchdog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django.test import Client

from doudi.access.actions import seal_journal
from doudi.access.models import Role
from doudi.doors.office.system import views
from tests.office.conftest import officer_of
from tests.warehouse.build import START

if TYPE_CHECKING:
    from tests.warehouse.build import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(world: World) -> Client:
    client = Client()
    client.force_login(officer_of(world, "boss", Role.ADMINISTRATOR))
    return client


def test_the_page_says_versions_database_keys_and_the_journal_s_head(
    world: World, administrator: Client
) -> None:
    head = seal_journal(actor=world.actor, at=START)
    assert head is not None
    page = administrator.get("/system/").content.decode()
    assert head.digest in page
    assert "Django" in page
    assert "SQLite" in page or "PostgreSQL" in page
    assert "还没有在网页上核验过" in page


def test_a_verification_asked_for_on_the_page_is_remembered(administrator: Client) -> None:
    administrator.post("/system/verify")
    assert "日志完整" in administrator.get("/system/").content.decode()


def test_whoever_asks_hears_ok_and_nothing_else() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_database_that_is_silent_is_told_as_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> bool:
        raise OperationalError("secret details")

    monkeypatch.setattr(views, "answers", silent)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"unavailable")
