"""An office moved to PostgreSQL is the same office: same journal, same report, nothing to pay."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.care.offices import SERVER, Office, offices
from tests.care.test_drill import LATER, lived_through_a_month

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif(not SERVER, reason="needs a server to move to"),
]
ASKED = (
    ["--at", LATER, "--as", "guan", "officer", "list"],
    ["--at", LATER, "--as", "shou", "report", "2022H1", "--area", "六甲街道"],
    ["--at", LATER, "payroll", "verify"],
)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office, str, str]]:
    """The office on SQLite, the same on PostgreSQL, its published head, and what `move` said."""
    places = offices(tmp_path_factory.mktemp("move"))
    there = next(places)
    here = replace(there, url="")
    here.home.mkdir(parents=True)
    head = lived_through_a_month(here)
    said = here.say(["--at", LATER, "move", "--to", there.url])
    yield here, there, head, said
    places.close()  # type: ignore[attr-defined]


def test_a_moved_office_has_the_same_chain_and_rows(
    moved: tuple[Office, Office, str, str],
) -> None:
    here, there, head, said = moved
    verified = there.say(["journal", "verify", "--tables", "--head", head])
    before = here.say(["journal", "verify", "--tables", "--head", head])
    assert re.findall(r"共 \d+ 条", verified) == re.findall(r"共 \d+ 条", before)
    assert "DOUDI_DATABASE_URL" in said


def test_a_moved_office_reports_the_same(moved: tuple[Office, Office, str, str]) -> None:
    here, there, _, _ = moved
    assert there.say(*ASKED) == here.say(*ASKED)


def test_a_moved_office_goes_on_and_has_nothing_more_to_pay(
    moved: tuple[Office, Office, str, str],
) -> None:
    _, there, _, _ = moved
    said = there.say(
        ["--at", LATER, "--as", "shou", "run", "2022-06", "--area", "六甲街道"],
        ["replay", "2022-06", "--area", "六甲街道"],
        ["--at", LATER, "--as", "guan", "journal", "seal"],
        ["journal", "verify", "--tables"],
    )
    assert "没有要发放的" in said
    assert "没有任何差异" in said


def test_nobody_moves_into_an_office_that_lives(moved: tuple[Office, Office, str, str]) -> None:
    here, there, _, _ = moved
    before = there.read("SELECT COUNT(*) FROM access_entry")
    assert "没有改动" in here.say(["move", "--to", there.url], status=2)
    assert there.read("SELECT COUNT(*) FROM access_entry") == before
