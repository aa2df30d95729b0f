"""Which months must be worked out again: those that new knowledge reaches back to, no others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Min, Q

from doudi.access.bulk import only
from doudi.entitlement.models import ONE_OFF, Award, Stop, Taper
from doudi.entitlement.queries.dues import due_table_at
from doudi.kernel.months import Month
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.kernel.spans import Span


@dataclass(slots=True)
class Rework:
    """Months to be worked out again, each for some households or, with None, for all."""

    months: dict[Month, set[int] | None] = field(default_factory=dict)

    def add(self, household: int, months: Iterable[Month]) -> None:
        """One household's months are to be worked out again."""
        for month in months:
            households = self.months.setdefault(month, set())
            if households is not None:
                households.add(household)

    def add_all(self, months: Iterable[Month]) -> None:
        """Whole months are to be worked out."""
        for month in months:
            self.months[month] = None


def whole_months(month: Month) -> Rework:
    """Everything from the first month that any award is due to `month`: a first working-out."""
    rework = Rework()
    first = Award.objects.aggregate(first=Min("due_from"))["first"]
    rework.add_all((min(Month(first), month) if first else month).until(month))
    return rework


def rework_since(area: Area, since: datetime, until: datetime, month: Month) -> Rework:
    """What was learnt in (since, until] of the area, as months up to `month`.

    A fact reaches the months that its span shares with an award's; an award reaches the months
    from its `due_from`; a stop those after its last month; a taper those from its first.
    """
    rework = Rework()
    touched = registry.touched_since(area, since, until)
    starts = _first_due_months(list(touched))
    for household, spans in touched.items():
        for span in spans if household in starts else ():
            rework.add(household, _months(span, starts[household], month))
    for household, first_month in _decisions_since(since, until):
        rework.add(household, first_month.until(month))
    return rework


def _months(span: Span, start: Month, month: Month) -> Iterable[Month]:
    """The months of a span of days that lie between an award's start and `month`."""
    end = month if span.last is None else min(Month.of(span.last), month)
    return max(Month.of(span.first), start).until(end)


def _first_due_months(households: list[int]) -> Mapping[int, Month]:
    """The first month that anything is due to each of these households."""
    starts: dict[int, Month] = {}
    rows = only(Award.objects.all(), "household", households)
    for household, due_from in rows.values_list("household_id", "due_from"):
        starts[household] = min(starts.get(household, Month(due_from)), Month(due_from))
    return starts


def _decisions_since(since: datetime, until: datetime) -> Iterable[tuple[int, Month]]:
    """Household and first month reached by each decision recorded in (since, until]."""
    window = Q(recorded_at__gt=since, recorded_at__lte=until)
    for household, month in Award.objects.filter(window).values_list("household_id", "due_from"):
        yield household, Month(month)
    closed = Q(superseded_at__gt=since, superseded_at__lte=until)
    stops = Stop.objects.filter(window | closed).values_list("award__household_id", "last_month")
    for household, month in stops:
        yield household, Month(month).plus(1)
    tapers = Taper.objects.filter(window | closed)
    for household, month in tapers.values_list("award__household_id", "from_month"):
        yield household, Month(month)


def months_granted_this_year(
    month: Month,
    standards: Mapping[Month, int],
    known_at: datetime,
    households: Sequence[int] | None = None,
) -> dict[int, int]:
    """Months of temporary assistance granted to each household, or some, earlier in the year.

    Reckoned from what was due: months begun, at the standard of the month of the grant, which
    `standards` gives in fen.
    """
    granted: dict[int, int] = defaultdict(int)
    awards = Award.objects.filter(programme=ONE_OFF[0])
    if households is not None:
        awards = only(awards, "household", households)
    ids = list(awards.values_list("pk", flat=True))
    rows = only(due_table_at(known_at), "award", ids).filter(
        month__gte=f"{month.year:04d}-01",
        month__lt=month,
        amount_fen__gt=0,
    )
    for household, paid_in, amount, members in rows.values_list(
        "award__household_id", "month", "amount_fen", "members"
    ):
        standard = standards.get(Month(paid_in))
        if standard:
            granted[household] += -(-amount // (standard * members))
    return granted
