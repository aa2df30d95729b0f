"""The head of a household's file: what stands above every one of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.doors.office.households.listing import shown_month
from doudi.entitlement import queries as entitlement
from doudi.entitlement.queries import Benefit
from doudi.kernel.months import Month
from doudi.registry import queries as registry
from doudi.registry.models import Household, Membership, Person, Residence

if TYPE_CHECKING:
    from doudi.doors.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a household, as its file shows them."""

    membership: Membership
    masked_id: str
    age: int

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.membership.person


@dataclass(frozen=True, slots=True)
class File:
    """A household, where it lives, who belongs to it and what it gets in a month."""

    household: Household
    residence: Residence | None
    members: tuple[Member, ...]
    benefits: tuple[Benefit, ...]
    month: Month

    @property
    def head(self) -> Member | None:
        """The head of the household."""
        return next((each for each in self.members if each.membership.relation == "head"), None)

    @property
    def total_fen(self) -> int:
        """What all its awards are due for the month, as far as determined."""
        return sum(benefit.amount_fen or 0 for benefit in self.benefits)

    @property
    def open_benefits(self) -> tuple[Benefit, ...]:
        """Awards for which something is missing in the month."""
        return tuple(benefit for benefit in self.benefits if benefit.is_open)


def file_of(household: Household, sight: Sight) -> File:
    """The head of a household's file today; a fixed number of statements."""
    month = shown_month(sight)
    ids = [household.pk]
    members = registry.members_of(ids, sight.on, sight.at).get(household.pk, [])
    return File(
        household=household,
        residence=registry.residences_of(ids, sight.on, sight.at).get(household.pk),
        members=tuple(
            Member(
                each,
                registry.masked_id(each.person),
                _age(each.person, sight),
            )
            for each in members
        ),
        benefits=tuple(entitlement.benefits_of(ids, month, sight.at).get(household.pk, ())),
        month=month,
    )


def _age(person: Person, sight: Sight) -> int:
    """Whole years on the day of the request."""
    born, today = person.birth_date, sight.on
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
