"""What is due: the standing rows, the determinations that wrote them, the open questions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from doudi.access.bulk import only
from doudi.access.models import Area
from doudi.entitlement.models import Determination, Due, OpenQuestion
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal


def due_table() -> QuerySet[Due]:
    """The standing due rows: one for an award and a month, the amount as now determined."""
    return Due.objects.filter(superseded_at=None)


def standing_dues(awards: Sequence[int], month: Month) -> QuerySet[Due]:
    """The standing due rows of these awards in a month."""
    return only(due_table(), "award", awards).filter(month=month)


def due_numbered(number: int) -> Due:
    """One due row, standing or superseded; raises Refusal DUE-UNKNOWN."""
    due = (
        Due.objects.select_related("award", "award__household", "award__person", "determination")
        .filter(pk=number)
        .first()
    )
    if due is None:
        raise Refusal(
            "DUE-UNKNOWN", N_("没有应发记录 {number}，请从发放明细或报表明细中抄取编号"), number=number
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


def last_determination(area: Area) -> Determination | None:
    """The latest working-out of any month for an area."""
    return Determination.objects.filter(area=area).order_by("-known_at", "-pk").first()


def latest_of_months(area: Area, before: Month) -> dict[Month, Determination]:
    """The latest working-out of each month before one, for an area."""
    latest = (
        Determination.objects.filter(area=area, month__lt=before, reworked=False)
        .values("month")
        .annotate(latest=Max("pk"))
        .values("latest")
    )
    return {Month(d.month): d for d in Determination.objects.filter(pk__in=latest)}


def recovery_permille(month: Month) -> int | None:
    """The most, in thousandths of a month's payment, that recoveries may take; None: nothing.

    As the policy stood when the month was last determined.
    """
    latest = Determination.objects.filter(month=month).order_by("-pk").first()
    return latest.recovery_permille if latest else None
