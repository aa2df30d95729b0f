"""The list of households: who is asked for, and what each row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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

AT_ONCE = 40_000
"""Households: of so many in sight their numbers are fetched; of more, each is asked."""
OLD = 60
"""Years: 老年人权益保障法 第二条."""
GROWN = 18
"""Years: 未成年人保护法 第二条."""


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
    areas = sight.areas()
    if wanted.community:
        areas = areas.filter(code=wanted.community)
    rows = registry.living_where(
        list(areas.values_list("pk", flat=True)),
        sight.on,
        registration=wanted.registration,
        at_once=AT_ONCE,
    )
    if wanted.programme == NO_BENEFIT:
        rows = entitlement.without_benefit(rows, month)
    elif wanted.programme:
        rows = entitlement.with_benefit(rows, wanted.programme, month)
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
