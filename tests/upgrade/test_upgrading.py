"""An office of an older version goes on under this one: nothing lost, nothing to pay twice.

`office_0f153d7.json.gz` is an office of made-up people as the code of commit 0f153d7 left it:
ledger taken in, June 2022 paid, journal sealed; its database as SQL, and its key.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from doudi.access.backups.from_sqlite import asking
from tests.care.offices import SERVER, Office, offices

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.database

OLD = Path(__file__).parent / "office_0f153d7.json.gz"
LATER = "2022-06-21T09:00"
KEPT = ("access_entry", "registry_person", "registry_income", "payments_line", "entitlement_due")


def counted(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as rows:
        return {
            table: rows.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in KEPT
        }


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Iterator[Office]]:
    found = offices(tmp_path)
    yield found
    found.close()  # type: ignore[attr-defined]


@pytest.fixture
def there(places: Iterator[Office]) -> Office:
    """Where the office may be moved to, in a folder that is the old office's too."""
    return next(places)


@pytest.fixture
def old(there: Office) -> Office:
    """The old office laid out on SQLite, as it stood."""
    office = replace(there, url="")
    content = json.loads(gzip.decompress(OLD.read_bytes()))
    (office.home / "keys").mkdir(parents=True)
    key = office.home / "keys" / "office.key"
    key.write_text(content["key"], encoding="utf-8")
    key.chmod(0o600)
    database, _ = asking(office.home / "doudi.sqlite3")
    with closing(database):
        database.executescript(content["database"])
    return office


def goes_on(office: Office) -> str:
    return office.say(
        ["journal", "verify", "--tables"],
        ["payroll", "verify"],
        ["--at", LATER, "--as", "shou", "run", "2022-06", "--area", "六甲街道"],
        ["replay", "2022-06", "--area", "六甲街道"],
    )


def test_an_old_office_is_upgraded_by_start_and_has_nothing_to_pay(old: Office) -> None:
    before = counted(old.home / "doudi.sqlite3")
    old.say(["--at", LATER, "start"])
    after = counted(old.home / "doudi.sqlite3")
    assert after.pop("access_entry") >= before.pop("access_entry")
    assert after == before
    said = goes_on(old)
    assert "没有要发放的" in said
    assert "没有任何差异" in said


@pytest.mark.skipif(not SERVER, reason="needs a server to move to")
def test_an_old_office_is_upgraded_and_moved(old: Office, there: Office) -> None:
    assert "doudi start" in old.say(["move", "--to", there.url], status=2)
    old.say(["--at", LATER, "start"], ["--at", LATER, "move", "--to", there.url])
    said = goes_on(there)
    assert "没有要发放的" in said
    assert "日志完整" in said


def test_start_refuses_a_database_that_is_newer_than_the_program(old: Office) -> None:
    with closing(sqlite3.connect(old.home / "doudi.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('registry', '9999_of_the_future', '2022-06-20 00:00:00')"
        )
    before = counted(old.home / "doudi.sqlite3")
    assert "较新" in old.say(["start"], status=2)
    assert counted(old.home / "doudi.sqlite3") == before
