"""One page of the list of households with its totals, which a long list reckons when asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.access.bulk import only
from doudi.doors.office.households import listing
from doudi.doors.office.households.listing import Row, Totals
from doudi.doors.office.paging import COUNTED_TO, Page, page_of
from doudi.kernel.months import Month
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from doudi.doors.office.households.wanted import Wanted
    from doudi.doors.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `totals` is None where it is long and they were not asked for."""

    page: Page[Row]
    totals: Totals | None
    month: Month

    @property
    def is_long(self) -> bool:
        """Whether it is too long to be counted and sorted without being asked."""
        return self.page.is_cut


def list_of(sight: Sight, wanted: Wanted, typed: str, request: HttpRequest) -> Listed:
    """The page that a request asks for, of the list narrowed so, and by what was typed."""
    month = listing.shown_month(sight)
    rows = listing.narrowed(sight, wanted, month)
    if typed:
        hits = registry.find(typed, sight.officer, sight.on)
        rows = only(rows, "id", [hit.household for hit in hits])
    ids = list(rows.order_by().values_list("pk", flat=True)[: COUNTED_TO + 1])
    is_long = len(ids) > COUNTED_TO
    if is_long and request.GET.get("totals") == "1":
        totals = listing.totals_of(list(rows.order_by().values_list("pk", flat=True)), sight, month)
    else:
        totals = None if is_long else listing.totals_of(ids, sight, month)
    ordered = listing.sorted_as(rows, wanted, sight, month, is_long=is_long)
    found = page_of(ordered, request, counted=len(ids))
    return Listed(found.of(listing.rows_of(found.rows, sight, month)), totals, month)
