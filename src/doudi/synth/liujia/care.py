"""Liujia's severely disabled people (重度残疾人), most of them in families that live on their own.

How many of them have the first grade follows from what the two subsidies must come to together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from doudi.kernel.vocabulary import IncomeKind, Programme, Relation
from doudi.synth.families import (
    Shape,
    alone,
    couple,
    parent_with_grown_child,
    single_parent,
    three_generations,
    with_children,
)
from doudi.synth.health import CATEGORIES
from doudi.synth.liujia.calendar import MONTHS
from doudi.synth.liujia.figures import CARE_PERSONS, DISABILITY_PAID
from doudi.synth.liujia.search import spread_over_grades
from doudi.synth.liujia.world import World, die, only_learnt, stop
from doudi.synth.model import care_due, lives_in
from doudi.synth.people import Award, Household, Person

SHAPES: tuple[tuple[Shape, int], ...] = (
    (alone(35, 59), 8),
    (couple(40, 59), 12),
    (couple(60, 82), 26),
    (with_children, 10),
    (single_parent, 5),
    (three_generations, 22),
    (parent_with_grown_child, 17),
)
NEWCOMERS = (
    (2, date(2022, 2, 7), date(2022, 2, 15)),
    (3, date(2022, 3, 1), date(2022, 3, 15)),
    (4, date(2022, 3, 21), date(2022, 4, 14)),
    (6, date(2022, 6, 1), date(2022, 6, 15)),
)
"""Workbook, day of the application, from whose month it is paid, and of the decision."""
DEATHS = ((1, date(2022, 1, 9)), (3, date(2022, 3, 5)), (5, date(2022, 5, 4)))
"""Workbook, and day of a death of somebody who was no head of a household."""
RECOVERY = (4, date(2022, 4, 6), date(2022, 4, 15))
"""Workbook, day on which no need of care was found any more, and of the stop."""
LATE_RAISE = (5, date(2022, 3, 8))
"""Workbook, and the day two months before from which on a certificate has the first grade."""
LOWER, HIGHER = 2, 1
"""Grades: the first is the more severe, and has the higher subsidy."""


@dataclass(frozen=True, slots=True)
class Patient:
    """A severely disabled person with the household and the award of the nursing subsidy."""

    household: Household
    person: Person
    award: Award


def settle(world: World) -> list[Patient]:
    """Settle as many as the figure lacks, with what happens to some, and grades for the total.

    Answers those to whom nothing happens.
    """
    already = len(world.awards(Programme.DISABILITY_CARE))
    stories = len(NEWCOMERS) + 1
    steady = [_patient(world, number) for number in range(CARE_PERSONS - already - stories)]
    _raise_grade(_patient(world, "late").person, LATE_RAISE[1], LATE_RAISE[0])
    for learnt, applied_on, decided_on in NEWCOMERS:
        _newcomer(world, learnt, applied_on, decided_on)
    for learnt, on in DEATHS:
        _dying(world, learnt, on)
    _recovering(world)
    _choose_grades(world, steady)
    return steady


def _family(world: World, name: int | str, shape: Shape | None = None) -> tuple[Household, Person]:
    """An ordinary family with a severely disabled member: the head's old parent in `shape`."""
    chance = world.chance("care", name)
    household = world.ordinary(chance, shape or chance.weighed(SHAPES))
    parents = [person for person in household.members if person.relation is Relation.PARENT]
    person = parents[0] if shape else chance.pick(household.members)
    earliest = max(person.born, date(2014, 1, 1))
    since = chance.day(earliest, max(earliest, date(2021, 6, 30)))
    _retire(person)
    person.note("Disability", since, category=chance.weighed(CATEGORIES), grade=LOWER)
    person.note("CareNeed", since, needs_long_term_care=True)
    return household, person


def _retire(person: Person) -> None:
    """Neither work nor school; what was a wage is now a pension for the disabled (病退)."""
    facts = [f for f in person.facts if f.kind not in ("Work", "Schooling", "Deduction")]
    person.facts = [
        replace(fact, values={**fact.values, "kind": IncomeKind.PENSION})
        if fact.values.get("kind") is IncomeKind.WAGE
        else fact
        for fact in facts
    ]


def _patient(world: World, name: int | str, shape: Shape | None = None) -> Patient:
    """One who has had the subsidy since before the half-year, into an own account or the head's."""
    household, person = _family(world, name, shape)
    chance = world.chance("care", name, "award")
    if not person.has("Account") and chance.percent(60):
        world.settlement.open_account(person, person.joined)
    award = world.award_before(chance, household, Programme.DISABILITY_CARE, person)
    return Patient(household, person, award)


def _newcomer(world: World, learnt: int, applied_on: date, decided_on: date) -> None:
    """One unknown to the office until the award was decided."""
    household, person = _family(world, f"newcomer {learnt}")
    world.register.decide(
        household,
        Programme.DISABILITY_CARE,
        person,
        applied_on=applied_on,
        decided_on=decided_on,
    )
    only_learnt(household, learnt)


def _dying(world: World, learnt: int, on: date) -> None:
    """An old parent who dies; the family asks for the funeral subsidy within days."""
    patient = _patient(world, f"dying {learnt}", three_generations)
    die(patient.person, on, learnt)
    decided = on + timedelta(days=6)
    stop(patient.award, MONTHS[learnt - 1], decided, "死亡", learnt)
    world.register.decide(
        patient.household,
        Programme.FUNERAL,
        patient.person,
        applied_on=on + timedelta(days=3),
        decided_on=decided,
        learnt=learnt,
    )


def _recovering(world: World) -> None:
    """One who needs no long-term care any more."""
    learnt, found_on, stopped_on = RECOVERY
    patient = _patient(world, "recovering")
    patient.person.note("CareNeed", found_on, learnt=learnt, needs_long_term_care=False)
    stop(patient.award, MONTHS[learnt - 2], stopped_on, "经评定不再需要长期照护", learnt)


def _choose_grades(world: World, steady: list[Patient]) -> None:
    """Give the first grade to as many, for as many months, as the total needs."""
    rates = world.rates.care
    grades = spread_over_grades(
        DISABILITY_PAID - _total(world), rates[HIGHER] - rates[LOWER], len(MONTHS)
    )
    chance = world.chance("care", "grades")
    chosen = chance.some(steady, grades.always + (grades.months_of_one > 0))
    for patient in chosen[: grades.always]:
        patient.person.facts = [
            replace(fact, values={**fact.values, "grade": HIGHER})
            if fact.kind == "Disability"
            else fact
            for fact in patient.person.facts
        ]
    if grades.months_of_one:
        first = len(MONTHS) - grades.months_of_one
        _raise_grade(chosen[-1].person, MONTHS[first].first + timedelta(days=6), first + 1)


def _raise_grade(person: Person, since: date, learnt: int) -> None:
    """A new certificate of the first grade."""
    now = person.now("Disability")
    category = now["category"] if now else None
    person.note("Disability", since, learnt=learnt, category=category, grade=HIGHER)


def _total(world: World) -> int:
    """What the rules give all who have one of the two subsidies, as it stands so far."""
    total = 0
    for _, award in world.awards(Programme.DISABILITY_CARE):
        if award.person:
            held = [month for month in MONTHS if award.holds_in(month)]
            total += sum(care_due(world.rates, award.person, month) for month in held)
    for _, award in world.awards(Programme.DISABILITY_LIVING):
        if award.person:
            held = [m for m in MONTHS if award.holds_in(m) and lives_in(award.person, m)]
            total += world.rates.living * len(held)
    return total
