"""What a backup copies of a database of SQLite is all that was committed, and nothing else (R9)."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from doudi.access.backups.from_sqlite import copy_database, refuse_if_damaged
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 2000


@pytest.fixture
def living(tmp_path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A database at work: what was committed stands in its log, and something isn't committed."""
    path = tmp_path / "living.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("CREATE TABLE facts (value)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO facts VALUES (?)", [(i,) for i in range(ROWS)])
        connection.execute("COMMIT")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO facts VALUES (-1)")
        yield path, connection


def rows_in(path: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT COUNT(*), MIN(value) FROM facts").fetchall()


@pytest.mark.promise("R9")
def test_what_is_committed_is_in_the_copy_and_nothing_else(
    living: tuple[Path, sqlite3.Connection], tmp_path: Path
) -> None:
    copy_database(living[0], tmp_path / "copy")
    refuse_if_damaged(tmp_path / "copy")
    assert rows_in(tmp_path / "copy") == [(ROWS, 0)]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


@pytest.mark.control("R9")
def test_a_plain_copy_of_the_file_lacks_what_stands_in_the_log(
    living: tuple[Path, sqlite3.Connection], tmp_path: Path
) -> None:
    shutil.copy(living[0], tmp_path / "copy")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        rows_in(tmp_path / "copy")


def test_nobody_waits_for_a_copy(living: tuple[Path, sqlite3.Connection], tmp_path: Path) -> None:
    copy_database(living[0], tmp_path / "copy")
    living[1].execute("COMMIT")
    assert rows_in(living[0]) == [(ROWS + 1, -1)]


@pytest.mark.promise("R9")
def test_a_database_with_a_broken_page_is_no_backup(
    living: tuple[Path, sqlite3.Connection], tmp_path: Path
) -> None:
    copy_database(living[0], tmp_path / "copy")
    content = bytearray((tmp_path / "copy").read_bytes())
    content[4096:4104] = b"\xff" * 8  # how the table's first page begins
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        refuse_if_damaged(tmp_path / "copy")
    assert refused.value.code == "BAK-DAMAGED"
