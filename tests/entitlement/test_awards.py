"""Awards taken in with their decisions: never twice, never rewritten, never without one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from doudi.entitlement.actions import import_awards
from doudi.entitlement.models import Award, Stop
from doudi.kernel.months import Month
from doudi.kernel.refusals import FileRefused
from doudi.kernel.vocabulary import Programme
from tests.entitlement.build import an_award_row, take_in
from tests.registry.build import START, a_household, a_person, day, moment, the_system

if TYPE_CHECKING:
    from doudi.registry.ledger.rows import AwardRow

pytestmark = pytest.mark.django_db


def faults_of(*rows: AwardRow) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as refusal:
        import_awards(rows, actor=the_system(), at=START, why="测试")
    return [(fault.row, fault.code) for fault in refusal.value.faults]


def test_dibao_begins_in_the_month_after_the_decision_and_a_subsidy_with_the_application() -> None:
    person = a_person()
    home = a_household(person)
    dibao, living = take_in(
        an_award_row(home, applied_on="2022-01-04", decided_on="2022-02-28"),
        an_award_row(
            home, person, programme=Programme.DISABILITY_LIVING,
            applied_on="2022-05-31", decided_on="2022-07-20",
        ),
        at=moment("2022-07-21"),
    )  # fmt: skip
    assert (dibao.first_month, living.first_month) == ("2022-03", "2022-05")


def test_the_same_rows_twice_change_nothing() -> None:
    row = an_award_row(a_household(), last_month=Month("2022-03"), stopped_on=day("2022-03-20"))
    take_in(row)
    again = import_awards([row], actor=the_system(), at=moment("2022-04-01"), why="测试")
    assert (again.new, again.stopped, again.unchanged) == (0, 0, 1)
    assert Award.objects.count() == Stop.objects.count() == 1


def test_a_stop_added_to_a_row_stops_the_award() -> None:
    row = an_award_row(a_household())
    take_in(row)
    stopped = replace(
        row, last_month=Month("2022-03"), stopped_on=day("2022-03-20"), stop_reason="自愿放弃"
    )
    done = import_awards([stopped], actor=the_system(), at=moment("2022-03-21"), why="测试")
    assert (done.new, done.stopped) == (0, 1)


def test_a_decided_award_is_never_rewritten() -> None:
    row = an_award_row(a_household())
    take_in(row)
    assert faults_of(replace(row, decided_on=day("2021-12-11"))) == [(row.row, "AWD-CHANGED")]


def test_the_same_programme_twice_in_one_month_is_refused() -> None:
    home = a_household()
    first, second = an_award_row(home), an_award_row(home)
    assert faults_of(first, second) == [(second.row, "AWD-DOUBLE")]


def test_an_award_after_the_stop_of_another_is_taken_in() -> None:
    home = a_household()
    first = an_award_row(home, last_month=Month("2022-03"), stopped_on=day("2022-03-20"))
    second = an_award_row(home, applied_on="2022-04-01", decided_on="2022-04-20")
    assert len(take_in(first, second, at=moment("2022-04-21"))) == 2


def test_every_fault_is_listed_and_nothing_is_saved() -> None:
    home = a_household()
    rows = [
        an_award_row(home),
        replace(an_award_row(home), household_number="没有"),
        an_award_row(home, programme=Programme.TEKUN),
        replace(an_award_row(home), decided_on=day("2021-01-01")),
        an_award_row(home, a_person(), programme=Programme.TEKUN, due_from=Month("2020-01")),
    ]
    codes = [code for _, code in faults_of(*rows)]
    assert codes == ["AWD-HOUSEHOLD", "AWD-SUBJECT", "DATE-ORDER", "AWD-FIRST"]
    assert not Award.objects.exists()


def test_a_programme_that_another_award_excludes_is_refused_till_that_one_is_stopped() -> None:
    person = a_person(born="1950-01-01")
    home = a_household(person)
    tekun = an_award_row(home, person, programme=Programme.TEKUN)
    take_in(tekun)
    care = an_award_row(
        home, person, programme=Programme.DISABILITY_CARE,
        applied_on="2022-03-01", decided_on="2022-03-20",
    )  # fmt: skip
    assert faults_of(care) == [(care.row, "SCH-EXCL")]
    stopped = replace(tekun, last_month=Month("2022-02"), stopped_on=day("2022-02-20"))
    assert len(take_in(stopped, care, at=moment("2022-03-21"))) == 2
