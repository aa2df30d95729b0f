"""Replaying the journal (重放): what each row should be by the last entry about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection

from doudi.access.triggers import journaled_tables, json_of_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.access.triggers import Table


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
    return all(standing[name] == journaled[name] for name in standing.keys() & journaled.keys())
