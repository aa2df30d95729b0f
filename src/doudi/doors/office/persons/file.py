"""The head of a person's file: who it is, and where they belong now and belonged before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.registry import queries as registry
from doudi.registry.models import Membership, Person

if TYPE_CHECKING:
    from doudi.doors.office.sight import Sight


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person, their age, their masked ID number, and the households they belonged to.

    `seen` are the numbers of those households that the officer may open.
    """

    person: Person
    masked_id: str
    age: int
    memberships: tuple[Membership, ...]
    seen: frozenset[str]

    @property
    def current(self) -> Membership | None:
        """The membership that goes on."""
        return next((each for each in self.memberships if each.valid_to is None), None)


def person_file(person: Person, sight: Sight) -> PersonFile:
    """The head of a person's file today; a fixed number of statements."""
    memberships = registry.memberships_of(person)
    numbers = {each.household.number for each in memberships}
    seen = sight.households().filter(number__in=numbers).values_list("number", flat=True)
    born, today = person.birth_date, sight.on
    return PersonFile(
        person=person,
        masked_id=registry.masked_id(person),
        age=today.year - born.year - ((today.month, today.day) < (born.month, born.day)),
        memberships=tuple(memberships),
        seen=frozenset(seen),
    )
