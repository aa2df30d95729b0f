"""News reaches the days on which something is different, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from doudi.access.queries import find_area
from doudi.kernel.vocabulary import Relation
from doudi.registry.actions import confirm_circumstance, correct_circumstance, end_circumstance
from doudi.registry.queries import touched_since
from tests.registry.build import a_household, a_person, day, moment, state, the_system

if TYPE_CHECKING:
    from datetime import date

    from doudi.registry.models import Household, Person

pytestmark = pytest.mark.django_db

KNOWN, NOW = moment("2022-05-01"), moment("2022-05-31")
LEARNT = moment("2022-05-10")
WAGE: dict[str, Any] = {"kind": "wage", "months": 1}


def reached(area: str = "六甲街道") -> dict[int, tuple[date, date | None]]:
    """The households that the news of May reaches, and the one span of days of each."""
    touched = touched_since(find_area(area), KNOWN, NOW)
    return {household: (span.first, span.last) for household, (span,) in touched.items()}


def test_no_news_reaches_nobody() -> None:
    head = a_person()
    a_household(head)
    state(head, "income", amount_fen=1, **WAGE)
    assert reached() == {}


def test_a_new_fact_reaches_its_own_days() -> None:
    head = a_person()
    home = a_household(head)
    state(
        head, "income", amount_fen=1, valid_from="2022-02-10", valid_to="2022-03-10", at=LEARNT,
        **WAGE,
    )  # fmt: skip
    assert reached() == {home.pk: (day("2022-02-10"), day("2022-03-10"))}


def test_a_grade_raised_from_march_reaches_back_to_march_and_not_to_the_certificate() -> None:
    head = a_person()
    home = a_household(head)
    state(head, "disability", category="physical", grade=2)
    state(
        head, "disability", category="physical", grade=1, valid_from="2022-03-01", revise=True,
        at=LEARNT,
    )  # fmt: skip
    assert reached() == {home.pk: (day("2022-03-01"), None)}


def test_a_fact_ended_reaches_the_days_after_its_end() -> None:
    head = a_person()
    home = a_household(head)
    row = state(head, "income", amount_fen=1, **WAGE)
    end_circumstance(row, valid_to=day("2022-01-31"), actor=the_system(), at=LEARNT, why="停发")
    assert reached() == {home.pk: (day("2022-02-01"), None)}


def test_a_claim_is_no_news_until_it_is_confirmed() -> None:
    head = a_person()
    home = a_household(head)
    row = state(
        head, "income", amount_fen=1, valid_from="2022-04-01", confirmed=False, at=LEARNT, **WAGE
    )
    assert reached() == {}
    confirm_circumstance(row, actor=the_system(), at=moment("2022-05-20"), why="核实")
    assert reached() == {home.pk: (day("2022-04-01"), None)}


def test_a_correction_taken_back_again_is_no_news() -> None:
    head = a_person()
    a_household(head)
    row = state(head, "income", amount_fen=1, **WAGE)
    for amount, at in ((2, LEARNT), (1, moment("2022-05-11"))):
        correct_circumstance(
            row, values={"amount_fen": amount}, source="更正", actor=the_system(), at=at, why="改"
        )
        row = type(row).objects.get(superseded_at=None)  # type: ignore[attr-defined]
    assert reached() == {}


def test_a_death_reaches_the_household_from_its_day_on() -> None:
    head = a_person()
    home = a_household(head)
    state(head, "death", valid_from="2022-04-30", cremated=None, state_funeral_grant=None,
          at=LEARNT)  # fmt: skip
    assert reached() == {home.pk: (day("2022-04-30"), None)}


def test_an_account_or_a_phone_changes_no_amount() -> None:
    head = a_person()
    a_household(head)
    state(head, "phone", number="13800000000", at=LEARNT)
    assert reached() == {}


def test_a_person_s_news_reaches_each_household_for_the_months_of_membership() -> None:
    child = a_person(born="2012-01-01")
    first, second = a_household(None, (child, Relation.CHILD)), a_household()
    leave(first, child)
    state(
        child, "membership", household_id=second.pk, relation="child", lives_with=True,
        independent=False, valid_from="2022-03-01",
    )  # fmt: skip
    state(child, "disability", category="vision", grade=1, valid_from="2022-01-15", at=LEARNT)
    assert reached() == {
        first.pk: (day("2022-01-15"), day("2022-02-28")),
        second.pk: (day("2022-03-01"), None),
    }


def test_a_household_that_a_person_has_left_hears_no_more_of_that_person() -> None:
    child = a_person(born="2012-01-01")
    first = a_household(None, (child, Relation.CHILD))
    leave(first, child)
    state(child, "disability", category="vision", grade=1, valid_from="2022-03-01", at=LEARNT)
    assert reached() == {}


def leave(home: Household, child: Person) -> None:
    """The child leaves the household in the middle of February."""
    end_circumstance(
        home.memberships.get(person=child), valid_to=day("2022-02-14"), actor=the_system(),
        at=moment("2021-12-02"), why="迁出",
    )  # fmt: skip


def test_a_move_reaches_both_households_from_its_day_on() -> None:
    child = a_person(born="2012-01-01")
    first, second = a_household(None, (child, Relation.CHILD)), a_household()
    end_circumstance(
        first.memberships.get(person=child), valid_to=day("2022-03-31"), actor=the_system(),
        at=LEARNT, why="迁出",
    )  # fmt: skip
    state(
        child, "membership", household_id=second.pk, relation="child", lives_with=True,
        independent=False, valid_from="2022-04-01", at=LEARNT,
    )  # fmt: skip
    assert reached() == {
        first.pk: (day("2022-04-01"), None),
        second.pk: (day("2022-04-01"), None),
    }


def test_news_of_another_area_is_not_ours() -> None:
    head = a_person()
    home = a_household(head, area="关上街道")
    state(head, "income", amount_fen=1, valid_from="2022-04-01", at=LEARNT, **WAGE)
    assert reached() == {}
    assert list(reached("官渡区")) == [home.pk]


def test_a_household_that_moved_away_is_told_to_both_areas() -> None:
    home = a_household(area="福保社区")
    state(
        home, "residence", area_id=find_area("关上街道").pk, registration="urban", address="",
        valid_from="2022-04-20", revise=True, at=LEARNT,
    )  # fmt: skip
    assert reached() == {home.pk: (day("2022-04-20"), None)}
    assert reached("关上街道") == {home.pk: (day("2022-04-20"), None)}
