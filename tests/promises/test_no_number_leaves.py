"""No ID number, account or phone goes where nobody looks for it: not into a log, not on stderr."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from tests.ledger.build import CARD, GRANDMOTHER, MOMENT, a_clerk, a_family, ledger_file
from tests.payments.build import a_sealed_run, an_account, an_answer, an_award, owe, the_staff
from tests.registry.build import a_person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door

pytestmark = pytest.mark.django_db

A_NUMBER = re.compile(r"(?<!\d)\d{16,19}[Xx]?(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")
"""ID numbers, accounts and mobile phones; hashes and moments are none."""


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every logger at its most talkative."""
    caplog.set_level(logging.DEBUG)
    for name in ("doudi", "django", "django.request", "django.db.backends"):
        caplog.set_level(logging.WARNING if "backends" in name else logging.DEBUG, logger=name)
    return caplog


def test_a_ledger_taken_in_and_out_leaves_no_number_in_any_log(
    door: Door,
    tmp_path: Path,
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    a_clerk()
    said = [
        door(
            "ledger",
            "import",
            ledger_file(tmp_path / "ledger.xlsx", a_family()),
            officer="clerk",
            at=MOMENT,
        ).output
    ]
    rows = a_family()
    rows["收入"][0]["amount_fen"] = -1
    wrong = ledger_file(tmp_path / "wrong.xlsx", rows)
    said.append(door("ledger", "import", wrong, officer="clerk", at=MOMENT, status=2).output)
    assert numbers_in(everything_logged.text, *capfd.readouterr(), *said) == set()


def test_a_payroll_paid_and_returned_leaves_no_number_in_any_log(
    door: Door,
    tmp_path: Path,
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    the_staff()
    head = a_person()
    an_account(head)
    owe(an_award(payee=head), "2022-06", 10_000)
    run = a_sealed_run("2022-06")
    answer = tmp_path / "return.txt"
    answer.write_bytes(an_answer(run, {1: "03"}))
    late = {"officer": "cashier", "at": "2022-07-20T10:00"}
    said = [
        door("payroll", "export", run.number, **late).output,
        door("payroll", "settle", answer, **late).output,
        door("payroll", "show", run.number, **late).output,
    ]
    assert numbers_in(everything_logged.text, *capfd.readouterr(), *said) == set()


def numbers_in(*texts: str) -> set[str]:
    return {found for text in texts for found in A_NUMBER.findall(text)}


def test_a_number_in_a_text_is_seen() -> None:
    assert numbers_in(f"read {GRANDMOTHER}", f"to {CARD}.", "call 13800000000") == {
        GRANDMOTHER,
        CARD,
        "13800000000",
    }
    assert numbers_in("seal 0f3e", "2022-06-1", "6217********0004") == set()
