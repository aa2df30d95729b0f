"""What is told of a ledger that was read: its faults by place, what would change, first rows."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from doudi.kernel.names import masked_name
from doudi.registry.ledger.check import errors, warnings
from doudi.registry.ledger.marking import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.kernel.refusals import Fault
    from doudi.registry.ledger.check import Ledger
    from doudi.registry.ledger.importing import TakenIn

MOST_FAULTS = 2_000
"""How many faults a page leafs through; the marked workbook holds all of them."""
_FIRST = 5


def told_of_faults(faults: Sequence[Fault]) -> dict[str, Any]:
    """The faults as they are shown: values in them are masked already."""
    return {
        "errors": len(errors(list(faults))),
        "warnings": len(warnings(list(faults))),
        "told": len(faults),
        "faults": [
            {
                "severity": str(fault.severity),
                "weight": gettext(SEVERITIES[fault.severity]),
                "code": fault.code,
                "sheet": fault.sheet,
                "row": fault.row,
                "column": fault.column,
                "found": fault.found,
                "sentence": fault.sentence(gettext),
            }
            for fault in faults[:MOST_FAULTS]
        ],
    }


def told_of_changes(taken: TakenIn) -> dict[str, Any]:
    """What was changed, or would be, sheet by sheet."""
    return {
        "new_households": taken.new_households,
        "new_persons": taken.new_persons,
        "awards": taken.awards,
        "changed": taken.changed,
        "sheets": [{"title": title, **asdict(sheet)} for title, sheet in taken.sheets.items()],
    }


def told_of_rows(ledger: Ledger) -> dict[str, Any]:
    """How many households and persons the file is about, and the first rows of each sheet."""
    records = [record for found in ledger.sheets.values() for record in found.records]
    return {
        "rows": ledger.rows,
        "households": len(_named(record.values.get("household") for record in records)),
        "persons": len(
            _named(
                ledger.people.canonical(str(record.values[name]))
                for record in records
                for name in ("person", "id_number")
                if record.values.get(name)
            )
        ),
        "first": [
            {
                "sheet": title,
                "row": record.row,
                "household": str(record.values.get("household") or ""),
                "name": masked_name(str(record.values.get("name") or "")),
                "since": str(record.values.get("valid_from") or ""),
                "source": str(record.values.get("source") or ""),
            }
            for title, found in ledger.sheets.items()
            for record in found.records[:_FIRST]
        ],
    }


def _named(values: Any) -> set[str]:  # noqa: ANN401 - whatever a sheet's cells are read as
    return {str(value) for value in values if value}
