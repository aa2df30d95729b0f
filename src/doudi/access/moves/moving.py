"""Moving (迁库): the rows of an office's SQLite into an empty database of PostgreSQL.

One transaction there: whoever is stopped in between finds it empty, and gives the command again.
Nobody writes to the source meanwhile, and this doesn't either.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dj_database_url
import psycopg
from django.core.management import call_command
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from doudi.access.backups import from_postgresql
from doudi.access.backups.belongings import database_file
from doudi.access.backups.checking import refuse_newer
from doudi.access.backups.manifest import Manifest, manifest_of
from doudi.access.moves.lines import Digest, alike, line_of
from doudi.access.queries import verify_journal
from doudi.access.triggers import install_triggers
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    Tell = Callable[[str, int], None]
    """Told each table and its rows when they are there."""

_STAY = {"django_migrations", "django_session", "doudi_cache"}
"""What migrating writes itself, and what is good for a sitting only."""
_BLOCK = 5000


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: the source's manifest, the tables that came along, and their rows."""

    manifest: Manifest
    tables: int
    rows: int


def move_to(url: str, *, at: datetime, tell: Tell) -> Moved:
    """Move the office at hand to the database of PostgreSQL at `url`; the source stays as it is.

    Refuses MOV-KIND other kinds of databases, MOV-OLD and BAK-NEWER tables of another version,
    MOV-LIVING a database with tables in it, MOV-BUSY while somebody writes, MOV-NUL and MOV-VALUE
    what PostgreSQL can't hold, MOV-UNLIKE rows that arrived otherwise, and a broken journal.
    """
    source = database_file()
    if source is None or not url.startswith(("postgres://", "postgresql://")):
        message = N_("只能从 SQLite 迁到 PostgreSQL：--to 写 postgresql://用户@主机/库名")
        raise Refusal("MOV-KIND", message)
    if not source.is_file():
        raise Refusal("BAK-NONE", N_("这里还没有办公室，没有可备份的内容；请核对 DOUDI_HOME"))
    with _still(source) as still:
        manifest = manifest_of(lambda query: still.execute(query).fetchall(), "sqlite", at)
        refuse_newer(manifest)
        _refuse_older(manifest)
        with _in_place_of_the_office(url):
            return _move(still, manifest, tell)


def _move(still: sqlite3.Connection, manifest: Manifest, tell: Tell) -> Moved:
    """Everything in one transaction; what fails leaves the target empty."""
    tables = [table for table in manifest.tables if table not in _STAY]
    with transaction.atomic():
        if not from_postgresql.is_empty():
            message = N_("目标库里已有数据表，没有改动；请换一个空的数据库")
            raise Refusal("MOV-LIVING", message)
        MigrationExecutor(connection).migrate(list(manifest.migrations))
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))}")
        for table in tables:
            tell(table, _move_table(still, table))
        try:
            from_postgresql.check_foreign_keys()
        except IntegrityError:
            message = N_("有的行指向不存在的行，没有迁移；请先核验操作日志：doudi journal verify")
            raise Refusal("MOV-LINK", message) from None
        _go_on_numbering(still)
        install_triggers()
        _verify(manifest)
        call_command("createcachetable", verbosity=0)
    return Moved(manifest, len(tables), sum(manifest.tables[table] for table in tables))


def _move_table(still: sqlite3.Connection, table: str) -> int:
    """Copy a table, and compare what arrived; answers how many rows."""
    columns, types = _columns(table)
    sent = Digest()

    def lines() -> Iterator[bytes]:
        names = ", ".join(map(_quoted, columns))
        rows = still.execute(f"SELECT {names} FROM {_quoted(table)}")
        while block := rows.fetchmany(_BLOCK):
            made = [line_of(table, types, row) for row in block]
            for line in made:
                sent.add(alike(types, line))
            yield b"".join(made)

    try:
        from_postgresql.load_table(table, columns, lines())
    except (DataError, IntegrityError, psycopg.DataError, psycopg.IntegrityError):
        message = N_("表 {table} 第 {row} 行前后有 PostgreSQL 不接受的值，没有迁移；请先更正")
        raise Refusal("MOV-VALUE", message, table=table, row=sent.rows) from None
    if _arrived(table, columns, types) != sent:
        message = N_("表 {table} 迁过去后与原来不同，没有迁移；请报告此事")
        raise Refusal("MOV-UNLIKE", message, table=table)
    return sent.rows


def _arrived(table: str, columns: list[str], types: list[str]) -> Digest:
    """The digest of a table as it stands in the target."""
    found, rest = Digest(), b""
    names = ", ".join(map(_quoted, columns))
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY {_quoted(table)} ({names}) TO STDOUT") as copy,
    ):
        for block in copy:
            *whole, rest = (rest + bytes(block)).split(b"\n")
            for line in whole:
                found.add(alike(types, line + b"\n"))
    return found


def _go_on_numbering(still: sqlite3.Connection) -> None:
    """Number on after the highest number ever given, in a table whose last rows are gone too."""
    from_postgresql.set_numbering()
    with connection.cursor() as cursor:
        for table, number in still.execute("SELECT name, seq FROM sqlite_sequence"):
            if table in _STAY or not number:
                continue
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [_quoted(table)])
            cursor.execute("SELECT setval(%s, %s)", [cursor.fetchone()[0], number])


def _verify(manifest: Manifest) -> None:
    """The chain computed anew, its triggers, and every row as the journal says."""
    result = verify_journal(published_head=manifest.head, with_tables=True)
    for finding in result.findings:
        raise Refusal(finding.code, finding.message, **finding.values)


def _columns(table: str) -> tuple[list[str], list[str]]:
    """The columns of a table that hold values of their own, and their types."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        rows = cursor.fetchall()
    return [str(row[0]) for row in rows], [str(row[1]) for row in rows]


def _refuse_older(manifest: Manifest) -> None:
    """Refuse a source whose tables aren't yet of this version's shape."""
    known = MigrationLoader(None).disk_migrations or {}
    if set(known) - set(manifest.migrations):
        raise Refusal("MOV-OLD", N_("数据库还是旧版的结构；请先运行 doudi start 升级，再迁移"))


@contextmanager
def _still(source: Path) -> Iterator[sqlite3.Connection]:
    """The source, to which nobody else can write meanwhile; refuses MOV-BUSY."""
    with closing(sqlite3.connect(source, timeout=5.0, isolation_level=None)) as ours:
        try:
            ours.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise Refusal(
                "MOV-BUSY", N_("有人正在写入数据库，请停下其他命令和网页后重试")
            ) from None
        try:
            yield ours
        finally:
            ours.execute("ROLLBACK")


@contextmanager
def _in_place_of_the_office(url: str) -> Iterator[None]:
    """The connection at hand is the target's; the office's again afterwards."""
    own: Any = connections.databases["default"]
    connections["default"].close()
    connections.databases["default"] = connections.configure_settings(
        {"default": dict(dj_database_url.parse(url, conn_max_age=0))}
    )["default"]
    del connections["default"]
    try:
        try:
            connection.ensure_connection()
        except OperationalError:
            message = N_("连不上目标数据库；请核对 --to 中的主机、库名和口令")
            raise Refusal("MOV-REACH", message) from None
        yield
    finally:
        connections["default"].close()
        connections.databases["default"] = own
        del connections["default"]


def _quoted(name: str) -> str:
    return f'"{name}"'
