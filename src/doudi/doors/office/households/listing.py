"""The list of households: who is asked for, and what each row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from doudi.entitlement import queries as entitlement
from doudi.entitlement.queries import Benefit
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme, Registration
from doudi.registry import queries as registry
from doudi.registry.models import Household, Person, Residence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from doudi.access.models import Area
    from doudi.doors.office.sight import Sight

NO_BENEFIT = "none"
"""In place of a programme: households that get nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; each part is empty where it is not."""

    community: str = ""
    programme: str = ""
    registration: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Wanted:
        """As the query of an address says; what is not in our lists is not heard."""
        programmes = {NO_BENEFIT, *(str(each) for each in Programme)}
        programme, registration = query.get("programme", ""), query.get("registration", "")
        return cls(
            community=query.get("community", "").replace("\0", ""),
            programme=programme if programme in programmes else "",
            registration=registration if Registration.labelled(registration) else "",
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A household as the list shows it."""

    household: Household
    head: Person | None
    masked_id: str
    residence: Residence | None
    members: int
    benefits: tuple[Benefit, ...]

    @property
    def total_fen(self) -> int:
        """What all its awards are due for the month together, as far as determined."""
        return sum(benefit.amount_fen or 0 for benefit in self.benefits)

    @property
    def is_open(self) -> bool:
        """Whether something is missing for one of its awards."""
        return any(benefit.is_open for benefit in self.benefits)


def narrowed(sight: Sight, wanted: Wanted, month: Month) -> QuerySet[Household]:
    """The visible households that a list is narrowed to, by number."""
    rows = sight.households()
    if wanted.community or wanted.registration:
        where = Q()
        if wanted.community:
            where &= Q(area__code=wanted.community)
        if wanted.registration:
            where &= Q(registration=wanted.registration)
        rows = rows.filter(pk__in=registry.residences_on(sight.on, where).values("household"))
    if wanted.programme == NO_BENEFIT:
        held = entitlement.awards_held("", month)
        rows = rows.exclude(pk__in=held.values("household"))
    elif wanted.programme:
        held = entitlement.awards_held(wanted.programme, month)
        rows = rows.filter(pk__in=held.values("household"))
    return rows


def rows_of(households: Sequence[Household], sight: Sight, month: Month) -> list[Row]:
    """The rows of these households; a fixed number of statements."""
    ids = [household.pk for household in households]
    residences = registry.residences_of(ids, sight.on, sight.at)
    members = registry.members_of(ids, sight.on, sight.at)
    benefits = entitlement.benefits_of(ids, month, sight.at)
    rows = []
    for household in households:
        theirs = members.get(household.pk, [])
        head = registry.head_of(theirs)
        rows.append(
            Row(
                household=household,
                head=head,
                masked_id=registry.masked_id(head) if head else "",
                residence=residences.get(household.pk),
                members=len(theirs),
                benefits=tuple(benefits.get(household.pk, ())),
            )
        )
    return rows


def shown_month(sight: Sight) -> Month:
    """The month that amounts are shown of: the last one determined, or the present one."""
    present = Month.of(sight.on)
    last = entitlement.last_determined_month()
    return min(last, present) if last else present


def communities_of(sight: Sight) -> list[Area]:
    """The communities that the list may be narrowed to."""
    return list(sight.areas().filter(kind__in=("community", "village")))
