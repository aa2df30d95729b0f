"""What the machine and the database say of themselves: versions, sizes, keys, jobs, the chain."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count

from doudi.access.keys import office_keys
from doudi.access.models import Seal
from doudi.access.queries import newest_seal
from doudi.doors.office.jobs.models import Job, JobState

_MB, _GB = 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class State:
    """The state of the system; sizes in whole MB and GB."""

    versions: tuple[tuple[str, str], ...]
    database: str
    database_mb: int
    free_gb: int
    total_gb: int
    seal: Seal | None
    verified: Job | None
    keys: tuple[tuple[int, str], ...]
    jobs: dict[JobState, int]


def state() -> State:
    """The state now; a fixed number of statements, and none that counts people."""
    disk = shutil.disk_usage(settings.HOME if Path(settings.HOME).exists() else "/")
    return State(
        versions=(
            ("Doudi", version("doudi")),
            ("Python", platform.python_version()),
            ("Django", django.get_version()),
        ),
        database=_database(),
        database_mb=_size() // _MB,
        free_gb=disk.free // _GB,
        total_gb=disk.total // _GB,
        seal=newest_seal(),
        verified=last_verified(),
        keys=tuple((key.version, str(key.suite)) for key in office_keys().keys),
        jobs=_jobs(),
    )


def last_verified() -> Job | None:
    """The last job that verified the journal to its end, whoever asked for it."""
    done = Job.objects.filter(kind="journal_verify", state=str(JobState.DONE))
    return done.select_related("officer").order_by("-ended_at").first()


def answers() -> bool:
    """Whether the database answers a question at all; raises what its driver does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone()[0])


def _database() -> str:
    """The database's name and version."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0]}"
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"


def _size() -> int:
    """How many bytes the database takes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


def _jobs() -> dict[JobState, int]:
    """How many jobs there are, by how far they have come."""
    found = Job.objects.values_list("state").annotate(jobs=Count("pk")).order_by()
    counts = dict(found)
    return {state: counts.get(str(state), 0) for state in JobState}
