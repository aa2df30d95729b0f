"""Negative controls: with the protection taken away, the harm is there and would be seen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import find, given
from hypothesis import strategies as st

from doudi.access.journal import deed
from doudi.access.queries import verify_journal
from doudi.kernel.months import Month
from doudi.payments import queries
from doudi.payments.models import Answer, Run
from doudi.payments.reckon import Differences
from doudi.payments.reckon import draft as reckon
from tests.payments.build import (
    a_draft,
    a_sealed_run,
    an_answer,
    an_award,
    owe,
    payday,
    take_in,
    the_staff,
)
from tests.registry.build import a_household, a_person

JUNE = "2022-06"
LIMIT = 1_000_000_000


def say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.control("R2")
@pytest.mark.django_db
def test_without_the_one_desk_two_runs_would_lie_open() -> None:
    """Each would pay the same months: whoever seals both pays twice."""
    owe(an_award(), JUNE, 10_000)
    run = a_draft(JUNE)
    say("DROP INDEX run_open_once")
    clerk = the_staff().clerk
    with deed(actor=clerk, act="test", why="测试", at=payday(JUNE)):
        Run.objects.create(
            number="2022-06-2", month=JUNE, area=run.area, drafted_by=clerk, drafted_at=payday(JUNE)
        )
    assert Run.objects.filter(sealed_at=None).count() == 2


@pytest.mark.control("R5")
@pytest.mark.django_db
def test_by_the_last_file_alone_the_order_of_files_would_matter() -> None:
    """What became of a payment is read from all files: the last to come in says nothing more."""
    said = []
    ours = []
    for order in ((21, 25), (25, 21)):
        with transaction.atomic():
            owe(an_award(), JUNE, 10_000)
            run = a_sealed_run(JUNE)
            for day in order:
                take_in(an_answer(run, {1: "00" if day == 21 else "03"}, on=date(2022, 6, day)))
            last = Answer.objects.order_by("-pk").first()
            assert last is not None
            said.append(last.outcome)
            ours.append(queries.sums_returned(run))
            transaction.set_rollback(True)
    assert said[0] != said[1]
    assert ours[0] == ours[1] == queries.Sums(1, 10_000)


def carelessly(content: bytes) -> list[list[str]]:
    """A return file as it might be read by somebody who trusts it."""
    rows = [line.split("|") for line in content.decode("gb18030").splitlines()]
    return [[row[0], str(int(row[1])), row[4]] for row in rows[1:-1]]


@pytest.mark.control("R12")
def test_a_careless_reader_stumbles_over_the_bytes_that_ours_refuses() -> None:
    def stumbles(content: bytes) -> bool:
        try:
            carelessly(content)
        except Exception:  # noqa: BLE001 - whatever it is, it is no refusal
            return True
        return False

    assert find(st.binary(max_size=200), stumbles) is not None


@pytest.mark.promise("R15")
@given(st.integers(0, LIMIT), st.integers(0, 1000))
def test_a_share_in_whole_fen_is_never_more_than_it_should_be(fen: int, permille: int) -> None:
    share = fen * permille // 1000
    assert share * 1000 <= fen * permille < (share + 1) * 1000


@pytest.mark.promise("R15")
def test_a_recovery_s_share_is_reckoned_to_the_fen() -> None:
    """29 of 100 fen at 290 thousandths, where a fraction would make it 28."""
    lacking = Differences(
        np.array([1, 1], dtype=np.int64),
        np.array(["2022-05", "2022-06"]),
        np.array([-1_000, 100], dtype=np.int64),
    )
    lines = reckon(lacking, month=Month(JUNE), permille=290)
    assert lines.amount.tolist() == [-29, 100]


@pytest.mark.control("R15")
def test_a_share_reckoned_as_a_fraction_loses_a_fen() -> None:
    fen, permille = 100, 290
    assert fen * permille // 1000 == 29
    assert int(fen * (permille / 1000)) == 28


@pytest.mark.control("R19")
@pytest.mark.django_db
def test_without_its_trigger_a_change_would_leave_no_entry_and_is_found_by_the_tables() -> None:
    home = a_household(a_person())
    if connection.vendor == "postgresql":
        say("DROP TRIGGER journal_update ON registry_household")
    else:
        say("DROP TRIGGER journal_registry_household_update")
    with deed(actor=the_staff().clerk, act="test", why="测试", at=payday(JUNE)):
        say(f"UPDATE registry_household SET number = 'X' WHERE id = {home.pk}")
    found = {finding.code for finding in verify_journal(with_tables=True).findings}
    assert len(found) == 2, "the trigger that is missing, and the row unlike the journal"
