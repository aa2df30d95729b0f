"""R1 and R11: what does not go through whole leaves nothing, and can be given again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from doudi.payments.actions import settle
from doudi.payments.models import Answer, ReturnFile
from doudi.registry.ledger import importing
from doudi.registry.models import Household, Person
from tests.ledger.build import MOMENT, a_clerk, a_family, ledger_file
from tests.payments.build import a_sealed_run, an_answer, an_award, owe, take_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door

JUNE = "2022-06"


class _Died(BaseException):
    """Stands for a process that dies in the middle."""


@pytest.mark.promise("R1")
@pytest.mark.django_db
def test_a_return_file_that_is_cut_short_is_taken_in_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owe(an_award(), JUNE, 10_000)
    content = an_answer(a_sealed_run(JUNE), {1: "03"})
    with monkeypatch.context() as broken:
        broken.setattr(settle, "_does_not_fit", die)
        with pytest.raises(_Died):
            take_in(content)
    assert ReturnFile.objects.count() == 0
    assert (take_in(content).was_known, Answer.objects.count()) == (False, 1)


def die(*_: object) -> str:
    raise _Died


def two_heads() -> dict[str, list[dict[str, Any]]]:
    """A family with two heads, which is found only when its rows are seen together."""
    rows = a_family()
    rows["人员"][1]["relation"] = "head"
    return rows


@pytest.mark.promise("R11")
@pytest.mark.django_db
def test_one_fault_keeps_the_whole_file_out(door: Door, tmp_path: Path) -> None:
    a_clerk()
    path = ledger_file(tmp_path / "ledger.xlsx", two_heads())
    told = door("ledger", "import", path, officer="clerk", at=MOMENT, status=2).output
    assert "HH-HEAD" in told
    assert (Household.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.control("R11")
@pytest.mark.django_db
def test_were_faults_not_refused_the_good_rows_would_be_saved(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_clerk()
    monkeypatch.setattr(importing, "_refuse_faults", lambda _faults, *, accepted: accepted)
    path = ledger_file(tmp_path / "ledger.xlsx", two_heads())
    door("ledger", "import", path, officer="clerk", at=MOMENT, status=None)
    assert Person.objects.exists()


@pytest.mark.promise("R11")
@pytest.mark.django_db
def test_of_two_thousand_bad_rows_every_one_is_told_and_none_is_saved(
    door: Door, tmp_path: Path
) -> None:
    a_clerk()
    rows = a_family()
    bad = dict(rows["收入"][0], amount_fen=-1)
    rows["收入"] = [bad] * 2_000
    path = ledger_file(tmp_path / "ledger.xlsx", rows)
    told = door("ledger", "import", path, officer="clerk", at=MOMENT, status=2).output
    assert "2000" in told.replace(",", "")
    assert Person.objects.count() == 0
