"""The check (核对) of a whole file: every sheet, every row, one against another.

It needs nothing of the registry; what contradicts the registry is found while importing, in the
transaction that is given up if anything is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.registry.ledger.cross_checks import (
    People,
    check_doubles,
    check_programmes,
    people_of,
)
from doudi.registry.ledger.parsing import Desk
from doudi.registry.ledger.records import SheetRecords, read_records
from doudi.registry.ledger.row_checks import check_rows
from doudi.registry.ledger.sheets import AWARDS, OURS_TO_SKIP, PERSONS, SHEETS, sheet_titled

if TYPE_CHECKING:
    from datetime import date

    from doudi.registry.ledger.reading import Reading

_WEIGHT = {
    severity: weight
    for weight, severity in enumerate(
        (Severity.FILE, Severity.ERROR, Severity.WARNING, Severity.NOTICE)
    )
}
_PLACE = {sheet.title: place for place, sheet in enumerate(SHEETS)}


@dataclass(slots=True)
class Ledger:
    """A file as checked: its records by the title of their sheet, its people, its faults."""

    sheets: dict[str, SheetRecords] = field(default_factory=dict)
    people: People = field(default_factory=People)
    of_file: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """Everything found: of the file, then sheet by sheet; the gravest first."""
        found = [*self.of_file]
        for sheet in self.sheets.values():
            found += sheet.faults
        return in_order(found)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(len(sheet.records) for sheet in self.sheets.values())


def check_ledger(reading: Reading, on: date) -> Ledger:
    """Read every known sheet of a file into records and find what is wrong with them.

    Raises Refusal F-SHEET where no sheet is one of the ledger's, F-SIZE where no row is filled
    in; all else is told by the faults of the answer.
    """
    ledger = Ledger(of_file=list(reading.faults))
    desk = Desk(on)
    for read in reading.sheets:
        sheet = sheet_titled(read.name)
        if sheet is not None and sheet.title not in ledger.sheets:
            ledger.sheets[sheet.title] = read_records(read, sheet, desk)
        elif read.name.strip() not in OURS_TO_SKIP and read.rows:
            ledger.of_file.append(_unknown_sheet(read.name))
    _refuse_nothing(ledger, [read.name for read in reading.sheets])
    for found in ledger.sheets.values():
        check_rows(found, on)
    ledger.people = people_of(ledger.sheets.get(PERSONS.title))
    for found in ledger.sheets.values():
        check_doubles(found, ledger.people)
    if AWARDS.title in ledger.sheets:
        check_programmes(ledger.sheets[AWARDS.title], ledger.people)
    return ledger


def in_order(faults: list[Fault]) -> list[Fault]:
    """Faults by weight, then by sheet and row."""
    return sorted(
        faults,
        key=lambda fault: (
            _WEIGHT[fault.severity],
            _PLACE.get(fault.sheet, len(_PLACE)),
            fault.row,
        ),
    )


def errors(faults: list[Fault]) -> list[Fault]:
    """The faults for which nothing may be saved."""
    return [fault for fault in faults if fault.severity in (Severity.FILE, Severity.ERROR)]


def warnings(faults: list[Fault]) -> list[Fault]:
    """The faults that somebody must answer for before anything is saved."""
    return [fault for fault in faults if fault.severity is Severity.WARNING]


def _unknown_sheet(name: str) -> Fault:
    return Fault(
        Severity.NOTICE,
        "F-SHEET",
        N_("工作表“{name}”不是台账的表，没有导入"),
        name,
        values={"name": name},
    )


def _refuse_nothing(ledger: Ledger, names: list[str]) -> None:
    """Refuse a file in which there is nothing to import."""
    if not ledger.sheets:
        raise Refusal(
            "F-SHEET",
            N_("没有台账的工作表（有：{names}），表名应为：{titles}；CSV 用 --sheet 指明"),
            names="、".join(names)[:60] or "—",
            titles=tuple(sheet.title for sheet in SHEETS),
        )
    if not ledger.rows and not errors(ledger.faults):
        raise Refusal("F-SIZE", N_("只有表头，没有数据；请从第 2 行起填写后再导入"))
