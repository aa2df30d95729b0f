"""Lists of households narrowed, sorted and summed by what is due to them in a month."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

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


def with_benefit(rows: QuerySet[Household], programme: str, month: Month) -> QuerySet[Household]:
    """Those of the households that hold an award of a programme in a month."""
    held = awards_held(programme, month)
    return rows.filter(Exists(held.filter(household=OuterRef("pk"))))


def without_benefit(rows: QuerySet[Household], month: Month) -> QuerySet[Household]:
    """Those of the households that hold no award in a month."""
    return rows.filter(~Exists(awards_held("", month).filter(household=OuterRef("pk"))))


def amounts_of(households: Sequence[int], month: Month) -> dict[int, int]:
    """What is due to each of these households in a month, in fen; two statements.

    As far as determined; households to which nothing is due are absent.
    """
    awards = only(awards_held("", month), "household", households)
    households_of = dict(awards.values_list("pk", "household_id"))
    dues = only(due_table().filter(month=month), "award", list(households_of))
    sums: dict[int, int] = defaultdict(int)
    for award, fen in dues.values_list("award_id", "amount_fen"):
        sums[households_of[award]] += fen
    return dict(sums)
