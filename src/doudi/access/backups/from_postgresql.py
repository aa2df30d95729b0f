"""A database of PostgreSQL for a backup, and back: COPY within one snapshot.

No program of PostgreSQL's is called, so none need be installed, nor be of the server's version:
the tables' shape comes from our own migrations, and only rows are carried.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection
from psycopg import IsolationLevel, sql

from doudi.access.backups.envelope import changed
from doudi.access.backups.manifest import MIGRATIONS, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doudi.access.backups.manifest import Ask

_NEWLINE = b"\n"
_OF_DJANGO = {"cursor_factory", "context", "prepare_threshold"}


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection[Any], Ask]]:
    """A connection of its own that sees the database as it stands now, and how to ask it."""
    with psycopg.connect(**_parameters()) as ours:
        ours.isolation_level = IsolationLevel.REPEATABLE_READ
        ours.read_only = True

        def ask(query: str) -> list[tuple[Any, ...]]:
            return ours.execute(query.encode()).fetchall()

        yield ours, ask


def table_blocks(ours: psycopg.Connection[Any], table: str) -> Iterator[bytes]:
    """The rows of a table as text: first a line with the columns' names, then COPY's own lines."""
    columns = _columns(ours, table)
    yield "\t".join(columns).encode("utf-8") + _NEWLINE
    with ours.cursor().copy(_copy("COPY {} ({}) TO STDOUT", table, columns)) as copy:
        for block in copy:
            yield bytes(block)


def split_head(blocks: Iterator[bytes]) -> tuple[list[str], Iterator[bytes]]:
    """The columns' names of a table in a backup, and its lines."""
    head = b""
    for block in blocks:
        head += block
        if _NEWLINE in head:
            line, _, rest = head.partition(_NEWLINE)
            return line.decode("utf-8").split("\t"), _after(rest, blocks)
    raise changed()


def count_rows(blocks: Iterable[bytes]) -> int:
    """How many rows COPY's lines hold: a line break within a value is written otherwise."""
    return sum(block.count(_NEWLINE) for block in blocks)


def load_table(table: str, columns: list[str], lines: Iterable[bytes]) -> None:
    """Write the rows of a table on the connection at hand; its foreign keys are checked later."""
    with connection.cursor() as cursor:
        statement = _copy("COPY {} ({}) FROM STDIN", table, columns)
        with cursor.cursor.copy(statement) as copy:
            for block in lines:
                copy.write(block)


def set_numbering() -> None:
    """Let every table go on numbering after the highest number that it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND is_identity = 'YES'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE(MAX("{column}"), 1),'
                f' MAX("{column}") IS NOT NULL) FROM "{table}"',
                [f'"{table}"', column],
            )


def check_foreign_keys() -> None:
    """Check now what is otherwise checked at the end: tables can't be changed before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def ask_here(query: str) -> list[tuple[Any, ...]]:
    """Run a query on the connection at hand."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def is_empty() -> bool:
    """Whether the schema has no table at all."""
    return not tables_in(ask_here, "postgresql")


def set_schema_aside(name: str) -> None:
    """Keep the schema with all its tables under another name, and begin an empty one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        own, other = sql.Identifier(schema), sql.Identifier(name)
        cursor.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(own, other))
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(own))


def carried_tables(tables: Iterable[str]) -> list[str]:
    """The tables whose rows are carried: all but the list of migrations, which migrating writes."""
    return [table for table in tables if table != MIGRATIONS]


def _parameters() -> dict[str, Any]:
    """What connects to the office's database as Django does, but for its own kinds of values."""
    parameters: dict[str, Any] = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in _OF_DJANGO}


def _columns(ours: psycopg.Connection[Any], table: str) -> list[str]:
    rows = ours.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [str(row[0]) for row in rows]


def _copy(statement: str, table: str, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(statement).format(sql.Identifier(table), names)


def _after(rest: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    if rest:
        yield rest
    yield from blocks
