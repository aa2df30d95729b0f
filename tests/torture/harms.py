"""Harms: what is done to a command while it runs, in the fork that runs it.

Deaths come at a share of what the command does unharmed: of its time, of its SQL statements, of
its calls of functions (ours, the libraries' and the system's). The last two can be repeated to
the very statement and call.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import psycopg
from django.db import connection

if TYPE_CHECKING:
    from types import FrameType


class Harm:
    """Nothing is done; every other harm says what it does as the command begins."""

    def begin(self) -> None:
        """Lie in wait."""

    def end(self) -> None:
        """The command is over, and the process still lives."""


@dataclass
class Counted(Harm):
    """Counts statements, or calls, which takes longer; the number is left in the file `report`."""

    report: Path
    with_calls: bool
    number: int = 0

    def begin(self) -> None:
        """Count from here on."""
        if self.with_calls:
            sys.setprofile(self._call)
        else:
            connection.execute_wrappers.append(self._statement)

    def end(self) -> None:
        """Tell the number."""
        sys.setprofile(None)
        self.report.write_text(str(self.number))

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        self.number += 1
        return execute(sql, params, many, context)

    def _call(self, frame: FrameType, event: str, arg: object) -> None:  # noqa: ARG002 - Python's signature
        self.number += 1


@dataclass
class DeathAtStatement(Harm):
    """The process dies before or after the SQL statement of this number."""

    number: int
    after: bool

    def begin(self) -> None:
        """Wait for the statement."""
        connection.execute_wrappers.append(self._statement)

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        self.number -= 1
        if self.number == 0 and not self.after:
            die()
        result = execute(sql, params, many, context)
        if self.number == 0:
            die()
        return result


@dataclass
class DeathAtCall(Harm):
    """The process dies as the call of this number begins or ends: in a commit, in a file's write.

    Python tells of both, each counts as one.
    """

    number: int

    def begin(self) -> None:
        """Wait for the call."""
        sys.setprofile(self._call)

    def _call(self, frame: FrameType, event: str, arg: object) -> None:  # noqa: ARG002 - Python's signature
        self.number -= 1
        if self.number == 0:
            die()


@dataclass
class DeathAfter(Harm):
    """The process is killed from outside after so many seconds; `forks` does it."""

    seconds: float


@dataclass
class FullDatabase(Harm):
    """SQLite's file may grow by so many pages, and then the disk is full."""

    pages: int

    def begin(self) -> None:
        """Set the limit on the connection that the command will use."""
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            limit = cursor.fetchone()[0] + self.pages
            cursor.execute(f"PRAGMA max_page_count = {limit}")


@dataclass
class ReadOnlyDatabase(Harm):
    """The database can be read, and not written."""

    def begin(self) -> None:
        """Tell the connection that the command will use."""
        options = {
            "sqlite": "PRAGMA query_only = ON",
            "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        }
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute(options[connection.vendor])


@dataclass
class FullDisk(Harm):
    """No file can be written to the end: the system finds no space as it is made to last."""

    def begin(self) -> None:
        """Let the system say so from here on."""
        os.fsync = _no_space


@dataclass
class LostConnection(Harm):
    """PostgreSQL ends our connection before the SQL statement of this number."""

    number: int

    def begin(self) -> None:
        """Wait for the statement."""
        connection.execute_wrappers.append(self._statement)

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        self.number -= 1
        if self.number == 0:
            ours = connection.connection.info
            with psycopg.connect(ours.dsn, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours.backend_pid])
        return execute(sql, params, many, context)


def die() -> NoReturn:
    """End this process as a failing machine would: at once, nothing closed, nothing flushed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def _no_space(_handle: int) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
