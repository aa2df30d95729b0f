"""A small model of what the rules give, for choosing circumstances; the rules themselves decide.

It covers what made-up people have and no more. A test holds it against `policy.determine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.money import half_up
from doudi.kernel.vocabulary import CarePlace, IncomeKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from doudi.kernel.months import Month
    from doudi.synth.people import Fact, Household, Person
    from doudi.synth.rates import Rates

MONTHS_A_YEAR = 12
ADULT, OLD = 18, 60
SEVERE = (1, 2)
PARTIAL_LOSS_FROM, FULL_LOSS_FROM = 1, 4
"""Items of self-care not met from which ability is lost in part, and wholly."""
EXEMPT = frozenset(
    {
        IncomeKind.RESIDENTS_PENSION_CENTRAL,
        IncomeKind.DISABILITY_SUBSIDIES,
        IncomeKind.CHILD_ALLOWANCE,
        IncomeKind.SPECIAL_CARE,
        IncomeKind.SCHOLARSHIP,
        IncomeKind.FAMILY_PLANNING,
        IncomeKind.BRAVERY,
        IncomeKind.RELIEF,
    }
)
"""Kinds of income that don't count for Dibao in the years 2021 to 2025."""


def last_seen(facts: Iterable[Fact], kind: str, month: Month) -> list[Fact]:
    """The facts of a kind that count for a month: of each key the last state seen in it."""
    latest: dict[object, Fact] = {}
    for fact in facts:
        if fact.kind != kind or fact.since > month.last:
            continue
        key = fact.values.get("kind") if kind in ("Income", "Deduction") else None
        if key not in latest or latest[key].since < fact.since:
            latest[key] = fact
    return [f for f in latest.values() if f.until is None or f.until >= month.first]


def lives_in(person: Person, month: Month) -> bool:
    """Whether a person is born, not yet dead and of the household on some day of a month."""
    died = next((fact.since for fact in person.facts if fact.kind == "Death"), None)
    return person.joined <= month.last and (died is None or died >= month.first)


def _supplement(rates: Rates, person: Person, month: Month) -> int:
    """The highest supplement that a counted member's groups give (分类施保)."""
    groups = []
    if person.age(month.last) >= OLD:
        groups.append("old")
    if person.age(month.first) < ADULT:
        groups.append("minor")
    disability = last_seen(person.facts, "Disability", month)
    if disability and disability[0].values["grade"] in SEVERE:
        groups.append("severe_disability")
    if last_seen(person.facts, "SeriousIllness", month):
        groups.append("serious_illness")
    return max((rates.supplement[group] for group in groups), default=0)


def yearly_income(person: Person, month: Month) -> int:
    """Income that counts for Dibao, in fen over twelve months."""
    total = 0
    for fact in last_seen(person.facts, "Income", month):
        if fact.values["kind"] not in EXEMPT:
            months = int(str(fact.values["months"]))
            total += int(str(fact.values["amount_fen"])) * (MONTHS_A_YEAR // months)
    for fact in last_seen(person.facts, "Deduction", month):
        total -= MONTHS_A_YEAR * int(str(fact.values["amount_fen"]))
    return max(total, 0)


def dibao_due(rates: Rates, household: Household, month: Month) -> int:
    """What a household on Dibao is due for a month: gap and supplements, in fen."""
    members = [person for person in household.members if lives_in(person, month)]
    income = sum(yearly_income(person, month) for person in members)
    guaranteed = rates.standard * len(members)
    if income >= guaranteed * MONTHS_A_YEAR:
        return 0
    gap = half_up(guaranteed * MONTHS_A_YEAR - income, MONTHS_A_YEAR)
    return gap + sum(_supplement(rates, person, month) for person in members)


def loss(items_unmet: int) -> str:
    """The grade of self-care by how many of the six items are not met."""
    if items_unmet >= FULL_LOSS_FROM:
        return "full_loss"
    return "partial_loss" if items_unmet >= PARTIAL_LOSS_FROM else "capable"


def tekun_due(rates: Rates, person: Person, month: Month) -> int:
    """What a person on Tekun is due for a month: base and care, in fen."""
    if not lives_in(person, month):
        return 0
    unmet = last_seen(person.facts, "SelfCare", month)
    placed = last_seen(person.facts, "CarePlacement", month)
    place = placed[0].values["place"] if placed else CarePlace.HOME
    grade = loss(int(str(unmet[0].values["items_unmet"])) if unmet else 0)
    return rates.tekun_base + rates.tekun_care[CarePlace(str(place)), grade]


def care_due(rates: Rates, person: Person, month: Month) -> int:
    """What a severely disabled person's nursing subsidy comes to in a month, in fen."""
    found = last_seen(person.facts, "Disability", month)
    if not lives_in(person, month) or not found:
        return 0
    return rates.care.get(int(str(found[0].values["grade"])), 0)


def age_on(born: date, on: date) -> int:
    """Years completed on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
