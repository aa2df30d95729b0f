"""Counting a household or a person once, though several records lead to it (去重)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber


def counted_once(rows: QuerySet[Any], whom: str) -> QuerySet[Any]:
    """Let the first record of each household or person count 1, every further one 0.

    `whom` is the path from a row to what is counted.
    """
    nth = Window(RowNumber(), partition_by=[F(whom)], order_by=[F("pk").asc()])
    first = Case(When(nth=1, then=Value(1)), default=Value(0), output_field=IntegerField())
    counted: QuerySet[Any] = rows.annotate(nth=nth).annotate(counts=first)
    return counted
