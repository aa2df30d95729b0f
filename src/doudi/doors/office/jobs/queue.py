"""The queue of jobs: a file of SQLite beside the office's, and the worker that empties it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections
from huey import SqliteHuey
from huey.consumer import Consumer

from doudi.doors.office.jobs.carrying import carry_out

if TYPE_CHECKING:
    from doudi.doors.office.jobs.models import Job


@cache
def queue() -> SqliteHuey:
    """The office's queue; a test's jobs are carried out at once, without a file."""
    place = Path(settings.HOME)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteHuey(
        "doudi",
        filename=str(place / "jobs.sqlite3"),
        immediate=settings.JOBS_AT_ONCE,
        results=False,
    )


def put(job: Job) -> None:
    """Put a job into the queue; with `settings.JOBS_AT_ONCE` it is over when this returns."""
    _task()(str(job.pk))


def start_worker() -> Consumer:
    """Start the thread that carries out jobs, beside the site; `stop(graceful=True)` ends it."""
    _task()
    worker = _QuietConsumer(queue(), workers=1, periodic=False, worker_type="thread")
    worker.start()
    return worker


class _QuietConsumer(Consumer):  # type: ignore[misc] # the library has no types
    """A worker within the site's process, which hears the signals itself."""

    def _set_signal_handlers(self) -> None:
        """Leave Ctrl-C to the site."""


@cache
def _task() -> Any:  # noqa: ANN401 - the library has no types
    """The one task of the queue, under a name that outlives a restart."""
    return queue().task(name="carry_out")(_carried_out)


def _carried_out(key: str) -> None:
    """Carry out a job, and give the thread's connection back."""
    try:
        carry_out(key)
    finally:
        if not settings.JOBS_AT_ONCE:
            connections.close_all()
