"""The file as it came, with its faults marked in place (标注) and listed: the way to mend it.

The copy holds the visible sheets, cell for cell. It can be mended and imported itself: the list
of faults is passed over when it is read.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from doudi.kernel.refusals import N_, Fault, Severity, untranslated
from doudi.kernel.spreadsheets import PlainBook
from doudi.registry.ledger.columns import AS_TEXT
from doudi.registry.ledger.reading import Cell, CellKind, Reading, Sheet
from doudi.registry.ledger.reading.cells import EMPTY
from doudi.registry.ledger.records import heading_places
from doudi.registry.ledger.sheets import FAULTS_TITLE, sheet_titled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from doudi.kernel.refusals import Translate

SEVERITIES = {
    Severity.FILE: N_("文件"),
    Severity.ERROR: N_("错误"),
    Severity.WARNING: N_("须确认"),
    Severity.NOTICE: N_("提示"),
}
"""What a clerk reads for the weight of a fault."""

_COLOURS = {
    Severity.FILE: "#FFC7CE",
    Severity.ERROR: "#FFC7CE",
    Severity.WARNING: "#FFEB9C",
    Severity.NOTICE: "#DDEBF7",
}
_HEADINGS = ("程度", "代码", "工作表", "行", "列", "填写内容", "问题和改法")
_WIDTHS = (8, 12, 12, 8, 16, 24, 70)
_MOST_NOTES = 20_000
"""A spreadsheet gets slow with more notes; cells beyond are coloured and listed all the same."""
_MOST_DIGITS = 308
"""A workbook has no number of more digits."""
_NUMBER_FORMATS = {
    CellKind.TEXT: "@",
    CellKind.DATE: "yyyy-mm-dd",
    CellKind.MOMENT: "yyyy-mm-dd hh:mm",
}
Marks = dict[int, dict[int, list[Fault]]]
"""Faults by row, then by column, both counted from 0."""


def write_marked(
    path: Path,
    reading: Reading,
    faults: Sequence[Fault],
    *,
    at: datetime,
    translate: Translate = untranslated,
) -> None:
    """Write the marked copy: faulty cells coloured, a note in each, and the sheet 问题清单.

    `faults` are in the order in which they are listed; values in the list are masked already.
    The file is there as a whole or not at all, and for its owner alone.
    """
    draft = path.with_name(f".{path.name}.part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _write_book(PlainBook(draft, constant_memory=True), reading, faults, at, translate)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write_book(
    book: PlainBook,
    reading: Reading,
    faults: Sequence[Fault],
    at: datetime,
    translate: Translate,
) -> None:
    """The list of faults, then the sheets."""
    book.set_properties({"title": FAULTS_TITLE, "created": at.replace(tzinfo=None)})
    looks = _Looks(book)
    _write_list(book.add_worksheet(FAULTS_TITLE), looks, faults, translate)
    by_sheet: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_sheet[fault.sheet].append(fault)
    for sheet in reading.sheets:
        if sheet.name != FAULTS_TITLE:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            _write_sheet(page, looks, sheet, by_sheet.get(sheet.name.strip(), []), translate)
    book.close()


class _Looks:
    """The formats of cells by kind and severity, made when they are first needed."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._book = book
        self._made: dict[tuple[str, Severity | None], Any] = {}
        self.heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, kind: CellKind, severity: Severity | None = None) -> Any:  # noqa: ANN401
        """The format of a cell."""
        number_format = _NUMBER_FORMATS.get(kind, "General")
        if (number_format, severity) not in self._made:
            properties: dict[str, object] = {"num_format": number_format}
            if severity is not None:
                properties["bg_color"] = _COLOURS[severity]
            self._made[number_format, severity] = self._book.add_format(properties)
        return self._made[number_format, severity]


def _write_list(
    page: Any,  # noqa: ANN401
    looks: _Looks,
    faults: Sequence[Fault],
    translate: Translate,
) -> None:
    """The sheet 问题清单: every fault with its place, what was found, and how to mend it."""
    page.freeze_panes(1, 0)
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)
    for place, heading in enumerate(_HEADINGS):
        page.write_string(0, place, heading, looks.heading)
    for number, fault in enumerate(faults, start=1):
        texts = (
            translate(SEVERITIES[fault.severity]),
            fault.code,
            fault.sheet,
            str(fault.row or ""),
            fault.column,
            fault.found,
            fault.sentence(translate),
        )
        page.write_string(number, 0, texts[0], looks.of(CellKind.TEXT, fault.severity))
        for place, text in enumerate(texts[1:], start=1):
            page.write_string(number, place, text, looks.wrapped)
    page.activate()


def _write_sheet(
    page: Any,  # noqa: ANN401
    looks: _Looks,
    sheet: Sheet,
    faults: Sequence[Fault],
    translate: Translate,
) -> None:
    """One sheet, cell for cell, its faulty cells marked."""
    declared = sheet_titled(sheet.name)
    places = heading_places(sheet.rows, declared) if declared else {}
    for column in declared.columns if declared else ():
        if column.kind in AS_TEXT and column.heading in places:
            place = places[column.heading]
            page.set_column(place, place, 22, looks.of(CellKind.TEXT))
    marks = _marks(faults, places)
    rows = {row.number - 1: row.cells for row in sheet.rows}
    for number in sorted(rows.keys() | marks.keys()):
        cells, marked = rows.get(number, []), marks.get(number, {})
        for place in range(max([len(cells), *(place + 1 for place in marked)])):
            cell = cells[place] if place < len(cells) else EMPTY
            _write_cell(page, looks, (number, place), cell, marked.get(place, []))
    _write_notes(page, marks, translate)


def _marks(faults: Sequence[Fault], places: Mapping[str, int]) -> Marks:
    """Faults by their cell; one without a column is marked in the first."""
    marks: Marks = defaultdict(lambda: defaultdict(list))
    for fault in faults:
        if fault.row:
            marks[fault.row - 1][places.get(fault.column, 0)].append(fault)
    return marks


def _write_cell(
    page: Any,  # noqa: ANN401
    looks: _Looks,
    spot: tuple[int, int],
    cell: Cell,
    faults: Sequence[Fault],
) -> None:
    """One cell as it was, in the colour of its gravest fault."""
    look = looks.of(cell.kind, faults[0].severity if faults else None)
    if cell.kind is CellKind.EMPTY:
        if faults:
            page.write_blank(*spot, None, look)
    elif cell.kind is CellKind.NUMBER and _has_place(Decimal(cell.text)):
        page.write_number(*spot, Decimal(cell.text), look)
    elif cell.kind is CellKind.DATE:
        page.write_datetime(*spot, date.fromisoformat(cell.text), look)
    elif cell.kind is CellKind.MOMENT:
        page.write_datetime(*spot, datetime.fromisoformat(cell.text), look)
    elif cell.kind is CellKind.BOOLEAN:
        page.write_boolean(*spot, cell.text == "1", look)
    else:
        page.write_string(*spot, cell.text, look)


def _has_place(number: Decimal) -> bool:
    """Whether a workbook has such a number; one too large for it, or none at all, stays text."""
    return number.is_finite() and number.adjusted() < _MOST_DIGITS


def _write_notes(page: Any, marks: Marks, translate: Translate) -> None:  # noqa: ANN401
    """A note with the sentence of each fault in its cell."""
    noted = ((row, place, faults) for row in marks for place, faults in marks[row].items())
    for row, place, faults in islice(noted, _MOST_NOTES):
        text = "\n".join(f"{fault.code} {fault.sentence(translate)}" for fault in faults)
        page.write_comment(row, place, text, {"author": "doudi", "x_scale": 2})
