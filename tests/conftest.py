"""What every test may use: a place of its own, the command line, and marks for the database.

The suite runs twice: on SQLite, and once more on PostgreSQL with only those tests that touch a
database (`-m database`), where DOUDI_DATABASE_URL names a throw-away server.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from psycopg import sql

from doudi.doors.cli.main import cli

PLACE = Path(tempfile.mkdtemp(prefix="doudi-tests-"))
"""The folder of this test run: nothing is read from or written to an office's own folder."""

os.environ["DOUDI_HOME"] = str(PLACE)
os.environ.pop("DOUDI_KEY_FILE", None)
for name in ("DOUDI_AT", "DOUDI_OFFICER", "DOUDI_LANGUAGE"):
    os.environ.pop(name, None)

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "office"}

Doudi = Callable[..., CompletedProcess[str]]
"""Runs the command in a process of its own: `doudi("run", "2022-06", officer="clerk")`."""

Door = Callable[..., Result]
"""Runs the command in this process, on the test's database: `door("run", "2022-06")`."""


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks, and point the settings, loaded by now, at this run's folder."""
    for mark in (
        "database: touches a database; runs on both (set by itself)",
        "sqlite_only: has no meaning on PostgreSQL",
        "postgresql_only: has no meaning on SQLite",
        "promise(id): keeps a promise of docs/promises.md",
        "control(id): shows that the test of a promise would see the harm",
    ):
        config.addinivalue_line("markers", mark)
    settings.HOME = PLACE
    settings.SECRET_KEY = uuid.uuid4().hex
    settings.JOBS_AT_ONCE = True
    settings.KEY_FILE = PLACE / "keys" / "office.key"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database, and leave out what has no meaning on this one."""
    absent = "sqlite_only" if is_postgresql() else "postgresql_only"
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(_fixtures(item)):
            item.add_marker(pytest.mark.database)
        if item.get_closest_marker(absent):
            item.add_marker(pytest.mark.skip(reason="has no meaning on this database"))


def _fixtures(item: pytest.Item) -> list[str]:
    """The names of all fixtures that a test rests on."""
    return list(getattr(item, "fixturenames", []))


def is_postgresql() -> bool:
    """Whether this run is the one on PostgreSQL."""
    return os.environ.get("DOUDI_DATABASE_URL", "").startswith("postgres")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(PLACE, ignore_errors=True)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty office for child processes: the environment with its own folder and database."""
    environment = dict(os.environ, DOUDI_HOME=str(tmp_path / "office"), PYTHONUTF8="1")
    if not is_postgresql():
        yield environment
        return
    server = os.environ["DOUDI_DATABASE_URL"]
    name = f"office_{uuid.uuid4().hex}"
    _on_server(server, f"CREATE DATABASE {name}")
    environment["DOUDI_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    yield environment
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def doudi(office: dict[str, str], tmp_path: Path) -> Doudi:
    """The command line in child processes, one office for all calls of a test.

    `officer`, `at` and `language` go before the command's name; `status` is the exit status that
    the test expects, None for any.
    """

    def run(*words: object, status: int | None = 0, **before: str) -> CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "doudi", *_options(before), *map(str, words)],
            env=office,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        if status is not None:
            assert done.returncode == status, done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def door(db: None) -> Door:  # noqa: ARG001 - the database has to be there
    """The command line in this process, with the arguments of `doudi`, on the test's database."""

    def run(*words: object, status: int | None = 0, **before: str) -> Result:
        given = [*_options(before), *map(str, words)]
        result = CliRunner().invoke(cli, given, prog_name="doudi")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        if status is not None:
            assert result.exit_code == status, result.output
        return result

    return run


def _options(before: dict[str, str]) -> list[str]:
    """What stands before a command's name: `officer`, `at`, `language` (Chinese unless told)."""
    names = {"officer": "--as", "at": "--at", "language": "--language"}
    options = {"language": "zh", **before}
    return [part for name, value in options.items() for part in (names[name], value)]


def _on_server(url: str, statement: str) -> None:
    """Say one statement to the throw-away server, outside of any transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement))
