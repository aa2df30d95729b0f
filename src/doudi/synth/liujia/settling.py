"""The whole of the made-up Liujia (虚构的六甲): everybody, all that happens, every workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from doudi.registry.ledger.sheets import SHEETS
from doudi.synth.families import SHAPES, alone, couple
from doudi.synth.health import give_disability
from doudi.synth.households import Settlement
from doudi.synth.liujia import care, dibao, one_off, orphans, tekun
from doudi.synth.liujia.calendar import HANDED_IN, OPENING
from doudi.synth.liujia.world import World
from doudi.synth.people import Household, Person
from doudi.synth.places import Community, communities_of
from doudi.synth.rows import Row, rows_of
from doudi.synth.writing import Workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from doudi.synth.rates import Rates

SEED = 2022
AREA = "530111008"
ELSEWHERE = ("530111008002", "530111008003", "530111008009")
"""Communities assumed to be run by another office in 2022: the report of that year counts eight."""
OTHERS = 12
"""Households that hold no award and need none."""


@dataclass(frozen=True, slots=True)
class Liujia:
    """The made-up subdistrict: its households, and the accounts that the bank will not know.

    `followed` is the number of the household that is worth following.
    """

    households: list[Household]
    followed: str
    closed_accounts: dict[str, int] = field(default_factory=dict)

    def rows(self, learnt: int) -> Iterator[Row]:
        """The rows of one workbook, sheet after sheet."""
        rows = [row for household in self.households for row in rows_of(household, learnt)]
        return iter(sorted(rows, key=lambda row: SHEETS.index(row[0])))

    def write(self, learnt: int, path: Path) -> None:
        """Write the workbook with this number: 0 the opening one, 1 to 6 the months' changes."""
        workbook = Workbooks(path, HANDED_IN[learnt])
        workbook.write(self.rows(learnt))
        workbook.close()


def communities() -> list[Community]:
    """The communities that the subdistrict is assumed to run in 2022."""
    return [place for place in communities_of(AREA) if place.code not in ELSEWHERE]


def settle_liujia(rates: Rates) -> Liujia:
    """Make everybody, the same for ever; raises OutOfReach if the rates can't give the totals."""
    world = World(SEED, Settlement(communities(), OPENING), rates)
    on_dibao = dibao.settle(world)
    tekun.settle(world)
    orphans.settle(world)
    patients = care.settle(world)
    one_off.settle(world, ill=on_dibao.families[0])
    _others(world)
    _missed(world)
    _mistake_account(world, on_dibao.old[2].head, unknown_from=1, corrected_on=date(2022, 2, 10))
    _mistake_account(world, patients[7].award.payee, unknown_from=3, corrected_on=date(2022, 4, 12))
    return Liujia(world.households, on_dibao.late_wage.number, world.closed_accounts)


def _others(world: World) -> None:
    """Ordinary families."""
    for number in range(OTHERS):
        chance = world.chance("others", number)
        world.ordinary(chance, chance.weighed(SHAPES))


def _missed(world: World) -> None:
    """Three who would have an award if they had asked: `doudi screen` finds them (应保未保)."""
    for number, shape in enumerate((alone(40, 55), alone(62, 80), couple(40, 55))):
        chance = world.chance("missed", number)
        household = world.settle(chance, shape(chance))
        give_disability(chance, household.head, OPENING, grade=1 + number)


def _mistake_account(world: World, payee: Person, *, unknown_from: int, corrected_on: date) -> None:
    """An account that the bank does not know from a month on, put right in the next one."""
    account = payee.now("Account")
    if account:
        world.closed_accounts[str(account["number"])] = unknown_from
        world.settlement.open_account(payee, corrected_on, learnt=unknown_from + 1)
