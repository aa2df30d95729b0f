"""The figure of communities (社区数): administered on the last day of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Value

from doudi.access import queries as access
from doudi.warehouse.catalogue.indicator import Record

if TYPE_CHECKING:
    from doudi.warehouse.catalogue.scope import Scope


def administered(scope: Scope) -> QuerySet[Any]:
    """The communities and villages that the scope's area administers, each counting 1."""
    found = access.communities(scope.area, scope.period.ends_on)
    return found.annotate(counts=Value(1))


def describe(rows: QuerySet[Any], scope: Scope, part: slice) -> list[Record]:
    """The communities by code, with their names."""
    del scope
    named = rows.order_by("code").values_list("counts", "code", "name")
    return [Record(counts, place=code, name=name) for counts, code, name in named[part]]
