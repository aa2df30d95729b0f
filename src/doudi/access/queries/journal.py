"""Reads of the journal: what was done to a row, and what a deed did."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from doudi.access.models import Deed, Entry, Operation, Seal
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from doudi.access.models import Officer


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


def rows_changed(
    since: datetime, until: datetime, prefix: str, *, at_most: int
) -> dict[str, list[int]] | None:
    """The rows that deeds of (since, until] changed, by table; one statement.

    Of the tables whose name begins with `prefix`; None where more than `at_most` were changed.
    """
    changed = Entry.objects.filter(
        deed__at__gt=since, deed__at__lte=until, table__startswith=prefix
    ).values_list("table", "row")
    found = list(changed[: at_most + 1])
    if len(found) > at_most:
        return None
    rows: dict[str, list[int]] = defaultdict(list)
    for table, row in found:
        rows[table].append(int(row))
    return rows


def deed_numbered(number: int) -> Deed | None:
    """A deed by its number; None where there is none."""
    return Deed.objects.select_related("actor").filter(pk=number).first()


def deed_done(actor: Officer, act: str, at: datetime) -> Deed | None:
    """What an officer did at a moment, by the name of the act; None where nothing was changed."""
    return Deed.objects.filter(actor=actor, act=act, at=at).order_by("-pk").first()


def rows_of_deed(number: int) -> dict[str, dict[Operation, list[int]]]:
    """The rows that a deed changed, by table and by what was done to them; one statement."""
    changed = Entry.objects.filter(deed_id=number).order_by("pk")
    rows: dict[str, dict[Operation, list[int]]] = defaultdict(lambda: defaultdict(list))
    for table, operation, row in changed.values_list("table", "operation", "row"):
        rows[table][Operation(operation)].append(int(row))
    return rows


def newest_seal() -> Seal | None:
    """The head of the chain; None before anything was sealed."""
    return Seal.objects.order_by("-last_entry").first()
