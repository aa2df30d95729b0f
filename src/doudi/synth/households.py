"""Households (户): a family given numbers, names, a home and, for its head, an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Registration, Relation
from doudi.synth.families import Place, birth_date
from doudi.synth.names import SURNAMES, full_name
from doudi.synth.numbers import BANK, IdNumbers, account_number, phone_number
from doudi.synth.people import Household, Person
from doudi.synth.places import Community

if TYPE_CHECKING:
    from doudi.synth.chance import Chance

MARRIED_AT = 22
"""Whoever is married was so at this age, or before the household began."""
HUKOU = "530111"
"""Where the made-up people are registered: 官渡区."""


@dataclass(slots=True)
class Settlement:
    """Hands out what must be different for everybody, and homes in the communities."""

    communities: Sequence[Community]
    on: date
    prefix: str = "LJ"
    _ids: IdNumbers = field(default_factory=IdNumbers)
    _households: int = 0
    _accounts: int = 0

    def settle(self, chance: Chance, places: Sequence[Place]) -> Household:
        """A household of these places, with a home; it has no means and no ills yet."""
        self._households += 1
        community = chance.pick(self.communities)
        years = chance.between(2, max(2, min(20, places[0].age - 20)))
        since = date(self.on.year - years, chance.between(1, 12), 1)
        household = Household(
            number=f"{self.prefix}{self._households:06d}",
            area_code=community.code,
            registration=Registration.URBAN,
            address=f"{community.name}{chance.between(1, 12)}组{chance.between(1, 180)}号",
            since=since,
        )
        line = chance.weighed(SURNAMES)
        for place in places:
            surname = line if place.is_of_line else chance.weighed(SURNAMES)
            born = birth_date(chance, place.age, self.on)
            self.join(household, self.person(chance, place, surname, born))
        return household

    def person(self, chance: Chance, place: Place, surname: str, born: date) -> Person:
        """A person for a place in a family, with an ID number of their own."""
        id_number, born = self._ids.next(born, place.sex)
        name = full_name(chance, surname, born, place.sex)
        return Person(id_number, name, place.sex, born, place.relation, born)

    def join(self, household: Household, person: Person, *, learnt: int = 0) -> None:
        """Take a person into a household: from its first day, their birth or their marriage."""
        person.learnt = learnt
        person.joined = max(household.since, person.born)
        if person.relation is Relation.SPOUSE:
            wedding = person.born.replace(day=1, year=person.born.year + MARRIED_AT)
            person.joined = max(household.since, wedding)
        person.note("Hukou", person.born, learnt=learnt, area_code=HUKOU)
        if person.relation is Relation.HEAD:
            person.note("Phone", person.joined, number=phone_number(self._households))
            self.open_account(person, person.joined)
        household.members.append(person)

    def open_account(self, person: Person, since: date, *, learnt: int = 0) -> str:
        """A bank account in the person's own name; answers its number."""
        self._accounts += 1
        number = account_number(self._accounts)
        person.note(
            "Account", since, learnt=learnt, bank=BANK, number=number, holder_name=person.name
        )
        return number
