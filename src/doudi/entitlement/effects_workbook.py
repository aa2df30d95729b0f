"""A simulation as an Excel workbook (试算工作簿). Pure; the same simulation makes the same bytes.

What users wrote is written as text and nothing else, so that no name is ever taken for a formula.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from doudi.entitlement.effects_tables import detail_table, tables
from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.refusals import N_
from doudi.kernel.spreadsheets import PlainBook

if TYPE_CHECKING:
    from doudi.entitlement.effects import Simulated
    from doudi.entitlement.effects_tables import Cell, Kind, Table
    from doudi.kernel.refusals import Translate

_AMOUNT, _COUNT = "#,##0.00", "#,##0"
_WIDE, _NARROW = 28, 14
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\：，、", " "))


def workbook(simulated: Simulated, translate: Translate, language: str) -> bytes:
    """The whole workbook: what was tried, then a sheet for each table, then the details."""
    buffer = BytesIO()
    book = PlainBook(buffer, in_memory=True)
    # The moment in a workbook's properties would otherwise be the clock's.
    book.set_properties({"created": simulated.known_at.replace(tzinfo=None, microsecond=0)})
    formats = {
        "bold": book.add_format({"bold": True}),
        "text": book.add_format(),
        "count": book.add_format({"num_format": _COUNT}),
        "fen": book.add_format({"num_format": _AMOUNT}),
    }
    _about(book, simulated, translate, formats)
    for number, table in enumerate(
        [*tables(simulated, translate, language), detail_table(simulated, translate)], start=1
    ):
        _fill(book.add_worksheet(_sheet_name(number, table)), table, formats)
    book.close()
    return buffer.getvalue()


def _about(book: Any, simulated: Simulated, translate: Translate, formats: dict[str, Any]) -> None:  # noqa: ANN401 - the library is untyped
    """The first sheet: the reform, where, when, as known at which moment."""
    sheet = book.add_worksheet(translate(N_("说明")))
    sheet.set_column(0, 0, _NARROW)
    sheet.set_column(1, 1, 3 * _WIDE)
    areas = translate(N_("、")).join(simulated.areas)
    for row, (head, text) in enumerate(
        [
            (N_("改革方案"), simulated.reform.name),
            (N_("理由"), simulated.reform.reason),
            (N_("区域"), areas),
            (N_("月份"), f"{simulated.first}–{simulated.last}"),
            (N_("按何时所知"), f"{simulated.known_at:%Y-%m-%d %H:%M}"),
            (N_("性质"), translate(N_("只是试算：没有写入任何记录，应发和发放都不变"))),
        ]
    ):
        sheet.write_string(row, 0, translate(head), formats["bold"])
        sheet.write_string(row, 1, text)


def _fill(sheet: Any, table: Table, formats: dict[str, Any]) -> None:  # noqa: ANN401 - the library is untyped
    """Title, heads, rows, and the note below."""
    sheet.write_string(0, 0, table.title, formats["bold"])
    for column, (head, kind) in enumerate(zip(table.heads, table.kinds, strict=True)):
        sheet.set_column(column, column, _WIDE if kind == "text" else _NARROW)
        sheet.write_string(1, column, head, formats["bold"])
    for row, cells in enumerate(table.rows, start=2):
        for column, (cell, kind) in enumerate(zip(cells, table.kinds, strict=True)):
            _write(sheet, row, column, cell, kind, formats)
    if table.note:
        sheet.write_string(len(table.rows) + 2, 0, table.note)
    sheet.freeze_panes(2, 1)


def _write(
    sheet: Any,  # noqa: ANN401 - the library is untyped
    row: int,
    column: int,
    cell: Cell,
    kind: Kind,
    formats: dict[str, Any],
) -> None:
    """A cell as what its column holds."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        number = Decimal(cell) / FEN_PER_YUAN if kind == "fen" else cell
        sheet.write_number(row, column, number, formats[kind])


def _sheet_name(number: int, table: Table) -> str:
    """A name that Excel takes: short, without its forbidden signs, and no other sheet's."""
    plain = table.title.translate(_NOT_IN_SHEET_NAMES)
    return f"{number} {plain}"[:_LONGEST_SHEET_NAME].strip()
