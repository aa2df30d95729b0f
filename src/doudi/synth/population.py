"""A population (人口) of any size: households one after another, each from its own chance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Programme, Relation, SupporterStatus, SupportFinding
from doudi.synth.chance import Chance
from doudi.synth.decisions import Register, due_programmes, orphan
from doudi.synth.families import placed
from doudi.synth.health import give_health, give_self_care
from doudi.synth.households import Settlement
from doudi.synth.means import (
    FORTUNES,
    OLD_AND_ALONE_FORTUNES,
    Fortune,
    give_means,
    grown_children_stand_alone,
)
from doudi.synth.model import OLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doudi.synth.people import Household, Person
    from doudi.synth.places import Community
    from doudi.synth.rates import Rates

MISSED_PERCENT = 3
"""So many in a hundred awards that the rules would give were never asked for (应保未保)."""


def population(
    persons: int, seed: int, communities: Sequence[Community], rates: Rates, on: date
) -> Iterator[Household]:
    """Households of together at least so many persons, fewer than one household more.

    The same arguments give the same households for ever; only counts are kept in memory.
    """
    settlement = Settlement(communities, on)
    register = Register(on)
    made = number = 0
    while made < persons:
        number += 1
        household = _household(Chance(seed, number), settlement, register, rates)
        made += len(household.members)
        yield household


def _household(
    chance: Chance, settlement: Settlement, register: Register, rates: Rates
) -> Household:
    """One household: its family, its means, its ills, those who owe it support, its awards."""
    on = settlement.on
    household = settlement.settle(chance, list(placed(chance)))
    for person in household.members:
        give_health(chance, person, on)
    old_and_alone = len(household.members) == 1 and household.head.age(on) >= OLD
    fortune = chance.weighed(OLD_AND_ALONE_FORTUNES if old_and_alone else FORTUNES)
    give_means(chance, household, fortune, on)
    grown_children_stand_alone(household, on)
    _lose_parents(chance, household)
    if old_and_alone:
        _look_for_support(chance, household.head, fortune, on)
    _decide(chance, household, register, rates)
    return household


def _decide(chance: Chance, household: Household, register: Register, rates: Rates) -> None:
    """What the rules give and was asked for; no living subsidy without Dibao."""
    is_on_dibao = False
    for programme, subject in due_programmes(rates, household, register.on):
        if chance.percent(MISSED_PERCENT):
            continue
        if programme is Programme.DISABILITY_LIVING and not is_on_dibao:
            continue
        is_on_dibao |= programme is Programme.DIBAO
        register.decide_before(chance, household, programme, subject)


def _lose_parents(chance: Chance, household: Household) -> None:
    """Make some grandchildren who live with a grandparent orphans."""
    last = household.members[-1]
    if last.relation is Relation.GRANDCHILD and chance.percent(10):
        orphan(last, max(last.born, date(last.born.year + 1, chance.between(1, 12), 1)))


def _look_for_support(chance: Chance, person: Person, fortune: Fortune, on: date) -> None:
    """Say who owes support to an old person who lives alone, and what was found."""
    since = date(on.year - 1, chance.between(1, 12), 1)
    if fortune is Fortune.DESTITUTE and chance.percent(60):
        person.note("Support", since, finding=SupportFinding.NONE)
        give_self_care(chance, person, on, chance.weighed(((0, 6), (2, 3), (5, 1))))
        return
    person.note("Support", since, finding=SupportFinding.ABLE)
    child_age = max(18, person.age(on) - chance.between(23, 38))
    person.note(
        "Supporter",
        since,
        tie=chance.pick(("长子", "次子", "长女", "次女")),
        birth_date=date(on.year - child_age, chance.between(1, 12), chance.between(1, 28)),
        income_year_fen=chance.steps(2_000_000, 9_000_000, 10_000),
        property_ok=True,
        status=SupporterStatus.ORDINARY,
    )
