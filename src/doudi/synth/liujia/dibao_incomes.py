"""What Liujia's households on Dibao live on (低保户收入): drawn until the total can be reached.

The rest of the total is the year's takings of the young father's stall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.vocabulary import IncomeKind, Programme, WorkCapacity
from doudi.synth.liujia.calendar import MONTHS, OPENING
from doudi.synth.liujia.figures import DIBAO_PAID
from doudi.synth.liujia.search import even_rest, first_that_fits
from doudi.synth.means import CENTRAL_PENSION
from doudi.synth.model import MONTHS_A_YEAR, OLD, dibao_due
from doudi.synth.people import Household

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.synth.chance import Chance
    from doudi.synth.liujia.world import World
    from doudi.synth.people import Person

SINCE = date(2021, 7, 1)
"""From when on incomes were stated that have not changed since."""
LATE_WAGE_SINCE, LATE_WAGE_LEARNT = date(2022, 2, 14), 4
LEAST_TAKINGS, MOST_TAKINGS = 300 * FEN_PER_YUAN, 900 * FEN_PER_YUAN
_SLIGHT_GRADE = 4


@dataclass(slots=True)
class Cast:
    """The households on Dibao, and those among them that have a part in the search."""

    disabled: list[Household]
    old: list[Household]
    families: list[Household]
    parents: Household
    leavers: list[Household]

    @property
    def all(self) -> list[Household]:
        """Every one."""
        return [*self.disabled, *self.old, *self.families, self.parents, *self.leavers]

    @property
    def late_wage(self) -> Household:
        """The one whose income is learnt of two months late."""
        return next(house for house in self.disabled if _is_slightly_disabled(house.head))


def choose_incomes(world: World, cast: Cast) -> None:
    """Draw small incomes until the newborn's father's takings can make up the rest."""
    plain = {id(person): list(person.facts) for person in _persons(cast)}

    def draw(attempt: int) -> int | None:
        for person in _persons(cast):
            person.facts = list(plain[id(person)])
        _draw_incomes(world.chance("dibao", "incomes", attempt), cast)
        return even_rest(_total(world, cast), DIBAO_PAID, len(MONTHS), LEAST_TAKINGS, MOST_TAKINGS)

    rest = first_that_fits(draw)
    cast.parents.head.note(
        "Income",
        SINCE,
        kind=IncomeKind.BUSINESS,
        amount_fen=rest * MONTHS_A_YEAR,
        months=MONTHS_A_YEAR,
    )


def _persons(cast: Cast) -> Iterator[Person]:
    return (person for household in cast.all for person in household.members)


def _draw_incomes(chance: Chance, cast: Cast) -> None:
    """The residents' pension of the old, odd jobs of some disabled, help from relatives."""
    for household in cast.all:
        head = household.head
        for person in household.members:
            if person.age(OPENING) > OLD and chance.percent(80):
                _pension(chance, person)
        if household is cast.late_wage:
            _earn(head, chance.steps(80, 200, 10), LATE_WAGE_SINCE, LATE_WAGE_LEARNT)
        elif household in cast.disabled and _does_odd_jobs(head) and chance.percent(40):
            _earn(head, chance.steps(60, 260, 10), SINCE, 0)
    for household in cast.families[1:]:
        maintenance = chance.steps(100, 300, 50) * FEN_PER_YUAN
        kind = IncomeKind.MAINTENANCE_RECEIVED
        household.head.note("Income", SINCE, kind=kind, amount_fen=maintenance, months=1)


def _is_slightly_disabled(person: Person) -> bool:
    """Whether the certificate has the lowest grade."""
    disability = person.now("Disability")
    return disability is not None and disability["grade"] == _SLIGHT_GRADE


def _does_odd_jobs(person: Person) -> bool:
    """Whether somebody can work in part, and the office has known them all along."""
    work = person.now("Work")
    return person.learnt == 0 and work is not None and work["capacity"] is WorkCapacity.PARTIAL


def _pension(chance: Chance, person: Person) -> None:
    """The residents' pension: the central part, and what the place and the account add."""
    central = IncomeKind.RESIDENTS_PENSION_CENTRAL
    person.note("Income", SINCE, kind=central, amount_fen=CENTRAL_PENSION, months=1)
    local = IncomeKind.RESIDENTS_PENSION_LOCAL
    person.note(
        "Income", SINCE, kind=local, amount_fen=chance.steps(1500, 6000, 50), months=1
    )  # fmt: skip


def _earn(person: Person, yuan: int, since: date, learnt: int) -> None:
    """A wage from odd jobs."""
    wage = yuan * FEN_PER_YUAN
    person.note("Income", since, learnt=learnt, kind=IncomeKind.WAGE, amount_fen=wage, months=1)


def _total(world: World, cast: Cast) -> int:
    """What the rules give all of them in the half-year, each while the award holds."""
    total = 0
    for household in cast.all:
        award = next(household.awarded(Programme.DIBAO))
        for month in MONTHS:
            if award.holds_in(month):
                total += dibao_due(world.rates, household, month)
    return total
