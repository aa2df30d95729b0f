"""Plants the faults one at a time: `python -m scripts.mutants`, or with `--full` on every test.

Each is planted in a throw-away copy of what is committed; then the tests run that should notice,
and must fail. `--only WORD` tries those alone whose kind or words hold the word.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from scripts import copies
from scripts.mutants.faults import FAULTS, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KINDS = 12
"""So many kinds of faults there must be."""
SHOWN = 6
"""So many tests that noticed are named; of more, the number."""


def main() -> int:
    """Plant and tell; exit status 1 when a fault goes unnoticed, or could not be planted."""
    asked = _arguments()
    say = sys.stdout.write
    if copies.is_changed("src", "tests"):
        say("only what is committed is tried; your changes since are left out\n")
    if len({fault.kind for fault in FAULTS}) != KINDS:
        say(f"there must be {KINDS} kinds of faults\n")
        return 1
    chosen = [fault for fault in FAULTS if asked.only in f"{fault.kind} {fault.words}"]
    unnoticed = 0
    for fault in chosen:
        found = _noticing(fault, full=asked.full)
        unnoticed += not found
        say(f"\n{'noticed ' if found else 'UNNOTICED'}  {fault.kind}: {fault.words}\n")
        say("".join(f"    {name}\n" for name in found[:SHOWN]))
        if len(found) > SHOWN:
            say(f"    and {len(found) - SHOWN} more\n")
        sys.stdout.flush()
    say(f"\n{len(chosen) - unnoticed} of {len(chosen)} plants were noticed\n")
    return bool(unnoticed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--full", action="store_true", help="run the whole suite on each")
    parser.add_argument("--only", default="", help="a word of the faults to try")
    return parser.parse_args()


def _noticing(fault: Fault, *, full: bool) -> list[str]:
    """The tests that fail with a fault planted."""
    with copies.copy() as place:
        tests = ["tests"] if full else [each for each in fault.tests if (place / each).exists()]
        missing = [] if full else [each for each in fault.tests if not (place / each).exists()]
        for each in missing:
            sys.stdout.write(f"{each} is not there\n")
        fault.plant(place)
        return _failing(place, tests)


def _failing(place: Path, tests: Sequence[str]) -> list[str]:
    """The names of the tests that fail in a copy; of a file that can't be loaded, the file's."""
    report = place / "tests.xml"
    quiet = ["-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", f"--junitxml={report}"]
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *quiet, *tests],
        cwd=place,
        env=copies.environment(place),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if not report.exists():
        return ["(no test could even be started)"]
    cases = ET.parse(report).getroot().iter("testcase")  # noqa: S314 - pytest's own report
    failed = (each for each in cases if {"failure", "error"} & {part.tag for part in each})
    return [f"{each.get('classname')}::{each.get('name')}" for each in failed]


if __name__ == "__main__":
    sys.exit(main())
