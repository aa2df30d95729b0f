"""What a month brought against the one before (变动): new, changed and stopped, award by award."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, Value, When

from doudi.access.bulk import only
from doudi.entitlement.models import Award, Due
from doudi.entitlement.queries.dues import due_table
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.access.models import Area
    from doudi.kernel.months import Month


class Change(Word):
    """How an award's month differs from the one before (变动)."""

    NEW = "new", N_("新增")
    MORE = "more", N_("增加")
    LESS = "less", N_("减少")
    STOPPED = "stopped", N_("停发")


@dataclass(frozen=True, slots=True)
class Changed:
    """An award whose due differs between two months; fen, and the rows that explain each."""

    award: Award
    before_fen: int
    now_fen: int
    before: Due | None
    now: Due | None

    @property
    def change(self) -> Change:
        """Which way it went."""
        if not self.before_fen:
            return Change.NEW
        if not self.now_fen:
            return Change.STOPPED
        return Change.MORE if self.now_fen > self.before_fen else Change.LESS


def changes_of_month(area: Area, month: Month) -> QuerySet[Any, Any]:
    """The awards of an area due other than in the month before, by award; one statement.

    Each row has `award_id`, `before_fen`, `now_fen`, and the ids of both due rows.
    """
    before = str(month.plus(-1))
    rows = due_table().filter(
        month__in=[before, str(month)], determination__area__path__startswith=area.path
    )
    return (
        rows.values("award_id")
        .annotate(
            before_fen=_in(before, "amount_fen"),
            now_fen=_in(str(month), "amount_fen"),
            before=Max(Case(When(month=before, then=F("pk")))),
            now=Max(Case(When(month=str(month), then=F("pk")))),
        )
        .exclude(before_fen=F("now_fen"))
        .order_by("award_id")
    )


def counted_changes(area: Area, month: Month) -> dict[Change, int]:
    """How many awards went which way; one statement."""
    counted = changes_of_month(area, month).aggregate(
        new=Count("award_id", filter=Q(before_fen=0)),
        stopped=Count("award_id", filter=Q(now_fen=0)),
        more=Count("award_id", filter=Q(before_fen__gt=0, now_fen__gt=F("before_fen"))),
        less=Count("award_id", filter=Q(now_fen__gt=0, now_fen__lt=F("before_fen"))),
    )
    return {change: counted[str(change)] for change in Change}


def changed_awards(rows: Sequence[dict[str, Any]]) -> list[Changed]:
    """These rows of `changes_of_month` with their awards and due rows; two statements."""
    awards = only(
        Award.objects.select_related("household", "person"), "id", [r["award_id"] for r in rows]
    ).in_bulk()
    ids = [row[side] for row in rows for side in ("before", "now") if row[side]]
    dues = only(Due.objects.all(), "id", ids).in_bulk()
    return [
        Changed(
            award=awards[row["award_id"]],
            before_fen=row["before_fen"],
            now_fen=row["now_fen"],
            before=dues.get(row["before"]),
            now=dues.get(row["now"]),
        )
        for row in rows
    ]


def _in(month: str, column: str) -> Sum:
    """The sum of a column over the rows of one month; 0 where there are none."""
    return Sum(Case(When(month=month, then=F(column)), default=Value(0)))
