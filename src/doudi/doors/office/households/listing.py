"""The list of households: who is asked for, and what each row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from doudi.doors.office.households.wanted import NO_BENEFIT, Wanted
from doudi.entitlement import queries as entitlement
from doudi.entitlement.queries import Benefit
from doudi.kernel.months import Month
from doudi.registry import queries as registry
from doudi.registry.models import Household, Person, Residence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from doudi.access.models import Area
    from doudi.doors.office.sight import Sight

OLD = 60
"""Years: 老年人权益保障法 第二条."""
GROWN = 18
"""Years: 未成年人保护法 第二条."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list comes to: households, persons, and fen a month."""

    households: int
    persons: int
    fen: int


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
    if wanted.open:
        rows = entitlement.with_open_question(rows, month)
    return _with_members(rows, wanted.members, sight.on)


def _with_members(rows: QuerySet[Household], members: str, on: date) -> QuerySet[Household]:
    """Those among whose members is somebody old, a child, or somebody disabled."""
    if members == "old":
        return registry.with_member_born(rows, on, until=_years_before(on, OLD))
    if members == "child":
        return registry.with_member_born(rows, on, after=_years_before(on, GROWN))
    return registry.with_disabled_member(rows, on) if members == "disabled" else rows


def _years_before(on: date, years: int) -> date:
    """The birthday of whoever reaches an age on a day; the 29th of February is the 28th's guest."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def sorted_as(
    rows: QuerySet[Household], wanted: Wanted, sight: Sight, month: Month, *, is_long: bool
) -> QuerySet[Household]:
    """The households in the order that is wanted; a long list stays in the order of numbers."""
    if is_long or not wanted.sort:
        return rows
    return (
        registry.by_area(rows, sight.on)
        if wanted.sort == "area"
        else entitlement.by_amount(rows, month)
    )


def totals_of(households: Sequence[int], sight: Sight, month: Month) -> Totals:
    """How many households and persons a list has, and what is due to them together."""
    return Totals(
        households=len(households),
        persons=registry.count_members(households, sight.on),
        fen=entitlement.total_due(households, month),
    )


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
