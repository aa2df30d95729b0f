"""One page of the list of households with its totals, which a long list reckons when asked.

Up to ten thousand households are counted, sorted and summed at once; a longer list stays in the
order of numbers, and only the page that is looked at is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.access.bulk import only
from doudi.doors.office.households import listing
from doudi.doors.office.households.listing import Row
from doudi.doors.office.paging import COUNTED_TO, PER_PAGE, Page, page_number, page_of
from doudi.entitlement import queries as entitlement
from doudi.kernel.months import Month
from doudi.registry import queries as registry
from doudi.registry.models import Membership

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from doudi.doors.office.households.wanted import Wanted
    from doudi.doors.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list comes to: households, persons, and fen a month."""

    households: int
    persons: int
    fen: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `totals` is None where it is long and they were not asked for."""

    page: Page[Row]
    totals: Totals | None
    month: Month


def list_of(sight: Sight, wanted: Wanted, typed: str, request: HttpRequest) -> Listed:
    """The page that a request asks for, of the list narrowed so, and by what was typed."""
    month = listing.shown_month(sight)
    rows = listing.narrowed(sight, wanted, month)
    if typed:
        hits = registry.find(typed, sight.officer, sight.on)
        rows = only(rows, "id", [hit.household for hit in hits])
    found = dict(rows.order_by().values_list("pk", "number")[: COUNTED_TO + 1])
    if len(found) > COUNTED_TO:
        page = page_of(rows, request, counted=len(found))
        totals = None
        if request.GET.get("totals") == "1":
            every = list(rows.order_by().values_list("pk", flat=True))
            totals = _totals(every, entitlement.amounts_of(every, month), sight)
    else:
        amounts = entitlement.amounts_of(list(found), month)
        totals = _totals(list(found), amounts, sight)
        number = page_number(request, len(found))
        ids = _sorted(found, amounts, wanted.sort, sight)[(number - 1) * PER_PAGE :][:PER_PAGE]
        households = registry.households_by_id(ids)
        page = Page([households[each] for each in ids], number, len(found), is_cut=False)
    return Listed(page.of(listing.rows_of(page.rows, sight, month)), totals, month)


def _sorted(
    found: Mapping[int, str], amounts: Mapping[int, int], sort: str, sight: Sight
) -> list[int]:
    """The ids in the order that is wanted; within it, by number."""
    by_number = sorted(found, key=found.__getitem__)
    if sort == "amount":
        return sorted(by_number, key=lambda each: -amounts.get(each, 0))
    if sort == "area":
        areas = registry.areas_of_homes(by_number, sight.on)
        return sorted(by_number, key=lambda each: areas.get(each, ""))
    return by_number


def _totals(households: Sequence[int], amounts: Mapping[int, int], sight: Sight) -> Totals:
    """How many households and persons there are, and what is due to them together."""
    persons = registry.count_members(households, sight.on)
    return Totals(len(households), persons, sum(amounts.values()))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A household on paper: its row, and who belongs to it."""

    row: Row
    members: Sequence[Membership]


def sheets_of(numbers: Sequence[str], sight: Sight) -> list[Sheet]:
    """The sheets of these households, as far as they are in sight; a fixed number of statements."""
    month = listing.shown_month(sight)
    households = list(only(sight.households(), "number", list(numbers)))
    members = registry.members_of([each.pk for each in households], sight.on, sight.at)
    return [
        Sheet(row, members.get(row.household.pk, []))
        for row in listing.rows_of(households, sight, month)
    ]
