"""R7 and R8 on SQLite: what is committed is there after the power failed, and never half of it.

The log is cut or spoilt at many points, as a machine that stops leaves it; then the database is
opened again. Whether a disk keeps what it promised to have written is out of a test's reach.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.sqlite_only

RUNS, LINES, CUTS = 40, 3, 120
FULL = 2
"""What SQLite calls a log that is on the disk before a commit is over."""


def an_office_s(path: Path) -> sqlite3.Connection:
    """A connection with the settings of an office's database."""
    options = settings.DATABASES["default"]["OPTIONS"]
    raw = sqlite3.connect(path, isolation_level=None)
    raw.executescript(options["init_command"])
    return raw


def written(path: Path, *, in_halves: bool) -> sqlite3.Connection:
    """Runs with their lines, a transaction each; or two, as nobody should write them."""
    raw = an_office_s(path)
    raw.execute("CREATE TABLE run (id INTEGER PRIMARY KEY)")
    raw.execute("CREATE TABLE line (run INTEGER, number INTEGER)")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for run in range(1, RUNS + 1):
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO run VALUES (?)", [run])
        if in_halves:
            raw.execute("COMMIT")
            raw.execute("BEGIN IMMEDIATE")
        raw.executemany("INSERT INTO line VALUES (?, ?)", [(run, n) for n in range(LINES)])
        raw.execute("COMMIT")
    return raw


def after_the_power_failed(path: Path, place: Path) -> Iterator[tuple[list[int], list[int]]]:
    """For each cut: the runs that are there, and those of them that are there in part."""
    log = path.with_name(f"{path.name}-wal").read_bytes()
    chance = random.Random(8)  # noqa: S311 - a sample that can be drawn again
    for number in range(CUTS):
        copy = place / f"{number}.sqlite3"
        shutil.copyfile(path, copy)
        at = chance.randrange(len(log))
        spoilt = bytes([log[at] ^ 0xFF]) + log[at + 1 :] if number % 2 else b""
        copy.with_name(f"{copy.name}-wal").write_bytes(log[:at] + spoilt)
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            runs = [run for (run,) in raw.execute("SELECT id FROM run ORDER BY id")]
            lines = dict(raw.execute("SELECT run, COUNT(*) FROM line GROUP BY run").fetchall())
        yield runs, [run for run in runs if lines.get(run, 0) != LINES]


@pytest.mark.promise("R8")
def test_a_log_cut_anywhere_never_leaves_half_a_transaction(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite3"
    with closing(written(path, in_halves=False)):
        found = list(after_the_power_failed(path, tmp_path))
    assert all(runs == list(range(1, len(runs) + 1)) for runs, _ in found)
    assert [half for _, half in found if half] == []
    assert len({len(runs) for runs, _ in found}) > 10, "the cuts fell all in one place"


@pytest.mark.control("R8")
def test_a_run_written_in_two_transactions_would_be_found_in_halves(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite3"
    with closing(written(path, in_halves=True)):
        assert any(half for _, half in after_the_power_failed(path, tmp_path))


@pytest.mark.promise("R8")
@pytest.mark.django_db
def test_every_commit_is_on_the_disk_before_it_is_over() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == FULL


@pytest.mark.promise("R7")
def test_a_transaction_that_finds_the_disk_full_leaves_nothing(tmp_path: Path) -> None:
    assert left_when_full(tmp_path / "office.sqlite3", in_one=True) == 0


@pytest.mark.control("R7")
def test_statement_by_statement_a_full_disk_would_leave_half(tmp_path: Path) -> None:
    assert left_when_full(tmp_path / "office.sqlite3", in_one=False) > 0


def left_when_full(path: Path, *, in_one: bool) -> int:
    """How many rows of a large write are left after the database could grow no more."""
    with closing(an_office_s(path)) as raw:
        raw.execute("CREATE TABLE line (words TEXT)")
        raw.execute("PRAGMA max_page_count = 20")
        if in_one:
            raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            fill(raw)
        assert not raw.in_transaction, "SQLite has given the transaction up by itself"
        return int(raw.execute("SELECT COUNT(*) FROM line").fetchone()[0])


def fill(raw: sqlite3.Connection) -> None:
    """More rows than there is room for, a statement each."""
    for _ in range(1000):
        raw.execute("INSERT INTO line VALUES (?)", ["x" * 1000])
