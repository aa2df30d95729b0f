"""Figures of money paid (已发): the lines of sealed payrolls that have not come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from doudi.entitlement.models import Due
from doudi.kernel.names import masked_name
from doudi.payments.queries import paid_lines
from doudi.warehouse.catalogue.indicator import Record
from doudi.warehouse.catalogue.residences import living_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.kernel.vocabulary import Programme, Registration
    from doudi.warehouse.catalogue.scope import Scope


def known_dues(scope: Scope) -> QuerySet[Due]:
    """What was due to each award in each month, as it stood at the scope's moment."""
    return Due.objects.filter(
        Q(superseded_at=None) | Q(superseded_at__gt=scope.known_at),
        determined_at__lte=scope.known_at,
    )


def paid_in_period(
    scope: Scope,
    programmes: Sequence[Programme],
    registration: Registration | None = None,
) -> QuerySet[Any]:
    """What the runs of the period's months paid in the area for some programmes, in fen.

    A household is where it lived, and as it was registered, in the run's month; so the money of
    a month before it moved here is counted where it was paid.
    """
    lines = paid_lines(scope.known_at).filter(
        payment__run__month__gte=scope.period.first,
        payment__run__month__lte=scope.period.last,
        payment__award__programme__in=[str(each) for each in programmes],
    )
    lived = living_in(
        lines,
        scope,
        household="payment__award__household",
        month="payment__run__month",
        registration=registration,
    )
    counted: QuerySet[Any] = lived.annotate(counts=F("amount_fen"))
    return counted


def describe(rows: QuerySet[Any], scope: Scope, part: slice) -> list[Record]:
    """The lines in the order of household, programme, month and run, names masked.

    The due row is the one that now stands for the line's award and month.
    """
    due = known_dues(scope).filter(award=OuterRef("payment__award"), month=OuterRef("month"))
    named = rows.annotate(
        place=F("payment__award__household__number"),
        name=Coalesce("payment__award__person__name", "payment__award__payee__name"),
        programme=F("payment__award__programme"),
        run=F("payment__run__number"),
        due=Subquery(due.values("pk")[:1]),
    ).order_by("place", "programme", "month", "run", "pk")
    columns = ("counts", "place", "name", "programme", "month", "amount_fen", "run", "due")
    return [
        Record(counts, place, masked_name(name), programme, month, amount, run, due_id)
        for counts, place, name, programme, month, amount, run, due_id in named.values_list(
            *columns
        )[part]
    ]
