"""Lists of households narrowed, sorted and summed by what is due to them in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from doudi.access.bulk import only
from doudi.entitlement.models import OpenQuestion
from doudi.entitlement.queries.dues import due_table
from doudi.entitlement.queries.files import awards_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from doudi.kernel.months import Month
    from doudi.registry.models import Household


def with_open_question(rows: QuerySet[Household], month: Month) -> QuerySet[Household]:
    """Those of the households for whose awards something is missing in a month (待定)."""
    questions = OpenQuestion.objects.filter(month=month, superseded_at=None)
    return rows.filter(pk__in=questions.values("award__household"))


def by_amount(rows: QuerySet[Household], month: Month) -> QuerySet[Household]:
    """The households sorted by what is due to them in a month, the highest first, then by number.

    It reckons the amount of each: for lists of some thousands.
    """
    dues = due_table().filter(
        month=month, award__household=OuterRef("pk"), award__in=awards_held("", month)
    )
    sums = dues.order_by().values("award__household").annotate(fen=Sum("amount_fen")).values("fen")
    return rows.annotate(due_fen=Coalesce(Subquery(sums), 0)).order_by("-due_fen", F("number"))


def total_due(households: Sequence[int], month: Month) -> int:
    """What is due to these households in a month together, in fen, as far as determined."""
    awards = only(awards_held("", month), "household", households).values_list("pk", flat=True)
    dues = only(due_table().filter(month=month), "award", list(awards))
    return dues.aggregate(fen=Sum("amount_fen"))["fen"] or 0
