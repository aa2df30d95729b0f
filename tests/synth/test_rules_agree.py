"""The small model of the search says what the rules say, person by person, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from doudi.policy import determine
from doudi.policy.logic import YES
from doudi.synth.liujia.calendar import MONTHS, OPENING
from doudi.synth.liujia.settling import settle_liujia
from doudi.synth.model import care_due, dibao_due, lives_in, tekun_due
from doudi.synth.places import communities_of
from doudi.synth.population import population
from doudi.synth.rates import rates_in_force
from tests.synth.columns import columns, members

if TYPE_CHECKING:
    from doudi.synth.people import Award, Household, Person

RATES = rates_in_force("demo_assumptions", OPENING)


def modelled(household: Household, award: Award, month: Month) -> int:
    person = award.person
    if person is None:
        return dibao_due(RATES, household, month)
    if award.programme is Programme.TEKUN:
        return tekun_due(RATES, person, month)
    if award.programme is Programme.DISABILITY_CARE:
        return care_due(RATES, person, month)
    rate = RATES.orphan if award.programme is Programme.ORPHAN else RATES.living
    return rate if lives_in(person, month) else 0


def differences(households: list[Household], month: Month) -> list[tuple[str, int, int]]:
    """Awards of the month for which model and rules differ: number, model's fen, rules' fen."""
    answer = determine(columns(households, month), month, "demo_assumptions")
    places = {id(person): row for row, person in enumerate(members(households, month))}
    found = []
    for index, household in enumerate(households):
        for award in household.awards:
            if not award.holds_in(month) or award.programme in (
                Programme.TEMPORARY_ASSISTANCE,
                Programme.FUNERAL,
            ):
                continue
            outcome = answer[award.programme]
            row = index if award.person is None else places[id(award.person)]
            ruled = int(outcome.amount[row]) if outcome.state[row] == YES else -1
            if ruled != modelled(household, award, month):
                found.append((award.number, modelled(household, award, month), ruled))
    return found


@pytest.mark.parametrize("month", MONTHS)
def test_they_agree_on_every_award_of_liujia(month: Month) -> None:
    assert differences(settle_liujia(RATES).households, month) == []


def test_they_agree_on_a_population() -> None:
    people = list(population(6000, 3, communities_of("六甲街道"), RATES, OPENING))
    month = Month.of(OPENING)
    awarded = sum(len(household.awards) for household in people)
    assert awarded > 150
    assert differences(people, month) == []


def test_whom_the_rules_would_give_an_award_mostly_has_one() -> None:
    people = list(population(6000, 3, communities_of("六甲街道"), RATES, OPENING))
    month = Month.of(OPENING)
    answer = determine(columns(people, month), month, "demo_assumptions")
    persons: list[Person] = members(people, month)
    entitled = {
        id(person)
        for row, person in enumerate(persons)
        if answer[Programme.DISABILITY_CARE].state[row] == YES
    }
    holding = {
        id(award.person)
        for household in people
        for award in household.awarded(Programme.DISABILITY_CARE)
    }
    assert holding <= entitled
    assert len(entitled - holding) <= len(entitled) // 10
