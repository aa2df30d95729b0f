"""Facts are recorded once, never overlap, and contradict neither a life nor a household."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from doudi.access.queries import find_area
from doudi.kernel.refusals import Refusal, Severity
from doudi.kernel.vocabulary import Relation, Sex
from doudi.registry.actions import (
    correct_circumstance,
    end_circumstance,
    record_circumstances,
    withdraw_circumstance,
)
from doudi.registry.models import Account, Income
from doudi.registry.queries import account_number, current_accounts
from doudi.registry.statements import Recorded, Statement
from tests.registry.build import a_household, a_person, day, moment, state, the_fact, the_system

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.registry.models import Household, Person

pytestmark = pytest.mark.django_db

PENSION: dict[str, Any] = {"kind": "pension", "months": 1}
CARD: dict[str, Any] = {"bank": "信用社", "holder_name": "测试人", "agent": False}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done here is refused with this code, in a sentence with every place filled."""
    with pytest.raises(Refusal) as caught:
        yield
    assert "{" not in caught.value.sentence()
    assert caught.value.code == code


def take_in(kind: str, *statements: Statement, at: str = "2022-05-01", **more: bool) -> Recorded:
    """Take statements in as a ledger does."""
    return record_circumstances(
        kind,
        statements=statements,
        actor=the_system(),
        at=moment(at),
        why="导入",
        revise=True,
        **more,
    )


def income(person: Person, fen: int, first: str, last: str | None = None, **more: Any) -> Statement:
    values = {"kind": "pension", "amount_fen": fen, "months": 1}
    return Statement(person.pk, values, day(first), day(last) if last else None, "台账", **more)


def believed(person: Person) -> list[tuple[str, str, int]]:
    """What is believed of a person's income, in order of time."""
    rows = Income.objects.filter(person=person, superseded_at=None).order_by("valid_from")
    return [(str(row.valid_from), str(row.valid_to), row.amount_fen) for row in rows]


def membership(person: Person, home: Household, relation: Relation, first: str) -> Statement:
    values = {
        "household_id": home.pk,
        "relation": relation,
        "lives_with": True,
        "independent": False,
    }
    return Statement(person.pk, values, day(first), None, "台账")


# One key, one fact a day


def test_an_overlap_is_refused_and_names_the_other_span() -> None:
    head = a_person()
    state(head, "income", amount_fen=1, valid_from="2022-01-01", valid_to="2022-06-30", **PENSION)
    with pytest.raises(Refusal, match="与 2022-01-01 至 2022-06-30 的记录重叠，请先结束旧记录"):
        state(head, "income", amount_fen=2, valid_from="2022-05-01", **PENSION)


def test_facts_that_only_touch_or_are_of_another_key_stand_side_by_side() -> None:
    head = a_person()
    state(head, "income", amount_fen=1, valid_from="2022-01-01", valid_to="2022-06-30", **PENSION)
    state(head, "income", amount_fen=2, valid_from="2022-07-01", **PENSION)
    state(head, "income", kind="wage", months=1, amount_fen=3, valid_from="2022-05-01")
    assert len(believed(head)) == 3


def test_a_fact_withdrawn_or_corrected_makes_room() -> None:
    head = a_person()
    row = state(head, "income", amount_fen=1, **PENSION)
    withdraw_circumstance(row, actor=the_system(), at=moment("2022-02-01"), why="有误")
    state(head, "income", amount_fen=2, at=moment("2022-02-02"), **PENSION)
    assert believed(head) == [("2020-01-01", "None", 2)]


def test_a_correction_may_not_run_into_another_fact() -> None:
    head = a_person()
    row = state(head, "income", amount_fen=1, valid_to="2021-12-31", **PENSION)
    state(head, "income", amount_fen=2, valid_from="2022-01-01", **PENSION)
    at = moment("2022-02-01")
    with refused("PER-OVERLAP"):
        end_circumstance(row, valid_to=None, actor=the_system(), at=at, why="未停")


def test_an_end_before_the_start_is_refused() -> None:
    head = a_person()
    with refused("PER-ORDER"):
        state(
            head, "income", amount_fen=1, valid_from="2022-02-01", valid_to="2022-01-31", **PENSION
        )


def test_one_dies_once() -> None:
    head = a_person()
    state(head, "death", valid_from="2021-03-01", cremated=None, state_funeral_grant=None)
    again: dict[str, Any] = {"cremated": True, "state_funeral_grant": None}
    with refused("PER-OVERLAP"):
        state(head, "death", valid_from="2021-03-02", **again)
    recorded = take_in("death", Statement(head.pk, again, day("2021-03-02"), None, "殡仪馆"))
    assert (recorded.corrected, recorded.new) == (1, 0)
    assert the_fact(head, "death", valid_from="2021-03-02").cremated is True  # type: ignore[attr-defined]


# As a ledger is read


def test_the_same_again_changes_nothing() -> None:
    head = a_person()
    rows = (income(head, 1, "2022-01-01"), income(head, 2, "2022-03-01"))
    assert take_in("income", *rows).new == 2
    again = take_in("income", *rows, at="2022-06-01")
    assert (again.new, again.corrected, again.ended, again.unchanged) == (0, 0, 0, 2)
    assert Income.objects.count() == 2


def test_a_later_fact_ends_an_open_one_and_says_so() -> None:
    head = a_person()
    take_in("income", income(head, 1, "2022-01-01"))
    recorded = take_in("income", income(head, 2, "2022-04-01", row=7), at="2022-06-01")
    assert (recorded.new, recorded.ended) == (1, 1)
    assert [(n.code, n.severity, n.row) for n in recorded.notices] == [
        ("PER-ENDED", Severity.NOTICE, 7)
    ]
    assert believed(head) == [("2022-01-01", "2022-03-31", 1), ("2022-04-01", "None", 2)]


def test_an_earlier_open_fact_ends_where_a_known_one_begins() -> None:
    head = a_person()
    take_in("income", income(head, 2, "2022-04-01"))
    take_in("income", income(head, 1, "2022-01-01"), at="2022-06-01")
    assert believed(head) == [("2022-01-01", "2022-03-31", 1), ("2022-04-01", "None", 2)]


def test_other_values_from_the_same_day_correct() -> None:
    head = a_person()
    take_in("income", income(head, 1, "2022-01-01"))
    recorded = take_in("income", income(head, 5, "2022-01-01"), at="2022-06-01")
    assert (recorded.new, recorded.corrected) == (0, 1)
    assert believed(head) == [("2022-01-01", "None", 5)]


def test_a_fact_closed_on_purpose_is_not_cut_short() -> None:
    head = a_person()
    take_in("income", income(head, 1, "2022-01-01", "2022-06-30"))
    recorded = take_in("income", income(head, 2, "2022-04-01", row=3), at="2022-06-01")
    assert [(fault.code, fault.row) for fault in recorded.faults] == [("PER-OVERLAP", 3)]
    assert believed(head) == [("2022-01-01", "2022-06-30", 1)]


def test_one_faulty_row_keeps_all_others_out_and_all_faults_are_told() -> None:
    good, young, poor = a_person(), a_person(born="2022-02-01"), a_person()
    recorded = take_in(
        "income",
        income(good, 1, "2022-01-01", row=2),
        income(young, 1, "2022-01-31", row=3),
        income(poor, 1, "2022-01-01", row=4),
        income(poor, 2, "2022-01-01", row=5),
    )
    assert [(fault.row, fault.code) for fault in recorded.faults] == [
        (3, "DATE-ORDER"),
        (5, "PER-OVERLAP"),
    ]
    assert Income.objects.count() == 0


def test_a_claim_is_confirmed_by_saying_it_again() -> None:
    head = a_person()
    take_in("income", income(head, 1, "2022-01-01", confirmed=False))
    assert take_in("income", income(head, 1, "2022-01-01"), at="2022-06-01").confirmed == 1
    row = Income.objects.get()
    assert row.confirmed_at == moment("2022-06-01")


def test_a_claim_changes_nothing_that_is_confirmed() -> None:
    head = a_person()
    take_in("income", income(head, 1, "2022-01-01"))
    for claim in (income(head, 9, "2022-01-01", confirmed=False),
                  income(head, 9, "2022-03-01", confirmed=False)):  # fmt: skip
        recorded = take_in("income", claim, at="2022-06-01")
        assert [fault.code for fault in recorded.faults] == ["CLAIM-ONLY"]
    at = moment("2022-06-01")
    row = the_fact(head, "income", valid_from="2022-01-01", kind="pension")
    with refused("CLAIM-ONLY"):
        correct_circumstance(
            row, values={"amount_fen": 9}, source="网上", confirmed=False,
            actor=the_system(), at=at, why="自报",
        )  # fmt: skip


# A life


def test_nothing_begins_before_birth_and_nobody_dies_before_it() -> None:
    child = a_person(born="2015-05-05")
    with refused("DATE-ORDER"):
        state(child, "serious_illness", valid_from="2015-05-04")
    death: dict[str, Any] = {"cremated": None, "state_funeral_grant": None}
    with pytest.raises(Refusal, match="死亡日期 2015-05-04 早于出生日期 2015-05-05"):
        state(child, "death", valid_from="2015-05-04", **death)


def test_nobody_has_died_in_the_future() -> None:
    head = a_person()
    death: dict[str, Any] = {"cremated": None, "state_funeral_grant": None}
    with refused("DATE-FUTURE"):
        state(head, "death", valid_from="2022-01-02", at=moment("2022-01-01T23:59"), **death)


def test_nothing_new_begins_after_a_death() -> None:
    head = a_person()
    state(head, "death", valid_from="2021-03-01", cremated=None, state_funeral_grant=None)
    with refused("PER-DEAD"):
        state(head, "income", amount_fen=1, valid_from="2021-03-02", **PENSION)
    state(head, "income", amount_fen=1, valid_from="2021-03-01", **PENSION)


def test_a_death_is_recorded_even_if_later_facts_stand() -> None:
    head = a_person()
    state(head, "income", amount_fen=1, valid_from="2021-06-01", **PENSION)
    state(head, "death", valid_from="2021-03-01", cremated=None, state_funeral_grant=None)


# Shape


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("income", {"kind": "pension", "amount_fen": -1, "months": 1}, "MNY-NEG"),
        ("income", {"kind": "pension", "amount_fen": 10**9 + 1, "months": 1}, "MNY-MAX"),
        ("income", {"kind": "lottery", "amount_fen": 1, "months": 1}, "VAL-WORD"),
        ("income", {"kind": "pension", "amount_fen": 1, "months": 6}, "VAL-WORD"),
        ("disability", {"category": "physical", "grade": 5}, "VAL-RANGE"),
        ("self_care", {"items_unmet": 7}, "VAL-RANGE"),
        ("work", {"capacity": "", "employed": False}, "VAL-WORD"),
        ("hukou", {"area_code": "官渡"}, "AREA"),
        (
            "parent",
            {
                "side": "father",
                "status": "alive",
                "status_since": None,
                "disability_category": "mental",
                "disability_grade": None,
                "serious_illness": False,
            },
            "VAL-PAIR",
        ),
    ],
)
def test_values_that_cannot_be_are_refused(kind: str, values: dict[str, Any], code: str) -> None:
    head = a_person()
    with refused(code):
        state(head, kind, **values)


def test_a_column_forgotten_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        state(a_person(), "death", cremated=None)


def test_a_fact_says_where_it_comes_from() -> None:
    statement = Statement(a_person().pk, {"items_unmet": 1}, day("2022-01-01"), None, " ")
    assert [fault.code for fault in take_in("self_care", statement).faults] == ["SRC-EMPTY"]


# Households


def test_nobody_is_of_two_households_at_once_and_only_the_area_is_told() -> None:
    child = a_person(born="2012-01-01")
    first = a_household(None, (child, Relation.CHILD), area="福保社区")
    second = a_household(area="陈家社区")
    recorded = take_in("membership", membership(child, second, Relation.CHILD, "2022-02-01"))
    assert [fault.code for fault in recorded.faults] == ["HH-DUP"]
    sentence = recorded.faults[0].sentence()
    assert "福保社区" in sentence
    assert first.number not in sentence


def test_a_move_is_an_end_there_and_a_beginning_here() -> None:
    child = a_person(born="2012-01-01")
    first = a_household(None, (child, Relation.CHILD))
    second = a_household()
    old = Statement(
        child.pk,
        {**membership(child, first, Relation.CHILD, "2020-01-01").values},
        day("2020-01-01"),
        day("2022-01-31"),
        "台账",
    )
    new = membership(child, second, Relation.CHILD, "2022-02-01")
    recorded = take_in("membership", old, new)
    assert (recorded.corrected, recorded.new, list(recorded.faults)) == (1, 1, [])


def test_a_household_has_one_head_on_each_day() -> None:
    head, wife = a_person(sex=Sex.MALE), a_person()
    home = a_household(head, (wife, Relation.SPOUSE))
    second_head = take_in("membership", membership(wife, home, Relation.HEAD, "2022-02-01"))
    assert [fault.code for fault in second_head.faults] == ["HH-HEAD"]
    assert "2022-02-01 有 2 名户主" in second_head.faults[0].sentence()
    row = home.memberships.get(person=head, superseded_at=None)
    with pytest.raises(Refusal, match="在 2022-02-01 没有户主"):
        end_circumstance(
            row, valid_to=day("2022-01-31"), actor=the_system(), at=moment("2022-02-01"), why="迁出"
        )


def test_a_new_head_follows_the_old_one_in_one_act() -> None:
    head, wife = a_person(sex=Sex.MALE), a_person()
    home = a_household(head, (wife, Relation.SPOUSE))
    recorded = take_in(
        "membership",
        membership(head, home, Relation.SPOUSE, "2022-02-01"),
        membership(wife, home, Relation.HEAD, "2022-02-01"),
    )
    assert list(recorded.faults) == []
    assert (recorded.new, recorded.ended) == (2, 2)


def test_nobody_has_two_spouses_and_no_child_is_older_than_its_parent() -> None:
    head = a_person(born="1980-01-01")
    spouses = [(a_person(), Relation.SPOUSE), (a_person(), Relation.SPOUSE)]
    with refused("HH-SPOUSE"):
        a_household(head, *spouses)
    old_child = (a_person(born="1979-01-01"), Relation.CHILD)
    with refused("HH-AGE"):
        a_household(head, old_child)
    young_parent = (a_person(born="1981-01-01"), Relation.PARENT)
    with refused("HH-AGE"):
        a_household(head, young_parent)


def test_ages_that_are_merely_unlikely_are_a_warning() -> None:
    head, child = a_person(born="1999-01-01"), a_person(born="2012-01-01")
    home = a_household(head)
    row = membership(child, home, Relation.CHILD, "2022-01-01")
    refused = take_in("membership", row)
    assert [(f.code, f.severity) for f in refused.faults] == [("HH-AGE", Severity.WARNING)]
    assert take_in("membership", row, accept_warnings=True).new == 1


# Sealed numbers


def test_an_account_restated_is_sealed_for_its_new_row_and_opens_there() -> None:
    head = a_person()
    state(head, "account", number="6228480402564890018", **CARD)
    state(
        head, "account", number="6217001210024455220", valid_from="2022-03-01", revise=True,
        at=moment("2022-03-01"), **CARD,
    )  # fmt: skip
    rows = Account.objects.order_by("valid_from", "pk")
    numbers = [account_number(each.number_sealed, each.uid) for each in rows]
    assert numbers == ["6228480402564890018", "6228480402564890018", "6217001210024455220"]
    assert len({each.number_sealed for each in rows}) == 3


def test_the_same_account_again_changes_nothing() -> None:
    head = a_person()
    state(head, "account", number="6228480402564890018", **CARD)
    state(head, "account", number="6228480402564890018", revise=True, **CARD)
    assert Account.objects.count() == 1


def test_the_account_of_a_day_is_the_one_confirmed_then() -> None:
    head, other = a_person(), a_person()
    state(head, "account", number="6228480402564890018", **CARD)
    known = moment("2022-05-01")
    accounts = current_accounts([head.pk, other.pk], day("2022-05-01"), known)
    assert list(accounts) == [head.pk]
    assert "6228" not in accounts[head.pk].number_sealed


def test_an_area_that_a_household_lived_in_is_of_the_tree() -> None:
    home = a_household(area="福保社区")
    assert the_fact(home, "residence").area_id == find_area("福保社区").pk  # type: ignore[attr-defined]
