"""Replaying the journal (重放): what each row should be by the last entry about it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection

from doudi.access.triggers import journaled_tables, json_of_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.access.triggers import Table


_UUIDS = {32, 36}
"""How long a UUID is without strokes and with them."""
_SHORTEST_MOMENT = len("2022-06-01 00:00:00")


def rows_unlike_the_journal() -> Iterator[tuple[str, str]]:
    """Table and row of every row that isn't as the last entry about it says, or has none.

    Rows are compared by the columns that both know: a column added since is not held against a
    row. One query a table.
    """
    for table in journaled_tables():
        with connection.cursor() as cursor:
            cursor.execute(_query(table), [table.name])
            different = cursor.fetchall()
        for row, now, said in different:
            if not _agree(now, said):
                yield table.name, str(row)


def _query(table: Table) -> str:
    """SQL for every row whose JSON differs, as text, from what the last entry left."""
    now = json_of_row("t", table)
    last = (
        'SELECT DISTINCT ON ("row") "row", after FROM access_entry WHERE "table" = %s'
        ' ORDER BY "row", id DESC'
        if connection.vendor == "postgresql"
        else 'SELECT "row", after, MAX(id) FROM access_entry WHERE "table" = %s GROUP BY "row"'
    )
    key = f'CAST(t."{table.key}" AS varchar(40))'
    return (
        f"WITH last AS ({last}), standing AS "
        f'(SELECT {key} AS "row", {now} AS now FROM "{table.name}" t)'
        ' SELECT s."row", s.now, l.after FROM standing s LEFT JOIN last l ON l."row" = s."row"'
        " WHERE l.after IS NULL OR l.after <> s.now"
        ' UNION ALL SELECT l."row", NULL, l.after FROM last l WHERE l.after IS NOT NULL'
        ' AND NOT EXISTS (SELECT 1 FROM standing s WHERE s."row" = l."row")'
    )


def _agree(now: str | None, said: str | None) -> bool:
    """Whether a row and its last entry agree in every column that both have."""
    if now is None or said is None:
        return now is said
    standing, journaled = json.loads(now), json.loads(said)
    return all(
        _same(standing[name], journaled[name]) for name in standing.keys() & journaled.keys()
    )


def _same(one: object, other: object) -> bool:
    """Whether two values are one, though either database may have written them.

    SQLite's triggers write truth as a number, a moment as text in UTC, JSON as text, and a UUID
    without strokes.
    """
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        if {len(one), len(other)} == _UUIDS:
            return one.replace("-", "") == other.replace("-", "")
        return (moment := _moment(one)) is not None and moment == _moment(other)
    if isinstance(other, str) and isinstance(one, (dict, list)):
        return other.startswith(("{", "[")) and bool(json.loads(other) == one)
    return False


def _moment(text: str) -> datetime | None:
    """A moment as either database writes it; None for any other text."""
    if len(text) < _SHORTEST_MOMENT:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
