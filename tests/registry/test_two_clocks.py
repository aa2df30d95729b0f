"""A month takes the last state seen in it, as known on a moment; and it stays so for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from doudi.access.queries import find_area
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import DisabilityCategory, IncomeKind, Relation, Sex
from doudi.registry import queries
from doudi.registry.actions import (
    confirm_circumstance,
    correct_circumstance,
    end_circumstance,
    withdraw_circumstance,
)
from tests.registry.build import (
    a_household,
    a_person,
    an_officer,
    day,
    moment,
    state,
    the_system,
)

if TYPE_CHECKING:
    from doudi.registry.models import Person
    from doudi.registry.queries import Facts

pytestmark = pytest.mark.django_db

PENSION: dict[str, Any] = {"kind": "pension", "months": 1}


def facts(month: str, known: str, area: str = "六甲街道") -> Facts:
    return queries.facts(find_area(area), Month(month), moment(known))


def pension(person: Person, month: str, known: str) -> int:
    """A person's pension over twelve months, in fen, by the facts of a month."""
    found = facts(month, known)
    place = found.persons.id.tolist().index(person.pk)
    return int(found.persons.income_year_fen[IncomeKind.PENSION][place])


def grade(person: Person, month: str, known: str) -> int:
    found = facts(month, known)
    return int(found.persons.disability_grade[found.persons.id.tolist().index(person.pk)])


def test_a_fact_counts_for_every_month_that_its_span_touches() -> None:
    head = a_person()
    a_household(head)
    state(head, "income", amount_fen=100, valid_from="2022-02-28", valid_to="2022-03-01", **PENSION)
    found = [pension(head, f"2022-{month:02d}", "2023-01-01") for month in range(1, 5)]
    assert found == [0, 1200, 1200, 0]


def test_a_month_takes_the_last_state_seen_in_it() -> None:
    head = a_person()
    a_household(head)
    state(head, "disability", category="physical", grade=3, valid_to="2022-03-14")
    state(head, "disability", category="physical", grade=1, valid_from="2022-03-15")
    assert [grade(head, month, "2023-01-01") for month in ("2022-02", "2022-03")] == [3, 1]


def test_the_last_state_counts_even_if_it_ended_within_the_month() -> None:
    head = a_person()
    a_household(head)
    state(
        head, "disability", category="vision", grade=2, valid_from="2022-03-01",
        valid_to="2022-03-10",
    )  # fmt: skip
    assert grade(head, "2022-03", "2023-01-01") == 2


def test_a_year_s_sum_and_a_monthly_sum_are_read_alike() -> None:
    head = a_person()
    a_household(head)
    state(head, "income", kind="pension", amount_fen=1200, months=12)
    state(head, "income", kind="wage", amount_fen=100, months=1)
    persons = facts("2022-01", "2022-01-31").persons
    assert persons.income_year_fen[IncomeKind.PENSION].tolist() == [1200]
    assert persons.income_year_fen[IncomeKind.WAGE].tolist() == [1200]


def test_what_is_only_claimed_counts_for_nothing_until_it_is_confirmed() -> None:
    head = a_person()
    a_household(head)
    row = state(head, "income", amount_fen=100, confirmed=False, at=moment("2022-01-05"), **PENSION)
    confirm_circumstance(row, actor=an_officer("li"), at=moment("2022-02-05"), why="核实")
    assert pension(head, "2022-01", "2022-02-04") == 0
    assert pension(head, "2022-01", "2022-02-05") == 1200


def test_what_is_learnt_in_the_evening_was_not_known_in_the_morning() -> None:
    head = a_person()
    a_household(head)
    state(head, "income", amount_fen=100, at=moment("2022-02-05T17:00"), **PENSION)
    assert pension(head, "2022-01", "2022-02-05T16:59") == 0
    assert pension(head, "2022-01", "2022-02-05T17:00") == 1200


def test_a_correction_changes_what_is_known_now_and_not_what_was_known_then() -> None:
    head = a_person()
    a_household(head)
    row = state(head, "income", amount_fen=100, **PENSION)
    correct_circumstance(
        row, values={"amount_fen": 250}, source="银行流水", actor=the_system(),
        at=moment("2022-04-10"), why="核对",
    )  # fmt: skip
    assert pension(head, "2022-01", "2022-04-09") == 1200
    assert pension(head, "2022-01", "2022-04-10") == 3000


def test_an_ended_fact_is_known_as_open_until_somebody_ended_it() -> None:
    head = a_person()
    a_household(head)
    row = state(head, "income", amount_fen=100, **PENSION)
    end_circumstance(
        row, valid_to=day("2022-02-28"), actor=the_system(), at=moment("2022-05-01"), why="停"
    )
    assert pension(head, "2022-03", "2022-04-30") == 1200
    assert pension(head, "2022-03", "2022-05-01") == 0
    assert pension(head, "2022-02", "2022-05-01") == 1200


def test_a_withdrawn_fact_was_believed_once() -> None:
    head = a_person()
    a_household(head)
    row = state(head, "income", amount_fen=100, **PENSION)
    withdraw_circumstance(row, actor=the_system(), at=moment("2022-05-01"), why="弄错了人")
    assert pension(head, "2022-03", "2022-04-30") == 1200
    assert pension(head, "2022-03", "2022-05-01") == 0
    with pytest.raises(Refusal, match="已被更正"):
        withdraw_circumstance(row, actor=the_system(), at=moment("2022-05-02"), why="再来")


def test_nothing_is_changed_at_a_moment_before_it_was_recorded() -> None:
    head = a_person()
    a_household(head)
    row = state(head, "income", amount_fen=100, at=moment("2022-03-01"), **PENSION)
    with pytest.raises(Refusal) as refused:
        withdraw_circumstance(row, actor=the_system(), at=moment("2022-02-28"), why="回到过去")
    assert refused.value.code == "AT-ORDER"


def test_a_household_is_of_the_area_where_it_lived_last_in_the_month() -> None:
    home = a_household(area="福保社区")
    old = state(
        home, "residence", area_id=find_area("关上街道").pk, registration="urban", address="",
        valid_from="2022-03-20", revise=True, at=moment("2022-03-21"),
    )  # fmt: skip
    assert old.pk
    known = "2022-04-30"
    assert facts("2022-02", known).households.id.tolist() == [home.pk]
    assert facts("2022-03", known).households.id.tolist() == []
    assert facts("2022-03", known, area="官渡区").households.id.tolist() == [home.pk]


def test_a_person_belongs_where_the_month_saw_them_last() -> None:
    child = a_person(born="2012-01-01")
    first = a_household(None, (child, Relation.CHILD))
    second = a_household()
    membership = first.memberships.get(person=child)
    at = moment("2022-03-16")
    end_circumstance(membership, valid_to=day("2022-03-10"), actor=the_system(), at=at, why="迁出")
    state(
        child, "membership", household_id=second.pk, relation="child", lives_with=True,
        independent=False, valid_from="2022-03-15", at=at,
    )  # fmt: skip
    homes = {month: facts(month, "2022-12-01") for month in ("2022-02", "2022-03")}
    where = {
        month: int(found.households.id[found.persons.household[found.persons.id == child.pk][0]])
        for month, found in homes.items()
    }
    assert where == {"2022-02": first.pk, "2022-03": second.pk}


def test_a_death_leaves_the_member_and_says_the_day() -> None:
    head = a_person(born="1940-01-01", sex=Sex.MALE)
    a_household(head)
    state(head, "death", valid_from="2022-03-05", cremated=True, state_funeral_grant=None,
          at=moment("2022-03-20"))  # fmt: skip
    before, after = facts("2022-02", "2022-12-01"), facts("2022-04", "2022-12-01")
    assert str(before.persons.death_day[0]) == "NaT"
    assert str(after.persons.death_day[0]) == "2022-03-05"
    assert after.persons.cremated.tolist() == [queries.YES]
    assert after.persons.state_funeral_grant.tolist() == [queries.UNKNOWN]


def test_where_nobody_lives_there_are_no_facts() -> None:
    home = a_household(area="关上街道")
    area, month, known = find_area("六甲街道"), Month("2022-01"), moment("2022-01-31")
    for asked in (None, [], [home.pk]):
        found = queries.facts(area, month, known, asked)
        assert (len(found.households.id), len(found.persons.id)) == (0, 0)
    assert queries.facts(None, month, known, [home.pk]).households.id.tolist() == [home.pk]


def test_words_are_codes_in_the_order_of_their_vocabulary() -> None:
    head = a_person()
    a_household(head)
    state(head, "disability", category="mental", grade=2)
    category = int(facts("2022-01", "2022-01-31").persons.disability_category[0])
    assert queries.word_of(DisabilityCategory, category) is DisabilityCategory.MENTAL
    assert queries.word_of(DisabilityCategory, 0) is None
