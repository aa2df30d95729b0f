"""Liujia's households on Dibao (低保户): who they are, what happens to them, what they live on.

Twenty-seven at the end, of thirty-one persons. A birth, two deaths, two new awards, a job found,
an income learnt of two months late; the small incomes are drawn until one household's yearly
takings can make up the rest of the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import (
    DisabilityCategory,
    IncomeKind,
    Programme,
    Relation,
    Sex,
    SupportFinding,
    WorkCapacity,
)
from doudi.synth.families import Place
from doudi.synth.health import SEVERE_GRADE
from doudi.synth.liujia.dibao_incomes import SINCE, Cast, choose_incomes
from doudi.synth.liujia.world import World, die, either, only_learnt, stop

if TYPE_CHECKING:
    from doudi.synth.chance import Chance
    from doudi.synth.people import Household, Person

_GRADES = (1, 2, 2, 2, 1, 2, 3, 3, 3, 4, 4, 3)
_CATEGORIES = (
    DisabilityCategory.PHYSICAL,
    DisabilityCategory.MENTAL,
    DisabilityCategory.INTELLECTUAL,
    DisabilityCategory.VISION,
)
_OLD, _OLD_AND_DISABLED = 11, 7


def settle(world: World) -> Cast:
    """Settle them all, with what happens, and with incomes that give the total."""
    cast = Cast(
        disabled=_disabled_alone(world),
        old=_old_alone(world),
        families=_families(world),
        parents=_have_a_child(world),
        leavers=_leavers(world),
    )
    choose_incomes(world, cast)
    return cast


def _admit(world: World, chance: Chance, *places: Place) -> Household:
    """A household that has been on Dibao since before the half-year."""
    household = world.settle(chance, places)
    world.award_before(chance, household, Programme.DIBAO, None)
    return household


def _disable(chance: Chance, person: Person, grade: int, since: date | None = None) -> None:
    """A certificate, with long-term care found needed for the severe grades."""
    since = since or chance.day(date(2014, 1, 1), date(2018, 12, 31))
    person.note("Disability", since, category=chance.pick(_CATEGORIES), grade=grade)
    if grade <= SEVERE_GRADE:
        person.note("CareNeed", since, needs_long_term_care=True)


def _subsidise(world: World, chance: Chance, household: Household, person: Person) -> None:
    """The two subsidies for disabled persons, as far as the grade gives them."""
    world.award_before(chance, household, Programme.DISABILITY_LIVING, person)
    if person.has("CareNeed"):
        world.award_before(chance, household, Programme.DISABILITY_CARE, person)


def _disabled_alone(world: World) -> list[Household]:
    """Twelve disabled people who live alone; two of them new: one in March, one in April."""
    households = []
    for number, grade in enumerate(_GRADES):
        chance = world.chance("dibao", "disabled", number)
        place = Place(Relation.HEAD, either(chance), chance.between(32, 57))
        if number < len(_GRADES) - len(_NEW):
            household = _admit(world, chance, place)
            _disable(chance, household.head, grade)
            _subsidise(world, chance, household, household.head)
        else:
            household = world.settle(chance, [place])
            _disable(chance, household.head, grade)
            _admit_new(world, household, _NEW[number - len(_GRADES)])
        capacity = WorkCapacity.NONE if grade <= SEVERE_GRADE else WorkCapacity.PARTIAL
        learnt = household.learnt
        household.head.note("Work", SINCE, learnt=learnt, capacity=capacity, employed=False)
        household.head.note("Support", SINCE, learnt=learnt, finding=SupportFinding.ABLE)
        households.append(household)
    return households


@dataclass(frozen=True, slots=True)
class _Admission:
    """A new award: when it was asked for and decided, and the subsidy asked for after it."""

    learnt: int
    applied_on: date
    decided_on: date
    subsidy_applied_on: date
    subsidy_decided_on: date
    has_account: bool


_NEW = (
    _Admission(
        2, date(2022, 1, 10), date(2022, 2, 14), date(2022, 3, 1), date(2022, 3, 15),
        has_account=True,
    ),
    _Admission(
        3, date(2022, 2, 15), date(2022, 3, 14), date(2022, 4, 1), date(2022, 4, 15),
        has_account=False,
    ),
)  # fmt: skip


def _admit_new(world: World, household: Household, new: _Admission) -> None:
    """A household unknown till it asked; one of them has no account for its first month."""
    head = household.head
    if not new.has_account:
        head.facts = [fact for fact in head.facts if fact.kind != "Account"]
    world.register.decide(
        household, Programme.DIBAO, None, applied_on=new.applied_on, decided_on=new.decided_on
    )
    only_learnt(household, new.learnt)
    world.register.decide(
        household,
        Programme.DISABILITY_LIVING,
        head,
        applied_on=new.subsidy_applied_on,
        decided_on=new.subsidy_decided_on,
        learnt=new.learnt + 1,
    )
    if not new.has_account:
        world.settlement.open_account(head, date(2022, 5, 6), learnt=new.learnt + 2)


def _old_alone(world: World) -> list[Household]:
    """Eleven old people who live alone, seven of them disabled; their children can't do much."""
    households = []
    for number in range(_OLD):
        chance = world.chance("dibao", "old", number)
        place = Place(Relation.HEAD, either(chance), chance.between(63, 84))
        household = _admit(world, chance, place)
        household.head.note("Support", SINCE, finding=SupportFinding.ABLE)
        if number < _OLD_AND_DISABLED:
            _disable(chance, household.head, chance.pick((2, 3, 4, 4)))
            _subsidise(world, chance, household, household.head)
        households.append(household)
    return households


def _families(world: World) -> list[Household]:
    """An old couple, a mother with a disabled child, and a daughter who loses her mother."""
    chance = world.chance("dibao", "families")
    old = _admit(
        world, chance,
        Place(Relation.HEAD, Sex.MALE, 71),
        Place(Relation.SPOUSE, Sex.FEMALE, 68, is_of_line=False),
    )  # fmt: skip
    _disable(chance, old.head, SEVERE_GRADE)
    _subsidise(world, chance, old, old.head)
    mother = _admit(
        world, chance, Place(Relation.HEAD, Sex.FEMALE, 38), Place(Relation.CHILD, Sex.MALE, 9)
    )  # fmt: skip
    _disable(chance, mother.members[1], 3)
    mother.members[1].independent = False
    _subsidise(world, chance, mother, mother.members[1])
    return [old, mother, _lose_a_mother(world)]


def _have_a_child(world: World) -> Household:
    """A young couple; in March their child is born, a member from that day."""
    chance = world.chance("dibao", "parents")
    couple = _admit(
        world, chance,
        Place(Relation.HEAD, Sex.MALE, 29),
        Place(Relation.SPOUSE, Sex.FEMALE, 27, is_of_line=False),
    )  # fmt: skip
    couple.head.note("Work", SINCE, capacity=WorkCapacity.PARTIAL, employed=True)
    place = Place(Relation.CHILD, either(chance), 0)
    child = world.settlement.person(chance, place, couple.head.name[0], date(2022, 3, 7))
    child.independent = False
    world.settlement.join(couple, child, learnt=3)
    return couple


def _lose_a_mother(world: World) -> Household:
    """A seriously ill woman who looks after her old mother; the mother dies in April."""
    chance = world.chance("dibao", "loss")
    household = _admit(
        world, chance,
        Place(Relation.HEAD, Sex.FEMALE, 52),
        Place(Relation.PARENT, Sex.FEMALE, 79, is_of_line=False),
    )  # fmt: skip
    household.head.note("SeriousIllness", date(2021, 3, 15))
    household.head.note("Work", SINCE, capacity=WorkCapacity.NONE, employed=False)
    mother = household.members[1]
    die(mother, date(2022, 4, 9), 4)
    world.register.decide(
        household, Programme.FUNERAL, mother,
        applied_on=date(2022, 4, 13), decided_on=date(2022, 4, 15), learnt=4,
    )  # fmt: skip
    return household


def _leavers(world: World) -> list[Household]:
    """One who finds a job in April, and one who dies in May: both awards are stopped."""
    chance = world.chance("dibao", "leavers")
    worker = _admit(world, chance, Place(Relation.HEAD, Sex.MALE, 41))
    worker.head.note("Work", SINCE, capacity=WorkCapacity.FULL, employed=False)
    hired = date(2022, 4, 1)
    worker.head.note("Work", hired, learnt=4, capacity=WorkCapacity.FULL, employed=True)
    wage = chance.steps(2400, 3200, 100) * FEN_PER_YUAN
    worker.head.note(
        "Income", hired, learnt=4, kind=IncomeKind.WAGE, amount_fen=wage, months=1
    )  # fmt: skip
    stop(worker.awards[0], Month("2022-03"), date(2022, 4, 15), "就业后收入超过低保标准", 4)
    old = _admit(world, chance, Place(Relation.HEAD, Sex.FEMALE, 81))
    old.head.note("Support", SINCE, finding=SupportFinding.ABLE)
    die(old.head, date(2022, 5, 5), 5)
    stop(old.awards[0], Month("2022-05"), date(2022, 5, 13), "死亡", 5)
    return [worker, old]
