"""The commands, each in a fork of its own: real processes that die, for the price of no start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from django.db import connections

from doudi.doors.cli.main import cli
from tests.torture.harms import Counted, DeathAfter, Harm
from tests.torture.places import SERVER, Place

KILLED = -signal.SIGKILL
FAILED = 1

Line = Sequence[str]
"""A command line of `doudi`: options, name, arguments."""
Wrong = Callable[[], object] | None
"""Makes the product of a fork a wrong one."""


@dataclass(frozen=True)
class Told:
    """What became of a command: its exit status, what it said, how long it took."""

    status: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def was_killed(self) -> bool:
        """Whether it died of SIGKILL."""
        return self.status == KILLED


@dataclass(frozen=True)
class Fork:
    """A command under way."""

    pid: int
    said: Path
    begun: float

    def wait(self) -> Told:
        """Its end."""
        _, status = os.waitpid(self.pid, 0)
        seconds = time.monotonic() - self.begun
        out, err = ((self.said / name).read_text("utf-8") for name in ("out", "err"))
        return Told(os.waitstatus_to_exitcode(status), out, err, seconds)


def begin(place: Place, *lines: Line, harm: Harm | None = None, wrong: Wrong = None) -> Fork:
    """Begin one command after another in a fork, up to the first that fails."""
    said = Path(tempfile.mkdtemp(dir=place.home.parent))
    for name in ("out", "err"):
        (said / name).touch()  # a fork may die before it has said, or opened, anything
    fork = os.fork()
    if fork == 0:
        _live(place, said, lines, harm or Harm(), wrong)
    return Fork(fork, said, time.monotonic())


def run(place: Place, *lines: Line, harm: Harm | None = None, wrong: Wrong = None) -> Told:
    """Live through commands in a fork, harmed or not."""
    fork = begin(place, *lines, harm=harm, wrong=wrong)
    if isinstance(harm, DeathAfter):
        time.sleep(harm.seconds)
        os.kill(fork.pid, signal.SIGKILL)  # a child that has ended is still there to be waited for
    return fork.wait()


def typed(place: Place, line: Line, *, dies_after: float | None = None) -> Told:
    """The command in a process of its own from its very start, killed after so many seconds."""
    environment = dict(os.environ, DOUDI_HOME=str(place.home), PYTHONUTF8="1")
    environment |= {"DOUDI_DATABASE_URL": place.url} if SERVER else {}
    begun = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "doudi", *line],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if dies_after is not None:
        time.sleep(dies_after)
        process.kill()
    out, err = process.communicate()
    return Told(process.returncode, out, err, time.monotonic() - begun)


def count(place: Place, line: Line, *, with_calls: bool, wrong: Wrong = None) -> tuple[Told, int]:
    """Run a command unharmed; how many statements it says, or calls it makes."""
    report = place.home.parent / f"{place.home.name}.count"
    told = run(place, line, harm=Counted(report, with_calls), wrong=wrong)
    return told, int(report.read_text())


def _live(place: Place, said: Path, lines: Sequence[Line], harm: Harm, wrong: Wrong) -> NoReturn:
    """The life of a fork: nothing of its parent's ever runs again."""
    status = FAILED
    try:
        for handle, name in enumerate(("out", "err"), start=1):
            os.dup2(os.open(said / name, os.O_WRONLY | os.O_CREAT), handle)
        place.move_in()
        if wrong is not None:
            wrong()
        harm.begin()
        status = _say(lines)
        harm.end()
    except BaseException:  # noqa: BLE001 - the traceback is what the test is to see
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connections.close_all()
        os._exit(status)


def _say(lines: Sequence[Line]) -> int:
    """The exit status of the first command that fails, else 0."""
    for line in lines:
        try:
            cli.main(list(line))
        except SystemExit as end:
            if end.code:
                return int(end.code)
    return 0
