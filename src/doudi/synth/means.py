"""Means (经济状况): work, school, income, pension and property of made-up people.

The ranges are those of a town of the south-west about 2022, in fen a month; nobody's own.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.vocabulary import IncomeKind, Relation, Schooling, Sex, WorkCapacity

if TYPE_CHECKING:
    from doudi.synth.chance import Chance
    from doudi.synth.people import Household, Person

SCHOOL_STAGES = (
    (6, 15, Schooling.COMPULSORY, 100),
    (15, 18, Schooling.SENIOR, 60),
    (18, 22, Schooling.UNDERGRADUATE, 45),
)
"""From which age, up to which, at what school, how many in a hundred."""
CENTRAL_PENSION = 9300
"""The central part of the residents' basic pension from 2020-07 on (城乡居民基础养老金), in fen."""


class Fortune(IntEnum):
    """How well a household does: destitute, poor, on a small income, or well enough."""

    DESTITUTE = 0
    POOR = 1
    MODEST = 2
    ENOUGH = 3


FORTUNES = (
    (Fortune.DESTITUTE, 1),
    (Fortune.POOR, 3),
    (Fortune.MODEST, 26),
    (Fortune.ENOUGH, 70),
)
OLD_AND_ALONE_FORTUNES = (
    (Fortune.DESTITUTE, 6),
    (Fortune.POOR, 12),
    (Fortune.MODEST, 42),
    (Fortune.ENOUGH, 40),
)
"""Shares in a hundred households, and in a hundred old people who live alone."""
WAGES = {
    Fortune.DESTITUTE: (0, 0),
    Fortune.POOR: (200, 1100),
    Fortune.MODEST: (1700, 3500),
    Fortune.ENOUGH: (3200, 9800),
}
"""Wages from and to, yuan a month."""
LEAST_WORKING_AGE, WOMEN_RETIRE, MEN_RETIRE, PENSION_AGE = 16, 55, 60, 60


def give_means(chance: Chance, household: Household, fortune: Fortune, on: date) -> None:
    """Write down what everybody lives on and what the household owns, as it was on a day."""
    for person in household.members:
        age = person.age(on)
        if _goes_to_school(chance, person, age, on):
            continue
        if age >= _retirement(person):
            _retire(chance, person, fortune, on)
        elif age >= LEAST_WORKING_AGE:
            _work(chance, person, fortune, on)
    if fortune >= Fortune.MODEST:
        _own(chance, household, fortune)


def _retirement(person: Person) -> int:
    return WOMEN_RETIRE if person.sex is Sex.FEMALE else MEN_RETIRE


def _goes_to_school(chance: Chance, person: Person, age: int, on: date) -> bool:
    """Send the young to school; answers whether this one goes."""
    for first, end, stage, share in SCHOOL_STAGES:
        if first <= age < end and chance.percent(share):
            person.note("Schooling", _september(on, age - first), stage=stage)
            return True
    return False


def _september(on: date, years_ago: int) -> date:
    """The first of September, so many school years ago."""
    year = on.year if (on.month, on.day) >= (9, 1) else on.year - 1
    return date(year - max(years_ago, 0), 9, 1)


def _work(chance: Chance, person: Person, fortune: Fortune, on: date) -> None:
    """A job, or none: the poorer, the likelier none."""
    employed = fortune > Fortune.DESTITUTE and chance.percent(55 + 10 * fortune)
    since = date(on.year - chance.between(1, 2), chance.between(1, 12), 1)
    capacity = WorkCapacity.FULL if fortune > Fortune.POOR else WorkCapacity.PARTIAL
    person.note("Work", since, capacity=capacity, employed=employed)
    if not employed:
        return
    lowest, highest = WAGES[fortune]
    wage = chance.steps(lowest, highest, 10) * FEN_PER_YUAN
    person.note("Income", since, kind=IncomeKind.WAGE, amount_fen=wage, months=1)
    if fortune >= Fortune.MODEST:
        insurance = wage * 105 // 1000  # an employee's own share: 8 + 2 + 0.5 in a hundred
        person.note("Deduction", since, kind="social_insurance", amount_fen=insurance)


def _retire(chance: Chance, person: Person, fortune: Fortune, on: date) -> None:
    """An employee's pension, or a resident's from sixty on, or nothing."""
    since = date(on.year - 1, 1, 1)
    if fortune >= Fortune.MODEST and chance.percent(50 + 10 * fortune):
        pension = chance.steps(1600, 4800, 10) * FEN_PER_YUAN
        person.note("Income", since, kind=IncomeKind.PENSION, amount_fen=pension, months=1)
    elif person.age(on) > PENSION_AGE and fortune > Fortune.DESTITUTE:
        central = IncomeKind.RESIDENTS_PENSION_CENTRAL
        person.note("Income", since, kind=central, amount_fen=CENTRAL_PENSION, months=1)
        local = chance.steps(2000, 9000, 50)
        kind = IncomeKind.RESIDENTS_PENSION_LOCAL
        person.note("Income", since, kind=kind, amount_fen=local, months=1)


def _own(chance: Chance, household: Household, fortune: Fortune) -> None:
    """A home, savings, and for some a car or a business."""
    household.note(
        "Property",
        household.since,
        financial_fen=chance.steps(0, 40_000 * fortune, 500) * FEN_PER_YUAN,
        dwellings=1,
        vehicles=int(fortune is Fortune.ENOUGH and chance.percent(35)),
        business=fortune is Fortune.ENOUGH and chance.percent(6),
    )


def grown_children_stand_alone(household: Household, on: date) -> None:
    """Say of each grown child whether it could live on its own (能否独立生活)."""
    for person in household.members:
        if person.relation is Relation.CHILD:
            person.independent = not person.has("Disability")
        if person.age(on) < LEAST_WORKING_AGE:
            person.independent = False
