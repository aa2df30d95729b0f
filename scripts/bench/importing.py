"""The import of a workbook, beside the bare write of the rows that it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doudi.access.queries import officer_named
from doudi.entitlement.actions import import_awards
from doudi.registry.ledger.check import check_ledger
from doudi.registry.ledger.importing import import_ledger
from doudi.registry.ledger.reading import read_ledger
from doudi.synth.places import communities_of
from doudi.synth.population import population
from doudi.synth.rates import rates_in_force
from doudi.synth.rows import rows_of
from doudi.synth.writing import writer_for
from scripts.bench import bare
from scripts.bench.counting import counted, peak_megabytes
from scripts.bench.office import AREA, JURISDICTION, OPENING, TAKEN_IN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from doudi.registry.ledger.rows import AwardRow

_MANY = 10_000_000
_SEED = 2
"""Other people than those of the prepared office."""


def imported(rows: int, folder: Path) -> dict[str, Any]:
    """Write a workbook of about so many rows, take it in, and write the same rows bare."""
    file = folder / "ledger.xlsx"
    written = _write(rows, file)
    clerk = officer_named("shou")

    def take_awards(awards: Sequence[AwardRow]) -> int:
        return import_awards(awards, actor=clerk, at=TAKEN_IN, why="bench").new

    before = bare.marks()
    with counted() as taken:
        checked = check_ledger(read_ledger(file, ""), TAKEN_IN.date())
        import_ledger(
            checked,
            take_awards=take_awards,
            actor=clerk,
            at=TAKEN_IN,
            why="bench",
            accepted="bench",
        )
    peak = peak_megabytes()
    tables = bare.written_since(before)
    yardstick = sum(bare.seconds_to_write(tables, before).values())
    return {
        "import_rows": written,
        "import_seconds": taken.wall,
        "import_rows_a_second": written / taken.wall,
        "import_to_bare": taken.wall / yardstick,
        "import_statements": taken.statements,
        "import_peak_megabytes": peak,
    }


def _write(rows: int, file: Path) -> int:
    """A workbook of the households whose rows come to so many together."""
    writer = writer_for(file, OPENING)
    written = 0
    rates = rates_in_force(JURISDICTION, OPENING)
    for household in population(_MANY, _SEED, communities_of(AREA), rates, OPENING):
        found = list(rows_of(household))
        if written + len(found) > rows:
            break
        writer.write(found)
        written += len(found)
    writer.close()
    return written
