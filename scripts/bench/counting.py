"""What work takes: seconds, processor time here and in the server, statements, memory."""

from __future__ import annotations

import os
import resource
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SAMPLE = 0.005
"""Seconds between two looks at where the work stands."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Taken:
    """What a piece of work took; seconds throughout."""

    wall: float = 0.0
    here: float = 0.0
    server: float = 0.0
    statements: int = 0
    longest_transaction: float = 0.0

    @property
    def cores(self) -> float:
        """Processor seconds, here and in the database's server."""
        return self.here + self.server


@contextmanager
def counted() -> Iterator[Taken]:
    """Time what happens inside, count its statements and its longest transaction."""
    taken, begun = Taken(), [0.0]

    def count(execute: Callable[..., Any], *rest: Any) -> Any:  # noqa: ANN401 - Django's wrapper
        taken.statements += 1
        return execute(*rest)

    def switched(autocommit: bool, *rest: Any, **named: Any) -> None:  # noqa: ANN401, FBT001
        switch(autocommit, *rest, **named)
        now = time.perf_counter()
        if autocommit and begun[0]:
            taken.longest_transaction = max(taken.longest_transaction, now - begun[0])
        begun[0] = 0.0 if autocommit else now

    connection.ensure_connection()
    switch: Callable[..., None] = connection.set_autocommit
    copies = _counted_copies(taken)
    connection.set_autocommit = switched  # type: ignore[method-assign]
    server = _server_seconds()
    wall, here = time.perf_counter(), time.process_time()
    try:
        with connection.execute_wrapper(count), copies:
            yield taken
    finally:
        taken.wall = time.perf_counter() - wall
        taken.here = time.process_time() - here
        taken.server = _server_seconds() - server
        connection.set_autocommit = switch  # type: ignore[method-assign]


@contextmanager
def _counted_copies(taken: Taken) -> Iterator[None]:
    """Count COPY too, which does not pass Django."""
    if connection.vendor != "postgresql":
        yield
        return
    import psycopg  # noqa: PLC0415 - only where that is the database

    plain = psycopg.Cursor.copy

    def copy(cursor: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - the library's signature
        taken.statements += 1
        return plain(cursor, *rest, **named)

    psycopg.Cursor.copy = copy  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        psycopg.Cursor.copy = plain  # type: ignore[method-assign]


def _server_seconds() -> float:
    """Processor seconds of the server's process behind this connection; 0 on SQLite."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_megabytes() -> float:
    """The most memory that this process has held so far, its programs included."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024 / 1024


@dataclass(slots=True)
class Profile:
    """Where the work stood, look by look: the innermost function of ours, by room."""

    looks: Counter[str] = field(default_factory=Counter)

    def shares(self, most: int) -> list[tuple[str, float]]:
        """The functions met most often, each with its share of all looks."""
        total = sum(self.looks.values()) or 1
        return [(name, count / total) for name, count in self.looks.most_common(most)]


@contextmanager
def profiled() -> Iterator[Profile]:
    """Look every few milliseconds where the work stands.

    Time in the database or in NumPy counts for the function of ours that called it.
    """
    profile, over, thread = Profile(), threading.Event(), threading.get_ident()

    def look() -> None:
        while not over.wait(_SAMPLE):
            frame = sys._current_frames().get(thread)  # noqa: SLF001 - there is no other way
            while frame is not None and "/doudi/" not in frame.f_code.co_filename:
                frame = frame.f_back
            if frame is not None:
                module = frame.f_code.co_filename.rpartition("/doudi/")[2].removesuffix(".py")
                name = frame.f_code.co_qualname if sys.version_info >= (3, 11) else ""
                profile.looks[f"{module.replace('/', '.')}:{name}"] += 1

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield profile
    finally:
        over.set()
        watcher.join()
