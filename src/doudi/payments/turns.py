"""Turns (排队): two people at once never draft, seal or settle at the same moment."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAYMENTS = 0x446F756469
"""The number of the lock in PostgreSQL; any that no one else uses."""


def take_turn() -> None:
    """Wait, within a deed, until no other deed writes payments; held until this one ends.

    SQLite needs nothing: its transactions are IMMEDIATE, so that only one can write.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PAYMENTS])


@contextmanager
def the_only_run() -> Iterator[None]:
    """Be the only process on this machine that determines and drafts; refuses with RUN-BUSY.

    The lock is the system's, so that it goes with a process that dies. Several machines on one
    database are kept apart by `take_turn` and by the one desk for open runs.
    """
    place = Path(settings.HOME)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _locked(handle):
            raise Refusal("RUN-BUSY", N_("另一个进程正在核定和拟定批次，请等它结束后再看结果"))
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Whether the lock was free; where the system has none, the database alone decides."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
