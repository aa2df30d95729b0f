"""The demo's Liujia: the figures of the report, no fact told before it happened, no real person."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.vocabulary import Programme
from doudi.synth.liujia import figures
from doudi.synth.liujia.calendar import HANDED_IN, LAST, MONTHS, OPENING
from doudi.synth.liujia.settling import Liujia, communities, settle_liujia
from doudi.synth.model import care_due, dibao_due, lives_in, tekun_due
from doudi.synth.rates import rates_in_force

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.synth.people import Award, Household

RATES = rates_in_force("demo_assumptions", OPENING)


@cache
def liujia() -> Liujia:
    return settle_liujia(RATES)


def awards(*programmes: Programme) -> list[tuple[Household, Award]]:
    return [
        (household, award)
        for household in liujia().households
        for award in household.awards
        if award.programme in programmes
    ]


def due(household: Household, award: Award) -> int:
    """What an award comes to in the half-year, by the small model."""
    months = [month for month in MONTHS if award.holds_in(month)]
    if award.programme is Programme.DIBAO:
        return sum(dibao_due(RATES, household, month) for month in months)
    assert award.person is not None
    if award.programme in (Programme.ORPHAN, Programme.DISABILITY_LIVING):
        rate = {Programme.ORPHAN: RATES.orphan}.get(award.programme, RATES.living)
        return rate * sum(lives_in(award.person, month) for month in months)
    of_a_month = tekun_due if award.programme is Programme.TEKUN else care_due
    return sum(of_a_month(RATES, award.person, month) for month in months)


@pytest.mark.parametrize(
    ("programmes", "total"),
    [
        ((Programme.DIBAO,), figures.DIBAO_PAID),
        ((Programme.TEKUN,), figures.TEKUN_PAID),
        ((Programme.ORPHAN,), figures.ORPHANS_PAID),
        ((Programme.DISABILITY_LIVING, Programme.DISABILITY_CARE), figures.DISABILITY_PAID),
    ],
)
def test_what_is_due_in_the_half_year_comes_to_the_reported_total(
    programmes: tuple[Programme, ...], total: int
) -> None:
    assert sum(due(household, award) for household, award in awards(*programmes)) == total


def test_the_two_emergencies_come_to_the_reported_total() -> None:
    costs = 0
    for household, _ in awards(Programme.TEMPORARY_ASSISTANCE):
        (event,) = [fact for fact in household.facts if fact.kind == "Emergency"]
        cost, persons, months = (
            int(str(event.values[name])) for name in ("own_costs_fen", "persons_assisted", "months")
        )
        assert cost <= RATES.standard * persons * months
        costs += cost
    assert costs == figures.ASSISTANCE_PAID


@pytest.mark.parametrize(
    ("programme", "count"),
    [
        (Programme.DIBAO, 27),
        (Programme.TEKUN, 9),
        (Programme.ORPHAN, 5),
        (Programme.DISABILITY_LIVING, 21),
        (Programme.DISABILITY_CARE, 218),
    ],
)
def test_as_many_hold_an_award_at_the_end_as_the_report_counts(
    programme: Programme, count: int
) -> None:
    assert sum(award.holds_in(LAST) for _, award in awards(programme)) == count


def test_the_households_on_dibao_have_thirty_one_members_at_the_end() -> None:
    holding = [house for house, award in awards(Programme.DIBAO) if award.holds_in(LAST)]
    members = [p for house in holding for p in house.members if lives_in(p, LAST)]
    assert len(members) == 31


def test_everybody_with_the_living_subsidy_is_of_a_household_on_dibao() -> None:
    on_dibao = {house.number for house, _ in awards(Programme.DIBAO)}
    assert {house.number for house, _ in awards(Programme.DISABILITY_LIVING)} <= on_dibao


def test_forty_funerals_and_two_emergencies() -> None:
    assert len(awards(Programme.FUNERAL)) == 40
    assert len({house.number for house, _ in awards(Programme.TEMPORARY_ASSISTANCE)}) == 2


def test_everybody_on_tekun_is_old_or_disabled_and_alone() -> None:
    for household, award in awards(Programme.TEKUN):
        assert award.person is not None
        assert len(household.members) == 1
        assert award.person.age(OPENING) >= 60


def test_the_households_live_in_eight_communities() -> None:
    assert len(communities()) == 8
    lived_in = {household.area_code for household in liujia().households}
    assert lived_in == {place.code for place in communities()}


def test_nothing_is_told_before_it_happened() -> None:
    for household in liujia().households:
        told = [*household.facts, *(fact for p in household.members for fact in p.facts)]
        assert all(fact.since <= HANDED_IN[fact.learnt] for fact in told)
        for award in household.awards:
            assert award.applied_on <= award.decided_on <= HANDED_IN[award.learnt]
            assert award.stop is None or award.stop.decided_on <= HANDED_IN[award.stop.learnt]


def test_nobodys_facts_are_told_before_the_person_is_known() -> None:
    for household in liujia().households:
        for person in household.members:
            assert household.learnt <= person.learnt
            assert all(person.learnt <= fact.learnt for fact in person.facts)


def test_the_half_year_is_lively() -> None:
    kinds: Counter[str] = Counter()
    for household in liujia().households:
        kinds["born"] += sum(person.born >= OPENING for person in household.members)
        kinds["died"] += sum(person.has("Death") for person in household.members)
        kinds["stopped"] += sum(award.stop is not None for award in household.awards)
        for person in household.members:
            late = [f for f in person.facts if f.since < MONTHS[max(f.learnt - 2, 0)].last]
            kinds["late"] += sum(fact.learnt >= 3 and person.learnt == 0 for fact in late)
    assert kinds["born"] == 1
    assert kinds["died"] >= 40
    assert kinds["stopped"] >= 7
    assert kinds["late"] >= 2
    assert len(liujia().closed_accounts) == 2


def test_no_amount_that_is_paid_is_typed_in_but_the_totals_to_reach() -> None:
    assert figures.DIBAO_PAID == 134_991 * FEN_PER_YUAN
    assert figures.TEKUN_PAID == 57_826 * FEN_PER_YUAN
    assert figures.ORPHANS_PAID == 38_994 * FEN_PER_YUAN
    assert figures.DISABILITY_PAID == 118_640 * FEN_PER_YUAN
    assert figures.ASSISTANCE_PAID == 4_000 * FEN_PER_YUAN


def test_the_workbooks_come_out_the_same_byte_for_byte(tmp_path: Path) -> None:
    for learnt in (0, 4):
        liujia().write(learnt, tmp_path / f"one-{learnt}.xlsx")
        settle_liujia(RATES).write(learnt, tmp_path / f"two-{learnt}.xlsx")
        one, two = tmp_path / f"one-{learnt}.xlsx", tmp_path / f"two-{learnt}.xlsx"
        assert one.read_bytes() == two.read_bytes()
