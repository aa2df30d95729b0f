"""Liujia's people on Tekun (特困人员): nine at the end, all of them old or disabled, and alone.

The search goes through mixes of care, one person whose ability is lost, one who comes and one who
dies, until the half-year gives the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import CarePlace, Programme, Relation, SupportFinding
from doudi.synth.families import Place
from doudi.synth.liujia.calendar import HANDED_IN, MONTHS
from doudi.synth.liujia.figures import TEKUN_PAID, TEKUN_PERSONS
from doudi.synth.liujia.search import Mix, OutOfReach, mixes
from doudi.synth.liujia.world import World, die, either, only_learnt, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.kernel.months import Month
    from doudi.synth.chance import Chance
    from doudi.synth.people import Award, Household
    from doudi.synth.rates import Rates

HOME, INSTITUTION = CarePlace.HOME, CarePlace.INSTITUTION
KINDS = (
    (HOME, "capable"),
    (HOME, "partial_loss"),
    (HOME, "full_loss"),
    (INSTITUTION, "partial_loss"),
    (INSTITUTION, "full_loss"),
)
MOST = (3, 3, 3, 1, 2)
"""At most so many of each kind among those whom nothing happens to: a mixed lot."""
UNMET = {"capable": (0, 0), "partial_loss": (1, 3), "full_loss": (4, 6)}
"""From how many, to how many items of self-care not met."""
SINCE = date(2021, 5, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets what from when to when: a mix of those without change, and three stories."""

    steady: Mix
    worse_before: str
    worse_after: str
    worse_from: int
    newcomer: str
    newcomer_from: int
    dying: str
    dying_until: int


def settle(world: World) -> None:
    """Settle them by the first plan that gives the total."""
    plan = next(_plans(world.rates), None)
    if plan is None:
        raise OutOfReach("no mix of care gives the total of Tekun")
    kinds = [
        kind for kind, number in zip(KINDS, plan.steady.counts, strict=True) for _ in range(number)
    ]
    for number, (place, loss) in enumerate(kinds):
        _admit(world, world.chance("tekun", number), place, loss)
    _grow_worse(world, plan)
    _come(world, plan)
    _pass_away(world, plan)


def _plans(rates: Rates) -> Iterator[Plan]:
    """Every plan that gives the total, in a fixed order."""
    steady = TEKUN_PERSONS - 2
    months = len(MONTHS)
    amounts = [rates.tekun_base + rates.tekun_care[kind] for kind in KINDS]
    by_total = {mix.total(amounts) * months: mix for mix in mixes(steady, len(KINDS), MOST)}
    home = {loss: rates.tekun_base + rates.tekun_care[HOME, loss] for loss in UNMET}
    worse = (("partial_loss", "full_loss"), ("capable", "partial_loss"))
    for (before, after), since, newcomer, first, dying, last in product(
        worse, (4, 3, 5), home, (2, 3, 4, 5), home, (3, 2, 4)
    ):
        stories = (
            home[before] * (since - 1)
            + home[after] * (months - since + 1)
            + home[newcomer] * (months - first + 1)
            + home[dying] * last
        )
        mix = by_total.get(TEKUN_PAID - stories)
        if mix:
            yield Plan(mix, before, after, since, newcomer, first, dying, last)


def _settle_one(chance: Chance, world: World, place: CarePlace, loss: str) -> Household:
    """An old person alone, whom nobody can support."""
    age = chance.between(63, 88)
    household = world.settle(chance, [Place(Relation.HEAD, either(chance), age)])
    head = household.head
    head.note("Support", SINCE, finding=SupportFinding.NONE)
    head.note("SelfCare", SINCE, items_unmet=chance.between(*UNMET[loss]))
    if place is INSTITUTION:
        head.note("CarePlacement", SINCE, place=place)
    if loss != "capable":
        since = chance.day(date(2015, 1, 1), date(2019, 12, 31))
        head.note("Disability", since, category="physical", grade=1 if loss == "full_loss" else 2)
    return household


def _admit(world: World, chance: Chance, place: CarePlace, loss: str) -> tuple[Household, Award]:
    """Somebody who has been on Tekun since before the half-year."""
    household = _settle_one(chance, world, place, loss)
    return household, world.award_before(chance, household, Programme.TEKUN, household.head)


def _grow_worse(world: World, plan: Plan) -> None:
    """One who can do less from a month on, as assessed early in it."""
    chance = world.chance("tekun", "worse")
    household, _ = _admit(world, chance, HOME, plan.worse_before)
    month = MONTHS[plan.worse_from - 1]
    unmet = chance.between(*UNMET[plan.worse_after])
    household.head.note(
        "SelfCare", month.first + timedelta(days=6), learnt=plan.worse_from, items_unmet=unmet
    )


def _come(world: World, plan: Plan) -> None:
    """One whose award is decided the month before it begins."""
    chance = world.chance("tekun", "newcomer")
    household = _settle_one(chance, world, HOME, plan.newcomer)
    learnt = plan.newcomer_from - 1
    decided = HANDED_IN[learnt] - timedelta(days=3)
    world.register.decide(
        household,
        Programme.TEKUN,
        household.head,
        applied_on=decided - timedelta(days=30),
        decided_on=decided,
    )
    only_learnt(household, learnt)


def _pass_away(world: World, plan: Plan) -> None:
    """One who dies late in a month and is reported in the next."""
    chance = world.chance("tekun", "dying")
    household, award = _admit(world, chance, HOME, plan.dying)
    last: Month = MONTHS[plan.dying_until - 1]
    learnt = plan.dying_until + 1
    die(household.head, last.first + timedelta(days=21), learnt)
    stop(award, last, HANDED_IN[learnt] - timedelta(days=2), "死亡", learnt)
