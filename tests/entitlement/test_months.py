"""A month worked out: what awards come to, what late news reaches back to, what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.entitlement.actions import stop_award, taper_award
from doudi.entitlement.models import Determination, Due, DueComponent, OpenQuestion
from doudi.entitlement.queries import due_table
from doudi.entitlement.rules import rules_of
from doudi.entitlement.working import ask
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme, Relation, Sex
from tests.entitlement.build import STANDARD, amounts, an_award, liujia, take_in, work_out
from tests.entitlement.build import an_award_row as a_row
from tests.registry.build import a_household, a_person, day, moment, state, the_system

if TYPE_CHECKING:
    from doudi.registry.models import Household, Person

pytestmark = pytest.mark.django_db


def a_home(wage: int = 0) -> tuple[Household, Person]:
    """A household of one adult, with a wage or without."""
    person = a_person(born="1975-04-01")
    home = a_household(person)
    if wage:
        state(person, "income", kind="wage", amount_fen=wage, months=1)
    return home, person


def test_a_household_is_due_the_standard_less_its_income() -> None:
    home, _ = a_home(wage=20_000)
    award = an_award(home)
    work_out("2022-01")
    assert amounts(award) == {"2022-01": STANDARD - 20_000}


def test_a_due_row_says_for_how_many_persons_and_of_what_it_is_made() -> None:
    old = a_person(born="1950-01-01", sex=Sex.FEMALE)
    home = a_household(old, (a_person(born="1980-01-01"), Relation.CHILD))
    state(old, "support", finding="able")
    award = an_award(home)
    work_out("2022-01")
    due = due_table().get(award=award)
    parts = dict(DueComponent.objects.filter(due=due).values_list("kind", "amount_fen"))
    assert due.members == 2
    assert parts == {"gap": 2 * STANDARD, "supplement": STANDARD // 10}


def test_the_first_working_out_begins_with_the_first_month_that_is_due() -> None:
    home, _ = a_home()
    award = an_award(home)
    worked = work_out("2022-03")
    assert [each.month for each in worked] == ["2022-01", "2022-02", "2022-03"]
    assert amounts(award) == dict.fromkeys(["2022-01", "2022-02", "2022-03"], STANDARD)


def test_an_award_taken_over_is_due_only_from_the_month_of_the_take_over() -> None:
    home, _ = a_home()
    award = an_award(
        home, applied_on="2015-01-05", decided_on="2015-02-03", due_from=Month("2022-02")
    )
    work_out("2022-03")
    assert sorted(amounts(award)) == ["2022-02", "2022-03"]


def test_a_second_working_out_changes_nothing() -> None:
    home, _ = a_home()
    an_award(home)
    work_out("2022-01")
    before = (Due.objects.count(), Determination.objects.count())
    assert work_out("2022-01", at="2022-01-21") == []
    assert (Due.objects.count(), Determination.objects.count()) == before


def test_a_fact_recorded_late_reworks_the_months_it_reaches_and_no_others() -> None:
    home, person = a_home()
    award = an_award(home)
    other_home, _ = a_home()
    other = an_award(other_home)
    for month in ("2022-01", "2022-02", "2022-03", "2022-04"):
        work_out(month)
    state(
        person, "income", kind="wage", amount_fen=30_000, months=1,
        valid_from="2022-02-10", valid_to="2022-03-31", at=moment("2022-05-06"),
    )  # fmt: skip
    worked = work_out("2022-05")
    assert [(each.month, each.reworked, each.changed) for each in worked] == [
        ("2022-02", True, 1),
        ("2022-03", True, 1),
        ("2022-05", False, 2),
    ]
    assert amounts(award) == {
        "2022-01": STANDARD,
        "2022-02": STANDARD - 30_000,
        "2022-03": STANDARD - 30_000,
        "2022-04": STANDARD,
        "2022-05": STANDARD,
    }
    assert set(amounts(other).values()) == {STANDARD}


def test_two_facts_recorded_late_rework_no_month_between_them() -> None:
    home, person = a_home()
    an_award(home)
    work_out("2022-05")
    for month in ("2022-01", "2022-04"):
        state(
            person, "income", kind="wage", amount_fen=30_000, months=1,
            valid_from=f"{month}-05", valid_to=f"{month}-25", at=moment("2022-06-06"),
        )  # fmt: skip
    assert [each.month for each in work_out("2022-06")] == ["2022-01", "2022-04", "2022-06"]


def test_what_was_due_before_a_correction_is_kept_beside_it() -> None:
    home, person = a_home()
    award = an_award(home)
    work_out("2022-01")
    state(
        person, "income", kind="wage", amount_fen=10_000, months=1,
        valid_from="2022-01-01", at=moment("2022-02-08"),
    )  # fmt: skip
    work_out("2022-02")
    rows = Due.objects.filter(award=award, month="2022-01").order_by("pk")
    assert [row.amount_fen for row in rows] == [STANDARD, STANDARD - 10_000]
    assert [row.superseded_at is None for row in rows] == [False, True]


def test_a_claimed_fact_changes_no_money_before_it_is_confirmed() -> None:
    home, person = a_home()
    award = an_award(home)
    state(person, "income", kind="wage", amount_fen=30_000, months=1, confirmed=False)
    work_out("2022-01")
    assert amounts(award) == {"2022-01": STANDARD}


def test_an_award_stopped_late_is_due_nothing_for_the_months_after() -> None:
    home, _ = a_home()
    award = an_award(home)
    work_out("2022-03")
    stop_award(
        award, last_month=Month("2022-01"), decided_on=day("2022-04-02"),
        reason="户口迁出", actor=the_system(), at=moment("2022-04-02"),
    )  # fmt: skip
    work_out("2022-04")
    assert amounts(award) == {"2022-01": STANDARD, "2022-02": 0, "2022-03": 0}


def test_an_award_whose_conditions_no_longer_hold_is_due_nothing_but_is_not_stopped() -> None:
    home, person = a_home()
    award = an_award(home)
    state(
        person, "income", kind="wage", amount_fen=90_000, months=1, valid_from="2022-02-01"
    )  # fmt: skip
    work_out("2022-02")
    assert amounts(award) == {"2022-01": STANDARD, "2022-02": 0}
    assert due_table().get(award=award, month="2022-02").reason == "holds_not"
    assert not award.stops.exists()


def test_a_tapering_award_goes_on_at_its_last_amount() -> None:
    home, person = a_home(wage=20_000)
    award = an_award(home)
    state(
        person, "income", kind="business", amount_fen=90_000, months=1, valid_from="2022-02-01"
    )  # fmt: skip
    taper_award(
        award, from_month=Month("2022-02"), months=2, decided_on=day("2022-02-03"),
        actor=the_system(), at=moment("2022-02-03"),
    )  # fmt: skip
    work_out("2022-04")
    assert amounts(award) == {
        "2022-01": STANDARD - 20_000,
        "2022-02": STANDARD - 20_000,
        "2022-03": STANDARD - 20_000,
        "2022-04": 0,
    }


def test_a_month_that_cannot_be_determined_is_an_open_question_and_no_due_row() -> None:
    home, _ = a_home()
    person = a_person(born="1950-01-01")
    home = a_household(person)
    award = an_award(home, person, programme=Programme.TEKUN)
    state(person, "support", finding="none")
    worked = work_out("2022-01")
    assert amounts(award) == {}
    assert worked[-1].undetermined == 1
    assert OpenQuestion.objects.get(award=award).missing == ["self_care_unmet"]
    state(person, "self_care", items_unmet=0, at=moment("2022-02-03"))
    work_out("2022-02")
    assert sorted(amounts(award)) == ["2022-01", "2022-02"]
    assert not OpenQuestion.objects.filter(superseded_at=None).exists()


def test_the_month_of_death_is_due_and_the_next_is_not() -> None:
    home, _ = a_home()
    person = a_person(born="1950-01-01")
    home = a_household(person)
    award = an_award(home, person, programme=Programme.TEKUN)
    state(person, "support", finding="none")
    state(person, "self_care", items_unmet=0)
    state(
        person, "death", cremated=None, state_funeral_grant=None, valid_from="2022-02-01",
        at=moment("2022-02-05"),
    )  # fmt: skip
    work_out("2022-03")
    assert [amount > 0 for amount in amounts(award).values()] == [True, True, False]


def test_a_person_on_tekun_leaves_the_count_of_the_household() -> None:
    old = a_person(born="1950-01-01")
    home = a_household(a_person(born="1980-01-01"), (old, Relation.PARENT))
    state(old, "support", finding="none")
    state(old, "self_care", items_unmet=0)
    dibao, _ = take_in(a_row(home), a_row(home, old, programme=Programme.TEKUN))
    work_out("2022-01")
    assert due_table().get(award=dibao).members == 1


def test_a_month_that_has_not_begun_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        work_out("2022-05", at="2022-04-30")
    assert refusal.value.code == "MONTH-FUTURE"


def _statements_of_a_month(homes: int, month: str) -> int:
    for _ in range(homes):
        home, _person = a_home(wage=10_000)
        an_award(home)
    with CaptureQueriesContext(connection) as statements:
        work_out(month)
    return len(statements)


def test_the_number_of_statements_does_not_depend_on_the_number_of_households() -> None:
    liujia()
    work_out("2021-12")
    few = _statements_of_a_month(3, "2022-01")
    many = _statements_of_a_month(30, "2022-02")
    again = _statements_of_a_month(60, "2022-03")
    assert few <= many == again


def test_the_first_month_that_the_rules_know_of_is_asked_like_any_other() -> None:
    person = a_person(born="1975-04-01")
    home = a_household(person, since="2010-01-01")
    asked = ask(liujia(), Month("2014-05"), rules_of(liujia()), known_at=moment("2022-02-01"))
    assert asked.known.households.id.tolist() == [home.pk]
