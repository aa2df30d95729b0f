"""Liujia's one-off aid (一次性救助): two families in an emergency, and forty funerals.

What the two families must pay themselves is drawn so that the two grants come to the total.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.vocabulary import EmergencyKind, Programme, Relation
from doudi.synth.families import couple, three_generations, with_children
from doudi.synth.liujia.calendar import HANDED_IN
from doudi.synth.liujia.figures import ASSISTANCE_PAID, FUNERALS
from doudi.synth.liujia.search import OutOfReach
from doudi.synth.liujia.world import World, die

if TYPE_CHECKING:
    from doudi.synth.people import Household, Person

ILLNESS = (3, date(2022, 3, 2), date(2022, 3, 8), date(2022, 3, 15))
FIRE = (5, date(2022, 5, 6), date(2022, 5, 7), date(2022, 5, 9))
"""Workbook, day of the event, of the application, and of the decision."""
LEAST_SHARE = 60
"""A family's own costs are at least so many hundredths of what the formula would give."""


def settle(world: World, ill: Household) -> None:
    """An illness in a household on Dibao, a fire in another one, and the funerals."""
    chance = world.chance("one-off")
    burnt = world.ordinary(chance, with_children)
    formulas = [
        world.rates.standard * persons * months
        for persons, months in ((2, 2), (len(burnt.members), 1))
    ]
    costs = _costs(world, formulas)
    _befall(world, ill, ILLNESS, EmergencyKind.ILLNESS, costs[0], persons=2, months=2)
    persons = len(burnt.members)
    _befall(world, burnt, FIRE, EmergencyKind.FIRE, costs[1], persons=persons, months=1)
    for number in range(FUNERALS - len(world.awards(Programme.FUNERAL))):
        _funeral(world, number)


def _costs(world: World, formulas: list[int]) -> tuple[int, int]:
    """What each of two families pays itself: together the total, each within its formula."""
    least = [formula * LEAST_SHARE // 100 for formula in formulas]
    first = max(least[0], ASSISTANCE_PAID - formulas[1])
    last = min(formulas[0], ASSISTANCE_PAID - least[1])
    if first > last:
        raise OutOfReach("no costs of two families give the total of temporary assistance")
    step = FEN_PER_YUAN
    drawn = world.chance("one-off", "costs").steps(-(-first // step) * step, last, step)
    return drawn, ASSISTANCE_PAID - drawn


def _befall(
    world: World,
    household: Household,
    event: tuple[int, date, date, date],
    kind: EmergencyKind,
    costs: int,
    *,
    persons: int,
    months: int,
) -> None:
    """An event, and the temporary assistance decided on it."""
    learnt, on, applied_on, decided_on = event
    household.note(
        "Emergency",
        on,
        learnt=learnt,
        kind=kind,
        emergency=kind is EmergencyKind.FIRE,
        own_costs_fen=costs,
        persons_assisted=persons,
        months=months,
    )
    world.register.decide(
        household,
        Programme.TEMPORARY_ASSISTANCE,
        None,
        applied_on=applied_on,
        decided_on=decided_on,
        learnt=learnt,
    )


def _funeral(world: World, number: int) -> None:
    """A death in an ordinary family, and the subsidy decided on the day before the workbook's."""
    chance = world.chance("one-off", "funeral", number)
    household = world.ordinary(chance, chance.pick((couple(66, 88), three_generations)))
    learnt = 1 + number % 6
    decided_on = HANDED_IN[learnt] - timedelta(days=chance.between(1, 4))
    died_on = decided_on - timedelta(days=chance.between(8, 20))
    person = _oldest(household)
    die(person, died_on, learnt if died_on > HANDED_IN[0] else 0)
    world.register.decide(
        household,
        Programme.FUNERAL,
        person,
        applied_on=died_on + timedelta(days=chance.between(3, 7)),
        decided_on=decided_on,
        learnt=learnt,
    )


def _oldest(household: Household) -> Person:
    """The head's old parent, or the spouse."""
    return max(
        (p for p in household.members if p.relation in (Relation.PARENT, Relation.SPOUSE)),
        key=lambda person: (HANDED_IN[0] - person.born).days,
    )
