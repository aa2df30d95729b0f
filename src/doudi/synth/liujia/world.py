"""The made-up Liujia as it is being settled: its homes, its register of awards, its rates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Programme, Sex
from doudi.synth.chance import Chance
from doudi.synth.decisions import Register
from doudi.synth.households import Settlement
from doudi.synth.liujia.calendar import FIRST, OPENING
from doudi.synth.means import Fortune, give_means, grown_children_stand_alone
from doudi.synth.model import MONTHS_A_YEAR, yearly_income
from doudi.synth.people import Award, Household, Person, Stop
from doudi.synth.rates import Rates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from doudi.kernel.months import Month
    from doudi.synth.families import Place, Shape


ATTEMPTS = 200
"""So often are the means of an ordinary household drawn anew until it lives well."""
WELL = 2
"""Who has so many times the standard lives well, and needs nobody's money."""


@dataclass(slots=True)
class World:
    """Everything that is made, in the order in which it is made."""

    seed: int
    settlement: Settlement
    rates: Rates
    register: Register = field(default_factory=lambda: Register(OPENING))
    households: list[Household] = field(default_factory=list)
    closed_accounts: dict[str, int] = field(default_factory=dict)
    """Accounts that the bank no longer knows, with the number of the month since when."""

    def chance(self, *path: int | str) -> Chance:
        """The draws for one purpose."""
        return Chance(self.seed, "liujia", *path)

    def settle(self, chance: Chance, places: Sequence[Place]) -> Household:
        """A new household of these places."""
        household = self.settlement.settle(chance, places)
        self.households.append(household)
        return household

    def ordinary(self, chance: Chance, shape: Shape) -> Household:
        """A household of a shape that lives on what it earns."""
        household = self.settle(chance, shape(chance))
        plain = [list(person.facts) for person in household.members]
        for _ in range(ATTEMPTS):
            household.facts.clear()
            for person, facts in zip(household.members, plain, strict=True):
                person.facts = list(facts)
            fortune = chance.weighed(((Fortune.MODEST, 1), (Fortune.ENOUGH, 2)))
            give_means(chance, household, fortune, OPENING)
            if self._lives_well(household):
                break
        grown_children_stand_alone(household, OPENING)
        return household

    def _lives_well(self, household: Household) -> bool:
        """Whether twice the standard is there, and would be without any one but the head."""
        incomes = [yearly_income(person, FIRST) for person in household.members]
        enough = WELL * MONTHS_A_YEAR * self.rates.standard
        return all(
            sum(incomes) - one >= enough * (len(incomes) - 1) for one in (0, *incomes[1:])
        ) and sum(incomes) >= enough * len(incomes)

    def award_before(
        self, chance: Chance, household: Household, programme: Programme, person: Person | None
    ) -> Award:
        """An award decided before the half-year began."""
        return self.register.decide_before(chance, household, programme, person)

    def persons(self) -> list[Person]:
        """Everybody."""
        return [person for household in self.households for person in household.members]

    def awards(self, programme: Programme) -> list[tuple[Household, Award]]:
        """The awards of a programme, each with its household."""
        return [(house, award) for house in self.households for award in house.awarded(programme)]


def only_learnt(household: Household, learnt: int) -> None:
    """Make a household unknown until the workbook with this number."""
    household.learnt = learnt
    household.facts = [replace(fact, learnt=learnt) for fact in household.facts]
    for person in household.members:
        person.learnt = learnt
        person.facts = [replace(fact, learnt=learnt) for fact in person.facts]
    for award in household.awards:
        award.learnt = learnt


def die(person: Person, on: date, learnt: int) -> None:
    """A death with cremation and without a grant from the state for the funeral."""
    person.note("Death", on, learnt=learnt, cremated=True, state_funeral_grant=False)


def stop(award: Award, last_month: Month, decided_on: date, reason: str, learnt: int) -> None:
    """The decision to stop an award."""
    award.stop = Stop(last_month, decided_on, reason, learnt)


def either(chance: Chance) -> Sex:
    """A woman or a man."""
    return chance.pick((Sex.FEMALE, Sex.MALE))
