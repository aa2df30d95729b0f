"""Reads one file in a process of its own, and tells the outcome and the most memory in use.

Run as `python -m tests.hostile.measured READER PATH`; prints the code of the refusal or F-READ,
then the peak of its own memory and of its child's, in MB.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from doudi.kernel.refusals import Refusal

ROOT = Path(__file__).parents[2]
UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024
"""What one megabyte is in the system's own count of memory."""


class Measured(NamedTuple):
    """How reading a file went: its code, seconds by the wall, and megabytes."""

    code: str
    seconds: float
    own: int
    child: int


def measured(reader: str, path: Path) -> Measured:
    """Read a file in a fresh process."""
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-m", "tests.hostile.measured", reader, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    seconds = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    code, own, child = done.stdout.split()
    return Measured(code, seconds, int(own), int(child))


def _read(reader: str, path: Path) -> None:
    """Read as a door does; nothing is imported that the reader does not need."""
    if reader == "ledger":
        from doudi.registry.ledger.reading import read_ledger  # noqa: PLC0415

        read_ledger(path, "户")
    elif reader == "return":
        from doudi.payments.return_file import MAX_BYTES, read  # noqa: PLC0415

        with path.open("rb") as file:
            read(file.read(MAX_BYTES + 1))
    elif reader == "case":
        from doudi.policy.cases import read_cases  # noqa: PLC0415

        read_cases(path)
    elif reader == "reform":
        from doudi.policy.reform_files import read_reform  # noqa: PLC0415
        from doudi.policy.rules import load_rules  # noqa: PLC0415

        read_reform(path, load_rules("530111"))
    else:
        from doudi.policy.rules import load_rules  # noqa: PLC0415

        load_rules(path.name, None, (path.parent,))


def main() -> None:
    """Read, and print what became of it."""
    try:
        _read(sys.argv[1], Path(sys.argv[2]))
        code = "F-READ"
    except Refusal as refusal:
        code = refusal.code
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // UNIT
    print(code, _own_peak(), child)  # noqa: T201 - the one who measures reads it


def _own_peak() -> int:
    """The most memory of this process in MB; Linux's own count begins with its parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // UNIT
    found = re.search(r"VmHWM:\s+([0-9]+) kB", status.read_text("ascii"))
    assert found is not None
    return int(found[1]) // 1024


if __name__ == "__main__":
    main()
