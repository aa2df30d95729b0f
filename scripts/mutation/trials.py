"""Trials: the tests of a changed line, run in a child that starts warm.

Everything of others' is loaded once; each child is a fork that has only the house itself left to
load, with the change in it. So tables, triggers and whatever else is made while a module loads
are changed too, not only what is called later.
"""

from __future__ import annotations

import compileall
import importlib
import json
import os
import py_compile
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.copies import ROOT
from scripts.mutation.names import PLACE, RECORD, ROOM

if TYPE_CHECKING:
    from pathlib import Path

WARM = (
    "pytest",
    "_pytest.assertion.rewrite",
    "django.db.models",
    "django.test.client",
    "django.contrib.auth.hashers",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.template.loader",
    "numpy",
    "openfisca_core.taxbenefitsystems",
    "openfisca_core.simulation_builder",
    "hypothesis",
    "hypothesis.stateful",
    "psycopg",
    "click",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "docxtpl",
    "yaml",
    "cryptography.hazmat.primitives.ciphers.aead",
    "stdnum",
    "chinese_calendar",
    "babel",
)
"""What the house is built on and takes long to load."""

QUIET = ["-x", "-q", "--no-header", "--tb=no", "--hypothesis-seed=0"]
ALONE = ["-p", "no:cacheprovider", "-p", "no:xdist"]


@dataclass(frozen=True, slots=True)
class Record:
    """Which tests ran which line, how long each took, and what share of the room was run."""

    lines: Mapping[str, Mapping[str, Sequence[str]]]
    seconds: Mapping[str, float]
    covered: float

    def tests_of(self, file: str, around: tuple[int, int]) -> list[str]:
        """The tests that ran one of these lines, the quickest first.

        A line that ran as its module was loaded is run by every test.
        """
        lines = self.lines.get(file, {})
        first, last = around
        ran = {test for line in range(first, last + 1) for test in lines.get(str(line), ())}
        names = set(self.seconds) if "" in ran else ran & set(self.seconds)
        return sorted(names, key=lambda name: (self.seconds[name], name))


def recorded(place: Path, room: str, folders: Sequence[str], environ: Mapping[str, str]) -> Record:
    """Run the tests of these folders once, unharmed; raises RuntimeError when one fails."""
    compileall.compile_dir(
        place / "src", quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH
    )
    file = place / "record.json"
    asked = {PLACE: str(place), ROOM: room, RECORD: str(file)}
    asked["PYTHONPATH"] = os.pathsep.join((environ["PYTHONPATH"], str(ROOT)))
    command = [sys.executable, "-m", "pytest", "-p", "scripts.mutation.recording", *QUIET, *ALONE]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, *folders], cwd=place, env={**environ, **asked}, check=False
    )
    if done.returncode:
        raise RuntimeError("the tests fail before anything is changed")
    return Record(**json.loads(file.read_text(encoding="utf-8")))


def warm() -> None:
    """Load what every child needs; what is not there is left to the child."""
    for name in WARM:
        with suppress(ImportError):
            importlib.import_module(name)


def notices(
    place: Path, tests: Sequence[str], environ: Mapping[str, str], *, seconds: float
) -> str:
    """What becomes of the tests in the copy as it is now: `killed`, `survived` or `endless`."""
    child = os.fork()
    if child == 0:
        _run(place, tests, environ)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "survived" if status == 0 else "killed"
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "endless"


def _run(place: Path, tests: Sequence[str], environ: Mapping[str, str]) -> None:
    """The child: its own process group, the copy's environment, the tests, and out."""
    os.setsid()
    log = os.open(place / "trial.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    status = 3
    try:
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(place)
        sys.dont_write_bytecode = True
        sys.path[:0] = [str(place / "src"), str(place)]
        for name in [each for each in sys.modules if each.split(".")[0] in {"scripts", "tests"}]:
            del sys.modules[name]
        status = int(importlib.import_module("pytest").main([*QUIET, *ALONE, *tests]))
    finally:
        os._exit(status)
