"""Liujia's orphans (孤儿) with those who bring them up: five at the end.

One grows up during the half-year and one is newly found; the months of both make up what the
five of every month would have had.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import IncomeKind, Programme, Relation
from doudi.synth.decisions import orphan
from doudi.synth.families import Place
from doudi.synth.liujia.calendar import HANDED_IN, MONTHS
from doudi.synth.liujia.figures import ORPHANS, ORPHANS_PAID
from doudi.synth.liujia.search import OutOfReach
from doudi.synth.liujia.world import World, either, only_learnt, stop

if TYPE_CHECKING:
    from doudi.synth.chance import Chance
    from doudi.synth.people import Household

COMES_OF_AGE_IN = 3
"""The month of the eighteenth birthday, the last that is paid."""


def settle(world: World) -> None:
    """Settle them; the newcomer's first month is what the total leaves."""
    months, odd = divmod(ORPHANS_PAID, world.rates.orphan)
    steady = ORPHANS - 1
    newcomer = months - steady * len(MONTHS) - COMES_OF_AGE_IN
    if odd or not 0 < newcomer < len(MONTHS):
        raise OutOfReach("no number of months gives the orphans' total")
    _stay(world, steady)
    _come_of_age(world)
    _come(world, len(MONTHS) - newcomer + 1)


def _guardian(world: World, chance: Chance, *ages: int) -> Household:
    """A grandmother or grandfather with a pension, and the grandchildren."""
    head = Place(Relation.HEAD, either(chance), chance.between(62, 74))
    children = [Place(Relation.GRANDCHILD, either(chance), age) for age in ages]
    household = world.settle(chance, [head, *children])
    pension = chance.steps(260_000, 360_000, 1000)
    kind = IncomeKind.PENSION
    household.head.note("Income", date(2021, 1, 1), kind=kind, amount_fen=pension, months=1)
    for child in household.members[1:]:
        child.independent = False
    return household


def _stay(world: World, steady: int) -> None:
    """Orphans throughout the half-year, two of them brother or sister."""
    for number, ages in enumerate(((7, 11), *((age,) for age in (5, 14, 9)[: steady - 2]))):
        chance = world.chance("orphans", number)
        household = _guardian(world, chance, *ages)
        for child in household.members[1:]:
            orphan(child, child.born + timedelta(days=chance.between(400, 1200)))
            world.award_before(chance, household, Programme.ORPHAN, child)


def _come_of_age(world: World) -> None:
    """One who turns eighteen; the award is stopped after the month of the birthday."""
    chance = world.chance("orphans", "grown")
    household = _guardian(world, chance)
    birthday = MONTHS[COMES_OF_AGE_IN - 1].first + timedelta(days=17)
    born = birthday.replace(year=birthday.year - 18)
    place = Place(Relation.GRANDCHILD, either(chance), 17)
    child = world.settlement.person(chance, place, household.head.name[0], born)
    child.independent = False
    world.settlement.join(household, child)
    orphan(child, date(2015, 6, 3))
    award = world.award_before(chance, household, Programme.ORPHAN, child)
    learnt = COMES_OF_AGE_IN + 1
    decided = HANDED_IN[learnt] - timedelta(days=10)
    stop(award, MONTHS[COMES_OF_AGE_IN - 1], decided, "年满十八周岁", learnt)


def _come(world: World, first: int) -> None:
    """One whose mother has died, the father being dead; decided the month before it begins."""
    chance = world.chance("orphans", "newcomer")
    household = _guardian(world, chance, 6)
    child = household.members[1]
    learnt = first - 1
    decided = HANDED_IN[learnt] - timedelta(days=1)
    orphan(child, decided - timedelta(days=40))
    world.register.decide(
        household,
        Programme.ORPHAN,
        child,
        applied_on=decided - timedelta(days=21),
        decided_on=decided,
    )
    only_learnt(household, learnt)
