"""Where the bench keeps its offices: prepared once in var/bench, copied for every trial."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from doudi.synth.places import communities_of
from doudi.synth.population import population
from doudi.synth.rates import rates_in_force
from doudi.synth.rows import rows_of
from scripts.bench.office import AREA, JURISDICTION, LOADED_AS, OPENING, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "var" / "bench"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASES = (SQLITE, POSTGRESQL)
_SAMPLE = 2_000
"""So many persons show whether the generator makes the same people as before."""
_OPTIONS = (
    "-c listen_addresses='' -c unix_socket_directories='{socket}' -c max_connections=20"
    " -c shared_buffers=512MB -c max_wal_size=8GB -c work_mem=64MB"
)
"""PostgreSQL as one would set it up on such a machine: durable, with room for its log."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: which database, whose people, how many."""

    database: str
    people: str
    persons: int

    @property
    def name(self) -> str:
        """As a key of the results, and a name of a folder or database."""
        return f"{self.database}-{self.people}-{self.persons}"


def prepared(subject: Subject, server: str) -> dict[str, Any]:
    """The prepared office, made if it isn't there as it would be made now; answers its counts."""
    stamp = PLACE / f"{subject.name}.json"
    made_by = _fingerprint()
    kept = json.loads(stamp.read_text()) if stamp.exists() else {}
    name = f"prepared_{subject.people}_{subject.persons}"
    if kept.get("made_by") == made_by:
        trial(subject, name, server, "migrate")
        return dict(kept["counts"])
    stamp.unlink(missing_ok=True)
    _remove(subject, name, server)
    if subject.database == POSTGRESQL:
        _sql(server, f'CREATE DATABASE "{name}"')
    home(subject, name).mkdir(parents=True, mode=0o700)
    counts = trial(subject, name, server, "prepare", str(subject.persons), subject.people)
    stamp.write_text(json.dumps({"made_by": made_by, "counts": counts}))
    return counts


@contextmanager
def copied(subject: Subject, server: str) -> Iterator[str]:
    """A copy of the prepared office by its name, which is gone afterwards."""
    source, name = f"prepared_{subject.people}_{subject.persons}", "trial"
    _remove(subject, name, server)
    shutil.copytree(home(subject, source), home(subject, name))
    if subject.database == POSTGRESQL:
        _sql(server, f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
        _sql(server, "CHECKPOINT")
    os.sync()
    try:
        yield name
    finally:
        _remove(subject, name, server)


def trial(subject: Subject, name: str, server: str, *step: str) -> dict[str, Any]:
    """Do a step of `scripts.bench.trial` in a process of its own; raises CalledProcessError."""
    environment = {
        each: value for each, value in os.environ.items() if not each.startswith("DOUDI_")
    } | {"DOUDI_HOME": str(home(subject, name)), "PYTHONPATH": str(ROOT)}
    if subject.database == POSTGRESQL:
        environment["DOUDI_DATABASE_URL"] = f"{server}/{name}"
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, "-m", "scripts.bench.trial", *step, str(answer)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603 - our own
        return dict(json.loads(answer.read_text()))


def home(subject: Subject, name: str) -> Path:
    """The folder of an office: its key, and on SQLite its database."""
    return PLACE / subject.database / name


@contextmanager
def the_only_bench() -> Iterator[None]:
    """Be the only bench on this checkout; raises BlockingIOError while another is under way."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def server_of(database: str) -> Iterator[str]:
    """The address of the bench's own PostgreSQL server while it runs; empty for SQLite.

    Its data stay in var/bench between two runs. Raises CalledProcessError where it can't start.
    """
    if database != POSTGRESQL:
        yield ""
        return
    programs = subprocess.run(  # noqa: S603 - our own
        [str(ROOT / "scripts" / "find-postgres")], check=True, capture_output=True, text=True
    ).stdout.strip()  # fmt: skip
    data = PLACE / "cluster"
    socket = Path(tempfile.mkdtemp(prefix="doudi-bench.", dir="/tmp"))
    data.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(socket, "postgres")
        shutil.chown(data, "postgres")
    if not (data / "PG_VERSION").exists():
        _as_server(
            f"{programs}/initdb", f"--pgdata={data}", "--username=doudi", "--auth=trust",
            "--encoding=UTF8", "--locale=C",
        )  # fmt: skip
    control = f"{programs}/pg_ctl"
    if (data / "postmaster.pid").exists():  # of a bench that was killed: we hold the lock
        _as_server(control, "stop", "--silent", "--mode=fast", f"--pgdata={data}", check=False)
    options = _OPTIONS.format(socket=socket)
    _as_server(
        control, "start", "--silent", "--wait", f"--pgdata={data}", f"--log={socket}/log",
        f"--options={options}",
    )  # fmt: skip
    try:
        yield f"postgresql://doudi@{quote(str(socket), safe='')}"
    finally:
        _as_server(control, "stop", "--silent", "--mode=fast", f"--pgdata={data}")
        shutil.rmtree(socket, ignore_errors=True)


def _as_server(*command: str, check: bool = True) -> None:
    """Run a program of PostgreSQL, which refuses to run as root."""
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    whole = [*(as_user if os.getuid() == 0 else []), *command]
    subprocess.run(whole, cwd="/", check=check, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def _sql(server: str, statement: str) -> None:
    """One statement outside of any transaction."""
    import psycopg  # noqa: PLC0415 - only where that is the database

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _remove(subject: Subject, name: str, server: str) -> None:
    shutil.rmtree(home(subject, name), ignore_errors=True)
    if subject.database == POSTGRESQL:
        _sql(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@cache
def _fingerprint() -> str:
    """What the prepared people are like: another generator makes others."""
    some = population(
        _SAMPLE, SEED, communities_of(AREA), rates_in_force(JURISDICTION, OPENING), OPENING
    )
    digest = hashlib.sha256(str(LOADED_AS).encode())
    for household in some:
        for sheet, cells in rows_of(household):
            digest.update(f"{sheet.title} {cells}\n".encode())
    return digest.hexdigest()[:16]


def versions(server: str) -> Mapping[str, str]:
    """The versions of both databases, as far as they are at hand."""
    import sqlite3  # noqa: PLC0415 - for its version alone

    found = {"SQLite": sqlite3.sqlite_version}
    if server:
        import psycopg  # noqa: PLC0415 - only where that is the database

        with psycopg.connect(f"{server}/postgres") as connection:
            row = connection.execute("SHOW server_version").fetchone()
            found["PostgreSQL"] = str(row[0]) if row else ""
    return found
