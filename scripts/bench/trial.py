"""One trial in a process of its own: `python -m scripts.bench.trial`. So its memory is its own.

What it finds is written as JSON to the file named last; the database is that of the environment.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from doudi.doors.cli.commands import set_up_django
from scripts.bench import office

ALTERNATIONS = 5


def prepare(persons: str, people: str) -> dict[str, Any]:
    """Make the office and its people."""
    return dict(office.prepare(int(persons), people))


def migrate() -> dict[str, Any]:
    """Bring a kept office up to date."""
    _open_office()
    return {}


def _open_office() -> None:
    """Open a copy of a kept office, brought up to date: the checkout may have moved on."""
    set_up_django()
    office.migrate()


def run() -> dict[str, Any]:
    """The first run and all that follows it."""
    _open_office()
    from scripts.bench import running  # noqa: PLC0415 - needs Django

    figures = running.first_run()
    return figures | running.later_steps(figures["first_seconds"])


def profile() -> dict[str, Any]:
    """Where the time of the first run goes."""
    _open_office()
    from scripts.bench import running  # noqa: PLC0415 - needs Django

    return {"profile": running.profile_of_first_run()}


def law() -> dict[str, Any]:
    """The engine beside the law by hand, turn by turn; raises ValueError where they differ."""
    _open_office()
    from doudi.access.queries import find_area  # noqa: PLC0415 - needs Django
    from doudi.entitlement.rules import rules_of  # noqa: PLC0415
    from doudi.entitlement.working import ask  # noqa: PLC0415
    from doudi.policy import determine  # noqa: PLC0415
    from scripts.bench.law import determined  # noqa: PLC0415

    area = find_area(office.AREA)
    rules = rules_of(area)
    begun = time.perf_counter()
    facts = ask(area, office.MONTH, rules, known_at=office.FIRST).facts
    read = time.perf_counter() - begun
    engine: list[float] = []
    by_hand: list[float] = []
    answers, same = determine(facts, office.MONTH, rules), determined(facts, office.MONTH, rules)
    for _ in range(ALTERNATIONS):
        begun = time.perf_counter()
        answers = determine(facts, office.MONTH, rules)
        engine.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        same = determined(facts, office.MONTH, rules)
        by_hand.append(time.perf_counter() - begun)
    differing = sum(
        int(((answers[key].state != state) | (answers[key].amount != amount)).sum())
        for key, (state, amount) in same.items()
    )
    told = {key for key, outcome in answers.outcomes.items() if outcome.state.any()}
    if differing or told - same.keys():
        raise ValueError(f"the engine and the law by hand differ in {differing} rows")
    ratios = sorted(a / b for a, b in zip(engine, by_hand, strict=True))
    return {
        "read_seconds": read,
        "persons": len(facts.household),
        "law_rows": sum(len(state) for state, _ in same.values()),
        "law_differing": differing,
        "engine_seconds": sorted(engine)[ALTERNATIONS // 2],
        "by_hand_seconds": sorted(by_hand)[ALTERNATIONS // 2],
        "engine_to_by_hand": ratios[ALTERNATIONS // 2],
    }


def take_in(rows: str) -> dict[str, Any]:
    """Import a workbook of so many rows into an office without people."""
    _open_office()
    from scripts.bench.importing import imported  # noqa: PLC0415 - needs Django

    with tempfile.TemporaryDirectory() as folder:
        return imported(int(rows), Path(folder))


STEPS = {each.__name__: each for each in (prepare, migrate, run, profile, law, take_in)}


def main(step: str, *arguments: str) -> None:
    """Do a step; its last argument is the file for what it finds."""
    found = STEPS[step](*arguments[:-1])
    Path(arguments[-1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
