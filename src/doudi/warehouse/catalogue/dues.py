"""Figures of who is helped (在享对象): the due rows that stand, as known at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from doudi.kernel.names import masked_name
from doudi.payments.queries import paid_lines
from doudi.warehouse.catalogue.indicator import Record
from doudi.warehouse.catalogue.lines import known_dues
from doudi.warehouse.catalogue.once import counted_once
from doudi.warehouse.catalogue.residences import living_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.entitlement.models import Due
    from doudi.kernel.vocabulary import Programme, Registration
    from doudi.warehouse.catalogue.scope import Scope


def in_force(
    scope: Scope, programmes: Sequence[Programme], registration: Registration | None = None
) -> QuerySet[Any]:
    """What is due, above nothing, for the last month of the period: the awards then in force."""
    return _living(
        known_dues(scope).filter(month=scope.period.last), scope, programmes, registration
    )


def granted(scope: Scope, programmes: Sequence[Programme]) -> QuerySet[Any]:
    """What is due, above nothing, for any month of the period: grants paid once."""
    months = known_dues(scope).filter(month__gte=scope.period.first, month__lte=scope.period.last)
    return _living(months, scope, programmes, None)


def households(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Count each household once."""
    return counted_once(rows, "award__household")


def persons(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Count each person awarded once."""
    return counted_once(rows, "award__person")


def members(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Count the persons that each amount is reckoned for."""
    counted: QuerySet[Any] = rows.annotate(counts=F("members"))
    return counted


def describe(rows: QuerySet[Any], scope: Scope, part: slice) -> list[Record]:
    """The records in the order of household, programme and month, names masked."""
    lines = paid_lines(scope.known_at).filter(
        payment__award=OuterRef("award"), month=OuterRef("month")
    )
    named = rows.annotate(
        place=F("award__household__number"),
        name=Coalesce("award__person__name", "award__payee__name"),
        programme=F("award__programme"),
        run=Subquery(lines.order_by("-payment__run__sealed_at").values("payment__run__number")[:1]),
    ).order_by("place", "programme", "month", "pk")
    columns = ("counts", "place", "name", "programme", "month", "amount_fen", "run", "pk")
    return [
        Record(counts, place, masked_name(name), programme, month, amount, run or "", due)
        for counts, place, name, programme, month, amount, run, due in named.values_list(*columns)[
            part
        ]
    ]


def _living(
    rows: QuerySet[Due],
    scope: Scope,
    programmes: Sequence[Programme],
    registration: Registration | None,
) -> QuerySet[Any]:
    """Narrow to amounts above nothing of some programmes, in the scope's area."""
    wanted = rows.filter(amount_fen__gt=0, award__programme__in=[str(p) for p in programmes])
    return living_in(
        wanted, scope, household="award__household", month="month", registration=registration
    )
