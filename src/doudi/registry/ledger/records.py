"""Rows become records (记录): columns are found by their headings, cells by their column's kind.

Everything that can be said of a cell or a heading by itself is said here; what one row says of
another is for `check`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from doudi.kernel.bank_accounts import masked_account
from doudi.kernel.id_numbers import masked_id_number
from doudi.kernel.names import masked_name
from doudi.kernel.phones import masked_phone
from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.registry.ledger.columns import Column, ColumnKind, LedgerSheet
from doudi.registry.ledger.parsing import Desk, read_cell
from doudi.registry.ledger.reading import Cell, CellKind, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HEADING_WITHIN = 5
"""A heading may stand below a title: it is looked for in so many rows."""
_LONG_NUMBER = re.compile(r"[0-9０-９]{9,}[0-9０-９Xx]{2,}")
_MASKS: dict[ColumnKind, Callable[[str], str]] = {
    ColumnKind.NAME: masked_name,
    ColumnKind.ACCOUNT: masked_account,
    ColumnKind.PHONE: masked_phone,
}
_SHOWN = 40
_PLACES = (ColumnKind.AREA, ColumnKind.AREA_CODE)
_CODE_LENGTH = 12
"""A place's code is as long as a phone number, and nobody's secret."""


@dataclass(slots=True)
class Record:
    """One row of a sheet, read: values by field; not whole where a cell could not be read."""

    row: int
    values: dict[str, object]
    is_whole: bool = True


@dataclass(slots=True)
class SheetRecords:
    """The records of one sheet and the faults that were found while reading them."""

    sheet: LedgerSheet
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_records(read: Sheet, sheet: LedgerSheet, desk: Desk) -> SheetRecords:
    """Every row of a sheet below its heading, as records; nothing is left out silently."""
    found = SheetRecords(sheet, faults=list(read.faults))
    if not read.rows:
        return found
    place = _heading_place(read.rows, sheet)
    columns, faults = _match(read.rows[place], sheet)
    found.faults.extend(faults)
    if any(fault.severity is Severity.ERROR for fault in faults):
        return found
    absent = {column.field: column.blank for column in sheet.columns}
    for row in read.rows[place + 1 :]:
        if any(cell.kind is not CellKind.EMPTY and cell.text.strip() for cell in row.cells):
            record = Record(row.number, dict(absent))
            _read_row(row, columns, record, found, desk)
            found.records.append(record)
    return found


def shown(text: str, column: Column) -> str:
    """What a fault may show of a cell: masked where it is personal, short in any case."""
    if column.kind in _PLACES and len(text) <= _CODE_LENGTH:
        return text
    mask = _MASKS.get(column.kind)
    return mask(text) if mask else veiled(text)[:_SHOWN]


def veiled(text: str) -> str:
    """A text with every long number in it masked: it may be somebody's in the wrong column."""
    return _LONG_NUMBER.sub(lambda match: masked_id_number(match[0]), text)


def shown_value(value: object, column: Column) -> object:
    """A value of a message, veiled where it is text that may be personal."""
    if not isinstance(value, str):
        return value
    return value if column.kind in _PLACES and len(value) <= _CODE_LENGTH else veiled(value)


def fault_of(
    refused: Refusal | Fault, sheet: LedgerSheet, row: int, column: Column, found: str
) -> Fault:
    """A refusal or a remark of a parser, with its place and what was found there."""
    severity = refused.severity if isinstance(refused, Fault) else Severity.ERROR
    values = {name: shown_value(value, column) for name, value in refused.values.items()}
    return Fault(
        severity,
        refused.code,
        refused.message,
        sheet.title,
        row,
        column.heading,
        shown(found, column),
        values,
    )


def _read_row(
    row: Row,
    columns: Sequence[tuple[int, Column]],
    record: Record,
    found: SheetRecords,
    desk: Desk,
) -> None:
    """Read the cells of one row into a record, and leave the faults."""
    cells = row.cells
    for place, column in columns:
        cell = cells[place] if place < len(cells) else None
        if cell is None or cell.kind is CellKind.EMPTY or not cell.text.strip():
            if column.is_required:
                record.is_whole = False
                found.faults.append(_missing(found.sheet, row.number, column))
            continue
        try:
            record.values[column.field] = read_cell(cell, column, desk)
        except Refusal as refusal:
            record.is_whole = False
            found.faults.append(fault_of(refusal, found.sheet, row.number, column, cell.text))
        if desk.remarks:
            found.faults.extend(
                fault_of(remark, found.sheet, row.number, column, cell.text)
                for remark in desk.remarks
            )
            desk.remarks.clear()


def _missing(sheet: LedgerSheet, row: int, column: Column) -> Fault:
    code = "NAME-EMPTY" if column.kind is ColumnKind.NAME else "EMPTY"
    return Fault(
        Severity.ERROR,
        code,
        N_("必须填写{heading}"),
        sheet.title,
        row,
        column.heading,
        values={"heading": column.heading},
    )


def _heading_place(rows: list[Row], sheet: LedgerSheet) -> int:
    """Which of the first rows is the heading: the one that holds most of the sheet's headings."""
    known = {column.heading for column in sheet.columns}
    hits = [sum(_plain(cell) in known for cell in row.cells) for row in rows[:_HEADING_WITHIN]]
    return max(range(len(hits)), key=lambda place: (hits[place], -place))


def _plain(cell: Cell) -> str:
    """A heading without widths, blanks and the stars that mark what is required."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", cell.text))


def heading_places(rows: list[Row], sheet: LedgerSheet) -> dict[str, int]:
    """The place of every heading of a sheet that holds anything; the first of two counts."""
    names = [_plain(cell) for cell in rows[_heading_place(rows, sheet)].cells] if rows else []
    return {name: place for place, name in reversed(list(enumerate(names)))}


def _match(heading: Row, sheet: LedgerSheet) -> tuple[list[tuple[int, Column]], list[Fault]]:
    """The place of every column by its heading, and what is wrong with the headings."""
    names = [_plain(cell) for cell in heading.cells]
    places = heading_places([heading], sheet)
    columns = [
        (places[column.heading], column) for column in sheet.columns if column.heading in places
    ]
    return columns, list(_heading_faults(heading.number, names, columns, sheet))


def _heading_faults(
    row: int, names: list[str], columns: list[tuple[int, Column]], sheet: LedgerSheet
) -> Iterator[Fault]:
    known = {column.heading for column in sheet.columns}
    seen = {column.heading for _, column in columns}
    for column in sheet.columns:
        if column.heading not in seen and column.is_required:
            yield _of_heading(sheet, row, column.heading, Severity.ERROR, N_("缺少列：{heading}"))
        elif column.heading not in seen:
            yield _of_heading(
                sheet,
                row,
                column.heading,
                Severity.NOTICE,
                N_("没有列“{heading}”，按空白处理"),
            )
    for name, count in Counter(name for name in names if name).items():
        if name in known and count > 1:
            message = N_("列名“{heading}”出现了 {count} 次，请删去多余的列")
            yield _of_heading(sheet, row, name, Severity.ERROR, message, count=count)
        elif name not in known:
            message = N_("未识别的列“{heading}”，没有导入")
            yield _of_heading(sheet, row, veiled(name)[:_SHOWN], Severity.NOTICE, message)
    places = [place for place, _ in columns]
    if places != sorted(places):
        yield _of_heading(sheet, row, "", Severity.NOTICE, N_("列的顺序与模板不同，已按列名匹配"))


def _of_heading(
    sheet: LedgerSheet, row: int, heading: str, severity: Severity, message: str, **values: object
) -> Fault:
    return Fault(
        severity,
        "F-COL",
        message,
        sheet.title,
        row,
        heading,
        values={"heading": heading, **values},
    )
