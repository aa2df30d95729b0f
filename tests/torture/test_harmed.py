"""Full, read-only, cut off, two at once: one clear sentence, and the office is whole.

What was harmed is given again unharmed; then the office equals its twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.torture.conftest import Ask

pytestmark = pytest.mark.database

ACTS = ("import", "run", "seal", "export", "settle")
LARGE = ("import", "run")
"""What always needs more pages than there are; the others may fit into what is free."""
REFUSED = 2


def refused_with(sentence: str, trial: dict[str, Any]) -> None:
    """The command said one sentence and left with status 2, and the office is whole."""
    assert trial["faults"] == [], trial
    assert trial["status"] == REFUSED, trial
    assert sentence in trial["said"], trial
    assert trial["said"].count("\n") == 1, trial


@pytest.mark.sqlite_only
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("pages", [0, 2])
def test_a_disk_that_is_full_is_named(act: str, pages: int, torturer: Ask) -> None:
    (trial,) = torturer(harm="full_database", act=act, number=pages)
    if act in LARGE or trial["status"]:
        refused_with("磁盘已满", trial)
    assert trial["faults"] == []


def test_a_disk_too_full_for_the_banks_file_is_named(torturer: Ask) -> None:
    (trial,) = torturer(harm="full_disk", act="export", number=0)
    refused_with("磁盘已满", trial)


@pytest.mark.parametrize("act", ACTS)
def test_a_database_that_can_only_be_read_is_named(act: str, torturer: Ask) -> None:
    (trial,) = torturer(harm="read_only", act=act, number=0)
    refused_with("数据库不可写", trial)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("statement", [1, 4, 9])
def test_a_lost_connection_is_named(act: str, statement: int, torturer: Ask) -> None:
    (trial,) = torturer(harm="lost_connection", act=act, number=statement)
    refused_with("数据库", trial)


@pytest.mark.parametrize("act", ACTS)
def test_two_at_once_come_to_the_same_as_one(act: str, torturer: Ask) -> None:
    trials = torturer(at_once=act, times=2)
    assert trials[0]["faults"] == []
    assert {0} <= {trial["status"] for trial in trials} <= {0, REFUSED}, trials
    assert all("Traceback" not in trial["said"] for trial in trials), trials
