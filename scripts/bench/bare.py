"""The yardstick: the same rows written bare, by the fastest way the driver has.

A bare table has the columns of the real one and nothing else: no key, no index, no constraint, no
trigger. The rows are in hand already when the clock starts; it stops after the commit.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models, transaction

from doudi.access import triggers_postgresql, triggers_sqlite
from doudi.access.journal import deed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from doudi.access.models import Officer

JOURNAL = ("access_entry", "access_deed")
_BLOCK = 10_000
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
Rows = list[tuple[Any, ...]]


def marks() -> dict[str, int]:
    """The highest id of every table of the project."""
    found: dict[str, int] = {}
    for model in apps.get_models():
        key = model._meta.pk  # noqa: SLF001 - Django's API
        if model.__module__.startswith("doudi.") and isinstance(key, models.AutoField):
            table = model._meta.db_table  # noqa: SLF001 - Django's API
            found[table] = int(_one(f'SELECT COALESCE(MAX(id), 0) FROM "{table}"'))
    return found


def written_since(marks_then: Mapping[str, int]) -> dict[str, int]:
    """How many rows each table got since then; tables without any are left out."""
    counts = {
        table: int(_one(f'SELECT COUNT(*) FROM "{table}" WHERE id > {mark}'))
        for table, mark in marks_then.items()
    }
    return {table: count for table, count in counts.items() if count}


def seconds_to_write(tables: Mapping[str, int], marks_then: Mapping[str, int]) -> dict[str, float]:
    """Seconds that the bare write of the rows since then takes, for each table."""
    return {table: _seconds_for(table, rows_since(table, marks_then[table])) for table in tables}


def rows_since(table: str, mark: int) -> Rows:
    """The rows of a table with a higher id, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE id > %s ORDER BY id', [mark])
        return list(cursor.fetchall())


def _seconds_for(table: str, rows: Rows) -> float:
    bare = f"bare_{table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {bare}")
        cursor.execute(f'CREATE TABLE {bare} AS SELECT * FROM "{table}" WHERE 1 = 0')
    begun = time.perf_counter()
    with transaction.atomic():
        write(bare, rows)
    seconds = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {bare}")
    return seconds


def write(table: str, rows: Rows) -> None:
    """Write rows into a table, all columns in its order."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                for start in range(0, len(rows), _BLOCK):
                    copy.write("".join(map(_line, rows[start : start + _BLOCK])))
        else:
            places = ", ".join("?" * len(rows[0]))
            cursor.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)


def _line(row: Sequence[Any]) -> str:
    return "\t".join(map(_copied, row)) + "\n"


def _copied(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return "\\N"
    return value.translate(_ESCAPED) if isinstance(value, str) else str(value)


def journal_cost(table: str, rows: Rows, *, actor: Officer, at: datetime) -> tuple[float, float]:
    """Seconds to write rows into a table like this one: without the journal's triggers, and with.

    The copy has the same columns, keys and indexes; foreign keys are left out of both.
    """
    seconds = []
    for has_journal in (False, True):
        twin = f"twin_{table}"
        with connection.cursor() as cursor:
            _make_twin(cursor, table, twin)
            if has_journal:
                _give_journal(cursor, table, twin)
        begun = time.perf_counter()
        with deed(actor=actor, act="bench", why="bench", at=at):
            write(twin, rows)
        seconds.append(time.perf_counter() - begun)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {twin}")
    return seconds[0], seconds[1]


def _make_twin(cursor: Any, table: str, twin: str) -> None:  # noqa: ANN401 - Django's cursors have no common type
    cursor.execute(f"DROP TABLE IF EXISTS {twin}")
    if connection.vendor == "postgresql":
        cursor.execute(f"CREATE TABLE {twin} (LIKE {table} INCLUDING ALL)")
        return
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s", [table])
    for kind, name, text in cursor.fetchall():
        if kind in ("table", "index") and text:
            own = text.replace(f'"{name}"', f'"twin_{name}"', 1)
            made = own.replace(f'"{table}"', f'"{twin}"').replace("AUTOINCREMENT", "")
            cursor.execute(made.replace("%", "%%"))


def _give_journal(cursor: Any, table: str, twin: str) -> None:  # noqa: ANN401 - as above
    """The triggers that the real table has, on its twin."""
    columns = tuple(
        each.name for each in connection.introspection.get_table_description(cursor, table)
    )
    maker = triggers_postgresql if connection.vendor == "postgresql" else triggers_sqlite
    for text in maker.journal(twin, "id", columns, ()).values():
        cursor.execute(text)


def _one(statement: str) -> Any:  # noqa: ANN401 - one value
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
