"""Measure how fast a month is determined and paid, and write docs/benchmarks.md.

    make bench                                 10,000, 100,000 and 1,000,000 persons, both databases
    BENCH=quick make bench                     10,000 persons, both databases, under a minute
    make bench SIZES=100000 DATABASE=sqlite    a part of it; the rest of the page stays

Prepared offices stay in var/bench, so that the next time begins at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from scripts.bench import page, results
from scripts.bench.databases import (
    DATABASES,
    Subject,
    copied,
    prepared,
    server_of,
    the_only_bench,
    trial,
    versions,
)
from scripts.bench.office import RECIPIENTS, REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (10_000, 100_000, 1_000_000)
RECIPIENTS_AT = 100_000
"""So many of those who all receive are measured as well, unless PEOPLE asks for other sizes."""
WORKBOOK_ROWS, QUICK_ROWS = 100_000, 10_000
TRIALS = 3
MOST = 10_000_000
QUICK = os.environ.get("BENCH") == "quick"


def main() -> None:
    """Measure what the environment asks for; exit status 1 where a trial fails."""
    _refuse_unknown_words()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the server is stopped too
    try:
        with the_only_bench():
            failed = _measure_all()
    except BlockingIOError:
        sys.exit("bench: another one is under way on this checkout; wait for it")
    except KeyboardInterrupt:
        sys.exit("bench: interrupted; what was measured is kept, run it again for the rest")
    if failed:
        sys.exit(f"bench: failed: {', '.join(failed)}")


def _measure_all() -> list[str]:
    """Prepare, measure, write the page; answers the names of what failed."""
    failed = []
    with ExitStack() as open_servers:
        servers = {
            database: open_servers.enter_context(server_of(database))
            for database in _asked("DATABASE", DATABASES)
        }
        subjects = [subject for database in servers for subject in _subjects(database)]
        # Only the measuring must have the machine to itself.
        with ThreadPoolExecutor(len(servers)) as side_by_side:
            list(side_by_side.map(partial(_prepare, subjects), servers.items()))
        for subject in subjects:
            server = servers[subject.database]
            _say(f"{subject.name}:")
            try:
                results.keep(subject, _measured(subject, server), versions(server))
            except (subprocess.CalledProcessError, ValueError) as mishap:
                failed.append(subject.name)
                _say(f"  failed: {mishap}")
            page.write()
    return failed


def _prepare(subjects: list[Subject], database: tuple[str, str]) -> None:
    """Prepare all offices of one database, of (its name, its address)."""
    for subject in subjects:
        if subject.database == database[0]:
            _say(f"preparing {subject.name}")
            prepared(subject, database[1])


def _subjects(database: str) -> Iterator[Subject]:
    """What is to be measured on a database."""
    sizes = _sizes()
    people = _asked("PEOPLE", (REGISTER,) if QUICK else (REGISTER, RECIPIENTS))
    for size in sizes:
        if REGISTER in people:
            yield Subject(database, REGISTER, size)
    for size in sizes:
        if RECIPIENTS in people and (size == RECIPIENTS_AT or os.environ.get("PEOPLE")):
            yield Subject(database, RECIPIENTS, size)


def _sizes() -> list[int]:
    """How many persons each, in rising order."""
    return sorted(int(each) for each in _asked("SIZES", map(str, SIZES[:1] if QUICK else SIZES)))


def _refuse_unknown_words() -> None:
    """Leave with a sentence where the environment asks for what there is not."""
    known = {"DATABASE": DATABASES, "PEOPLE": (REGISTER, RECIPIENTS)}
    for name, words in known.items():
        for word in _asked(name, words):
            if word not in words:
                sys.exit(f"bench: {name}={word} is none of {', '.join(words)}")
    for word in _asked("SIZES", ()):
        if not word.isdecimal() or not 0 < int(word) <= MOST:
            sys.exit(f"bench: SIZES={word} is no number of persons from 1 to {MOST:,}")


def _asked(name: str, usual: Any) -> list[str]:  # noqa: ANN401 - words
    """The words of a variable of the environment, or the usual ones."""
    return os.environ.get(name, "").replace(",", " ").split() or list(usual)


def _measured(subject: Subject, server: str) -> dict[str, Any]:
    """All figures of a subject: medians of several trials, each on a fresh copy."""
    counts = prepared(subject, server)
    trials = []
    for number in range(TRIALS):
        with copied(subject, server) as name:
            found = trial(subject, name, server, "run")
        trials.append(found)
        _say(f"  trial {number + 1}: first run {found['first_seconds']:.2f} s,"
             f" {found['first_to_bare']:.1f} times the bare write")  # fmt: skip
    figures = results.medians(trials) | {"trials": TRIALS, **counts}
    with copied(subject, server) as name:
        figures |= results.medians([trial(subject, name, server, "law")])
        figures |= trial(subject, name, server, "profile")
    if subject.people == REGISTER and subject.persons == SIZES[0]:
        figures |= _import(subject, server)
    return figures


def _import(subject: Subject, server: str) -> dict[str, Any]:
    """The import of a workbook into an office without people."""
    empty = Subject(subject.database, REGISTER, 0)
    prepared(empty, server)
    rows = QUICK_ROWS if QUICK else WORKBOOK_ROWS
    with copied(empty, server) as name:
        found = trial(empty, name, server, "take_in", str(rows))
    _say(f"  a workbook of {rows:,} rows: {found['import_seconds']:.1f} s")
    return results.medians([found])


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
