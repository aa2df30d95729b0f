"""What is due: the standing rows, the determinations that wrote them, the open questions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet

from doudi.entitlement.models import Determination, Due, OpenQuestion, ParameterSet
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from doudi.access.models import Area


def due_table() -> QuerySet[Due]:
    """The standing due rows: one for an award and a month, the amount as now determined."""
    return Due.objects.filter(superseded_at=None)


def due_table_at(known_at: datetime) -> QuerySet[Due]:
    """The due rows that stood at a moment."""
    return Due.objects.filter(determined_at__lte=known_at).filter(
        Q(superseded_at=None) | Q(superseded_at__gt=known_at)
    )


def due_numbered(number: int) -> Due:
    """One due row, standing or superseded; raises Refusal DUE-UNKNOWN."""
    due = (
        Due.objects.select_related("award", "award__household", "award__person", "determination")
        .filter(pk=number)
        .first()
    )
    if due is None:
        raise Refusal(
            "DUE-UNKNOWN",
            N_("没有应发记录 {number}，请从发放明细或报表明细中抄取编号"),
            number=number,
        )
    return due


def open_questions(area: Area) -> QuerySet[OpenQuestion]:
    """The months of awards that can't be determined yet, within an area."""
    return (
        OpenQuestion.objects.filter(
            superseded_at=None, determination__area__path__startswith=area.path
        )
        .select_related("award")
        .order_by("month", "award__number")
    )


def last_known(area: Area) -> datetime | None:
    """Up to when an area's news has been worked in: its last determination, or one around it."""
    found = _covering(area).aggregate(last=Max("known_at"))["last"]
    return found if isinstance(found, datetime) else None


def latest_of_months(area: Area, month: Month) -> dict[Month, Determination]:
    """The latest whole working-out of each month up to one, of an area or one around it."""
    whole = _covering(area).filter(whole=True, month__lte=month)
    latest = whole.values("month").annotate(latest=Max("pk")).values("latest")
    return {Month(d.month): d for d in Determination.objects.filter(pk__in=latest)}


def determinations_of(
    month: Month | None = None, known_at: datetime | None = None
) -> QuerySet[Determination]:
    """The determinations of a month, or of all, by a moment or ever; the earliest first."""
    found = Determination.objects.select_related("area").order_by("pk")
    if month is not None:
        found = found.filter(month=month)
    return found if known_at is None else found.filter(known_at__lte=known_at)


def parameter_set(fingerprint: str) -> ParameterSet | None:
    """The parameters of a fingerprint; None where they were not kept."""
    return ParameterSet.objects.filter(fingerprint=fingerprint).first()


def _covering(area: Area) -> QuerySet[Determination]:
    """The determinations of an area and of those around it."""
    return Determination.objects.filter(area__code__in=area.path.rstrip("/").split("/"))


def recovery_permille(area: Area, month: Month) -> int | None:
    """The most, in thousandths of a month's payment, that recoveries may take; None: nothing.

    As the policy of the area stood when the month was last determined.
    """
    latest = _covering(area).filter(month=month).order_by("-pk").first()
    return latest.recovery_permille if latest else None
