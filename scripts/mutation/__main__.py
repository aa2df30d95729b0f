"""Mutation testing of one room: `python -m scripts.mutation payments --count 60 --seed 1`.

So many changes are drawn by a seed from all that could be made in the room; each is made by itself
in a throw-away copy, and the tests that run the changed line are run. What survived is tried again
on PostgreSQL, where part of the code alone has an effect. Answers go to docs/mutation.json.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from typing import TYPE_CHECKING

from scripts import copies
from scripts.mutation import page, trials
from scripts.mutation.changes import Change, changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FOLDERS = {
    "payments": ["tests/payments", "tests/warehouse/test_figures.py"],
    "entitlement": ["tests/entitlement", "tests/payments/test_runs.py"],
    "access": ["tests/access"],
}
"""The tests that are run for a room, besides the promises and the house's own."""
FOR_ALL = ["tests/promises"]

LEFT_OUT = {"migrations", "models", "management", "models.py", "apps.py", "__init__.py"}
"""Shapes of tables: what the database enforces stands in migrations, which no change of a model
touches; `make mutants` disables a constraint there."""

LONGEST = 180.0
"""Seconds after which a trial counts as one that never ends."""


def main() -> int:
    """Draw, try, and write down; exit status 1 when the tests fail unharmed."""
    asked = _arguments()
    say = sys.stdout
    if copies.is_changed("src", "tests"):
        say.write("only what is committed is tried; your changes since are left out\n")
    with copies.copy() as place:
        environ = copies.environment(place)
        if "DOUDI_DATABASE_URL" in os.environ:
            environ["DOUDI_DATABASE_URL"] = os.environ["DOUDI_DATABASE_URL"]
        folders = [each for each in FOLDERS[asked.room] + FOR_ALL if (place / each).exists()]
        say.write(f"running {' '.join(folders)} once, unharmed\n")
        record = trials.recorded(place, asked.room, folders, environ)
        possible = list(_possible(place, asked.room))
        drawn = random.Random(asked.seed).sample(possible, min(asked.count, len(possible)))  # noqa: S311 - a sample that can be drawn again
        trials.warm()
        answers = list(_tried(place, sorted(drawn, key=_by_place), record, environ))
    page.keep(
        asked.room,
        {
            "commit": copies.commit(),
            "database": "PostgreSQL" if "DOUDI_DATABASE_URL" in os.environ else "SQLite",
            "seed": asked.seed,
            "possible": len(possible),
            "covered": record.covered,
            "answers": answers,
        },
    )
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("room", choices=sorted(FOLDERS))
    parser.add_argument("--count", type=int, default=80, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="which changes are drawn")
    return parser.parse_args()


def _possible(place: Path, room: str) -> Iterator[tuple[str, Change]]:
    """Every change that could be made in a room, with its file."""
    for path in sorted((place / "src" / "doudi" / room).rglob("*.py")):
        file = path.relative_to(place).as_posix()
        if not LEFT_OUT & set(path.relative_to(place).parts):
            yield from ((file, change) for change in changes(path.read_bytes()))


def _by_place(drawn: tuple[str, Change]) -> tuple[str, int, int, str]:
    file, change = drawn
    return file, change.start, change.stop, change.text


def _tried(
    place: Path,
    drawn: Sequence[tuple[str, Change]],
    record: trials.Record,
    environ: Mapping[str, str],
) -> Iterator[dict[str, object]]:
    """Make each change, run its tests, take it back; says how far it has come."""
    began = time.monotonic()
    for number, (file, change) in enumerate(drawn, start=1):
        path = place / file
        source = path.read_bytes()
        tests = record.tests_of(file, change.around)
        outcome = "unreached"
        if tests:
            path.write_bytes(change.made_in(source))
            outcome = trials.notices(place, tests, environ, seconds=LONGEST)
            path.write_bytes(source)
        before, after = change.shown(source)
        took = time.monotonic() - began
        sys.stdout.write(
            f"{number}/{len(drawn)} {took:.0f}s {outcome} {file}:{change.line} {change.kind}\n"
        )
        if outcome in {"survived", "unreached"}:
            sys.stdout.write(f"    - {before}\n    + {after}\n")
        sys.stdout.flush()
        yield {
            "file": file,
            "line": change.line,
            "kind": change.kind,
            "before": before,
            "after": after,
            "tests": len(tests),
            "outcome": outcome,
        }


if __name__ == "__main__":
    sys.exit(main())
