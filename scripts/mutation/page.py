"""The answers of mutation testing: kept in docs/mutation.json, and told in docs/mutation.md."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from scripts.copies import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = ROOT / "docs" / "mutation.json"
PAGE = ROOT / "docs" / "mutation.md"
HEAD = """# Mutation testing: are the tests any good?

Written by `make mutation`. So many small faults are drawn by a seed from all that could be made
in a room's code (not in its tables, pages or migrations); each is made by itself in a copy, and
the tests of the room's own folder that run its line are run. *Killed* means that a test noticed;
*unreached*, that none of those tests runs the line on that database. A sample, not a proof.

| room | database | drawn of | killed | survived | unreached | of reached | of all | covered |
|---|---|---|---|---|---|---|---|---|
"""


def keep(room: str, found: dict[str, Any]) -> None:
    """Put the answers for a room beside those of the others, and write the page."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    kept[room] = found
    text = json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1)
    KEPT.write_text(text + "\n", encoding="utf-8")
    PAGE.write_text(page(dict(sorted(kept.items()))), encoding="utf-8")


def page(kept: dict[str, Any]) -> str:
    """The page: a line a room, and then everything that nobody noticed."""
    rows = "".join(_row(room, found) for room, found in kept.items())
    alive = "".join(line for room, found in kept.items() for line in _unnoticed(room, found))
    return f"{HEAD}{rows}\n## What no test noticed\n{alive}"


def _row(room: str, found: dict[str, Any]) -> str:
    counts = Counter(answer["outcome"] for answer in found["answers"])
    drawn, unreached = sum(counts.values()), counts["unreached"]
    killed = counts["killed"] + counts["endless"]
    shares = " | ".join(f"{killed * 100 // of} %" for of in (drawn - unreached, drawn))
    return (
        f"| `{room}` | {found['database']} | {drawn} of {found['possible']}, seed {found['seed']}, "
        f"commit {found['commit'][:10]} | {killed} | {counts['survived']} | {unreached} "
        f"| {shares} | {found['covered']} % |\n"
    )


def _unnoticed(room: str, found: dict[str, Any]) -> Iterator[str]:
    yield f"\n### {room}\n\n"
    if found.get("note"):
        yield f"{found['note']}\n\n"
    for answer in found["answers"]:
        if answer["outcome"] in {"survived", "unreached"}:
            file = answer["file"].removeprefix("src/doudi/")
            before, after = (answer[name][:70].replace("`", "'") for name in ("before", "after"))
            place = f"{file}:{answer['line']}"
            yield f"* {place}, {answer['kind']}, {answer['outcome']}: `{before}` → `{after}`\n"
