"""Reads of the journal: what was done to a row, and what a deed did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.models import Entry
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet


def entries() -> QuerySet[Entry]:
    """Every entry, newest first, with its deed and officer."""
    return Entry.objects.select_related("deed__actor").order_by("-pk")


def entries_of_row(place: str) -> QuerySet[Entry]:
    """What was done to one row, given as `table:row`; refuses JRN-ROW-FMT for another form."""
    table, stroke, row = place.partition(":")
    if not (table and stroke and row):
        raise Refusal(
            "JRN-ROW-FMT",
            N_("“{place}”应写成“表:行号”，如 registry_person:12"),
            place=place,
        )
    return entries().filter(table=table, row=row)
