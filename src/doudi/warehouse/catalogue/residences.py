"""Where a household lived and how it was registered (户籍性质) in the month that a record is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Value, When

from doudi.registry.models import Residence

if TYPE_CHECKING:
    from doudi.kernel.vocabulary import Registration
    from doudi.warehouse.catalogue.scope import Scope


def living_in(
    rows: QuerySet[Any],
    scope: Scope,
    *,
    household: str,
    month: str,
    registration: Registration | None = None,
) -> QuerySet[Any]:
    """The rows whose household, in the month of the row, lived within the scope's area.

    `household` and `month` are the paths of those columns from a row; every month must lie in
    the scope's period. The last residence known that began by the month's end counts, even when
    it has ended: money of a household that has moved away or died out stays where it was.
    """
    month_ends = Case(
        *(When(**{month: each}, then=Value(each.last)) for each in scope.period.months),
        output_field=DateField(),
    )
    latest = (
        Residence.objects.filter(
            Q(superseded_at=None) | Q(superseded_at__gt=scope.known_at),
            household=OuterRef(household),
            valid_from__lte=OuterRef("month_ends"),
            recorded_at__lte=scope.known_at,
            confirmed_at__lte=scope.known_at,
        )
        .order_by("-valid_from")
        .values("pk")[:1]
    )
    wanted = Residence.objects.filter(area__path__startswith=scope.area.path)
    if registration is not None:
        wanted = wanted.filter(registration=registration)
    lived: QuerySet[Any] = rows.alias(month_ends=month_ends, residence=Subquery(latest))
    return lived.filter(residence__in=wanted.values("pk"))
