"""Writes a ledger (台账) as a workbook that a clerk recognises: headings, hints, drop-down lists.

Rows stream: a sheet of a hundred thousand rows takes no more memory than a small one. Text is
always written as text, so that nothing a user typed can become a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.spreadsheets import PlainBook
from doudi.registry.ledger.columns import AS_TEXT, Column, ColumnKind, LedgerSheet
from doudi.registry.ledger.reading.cells import MAX_ROWS
from doudi.registry.ledger.sheets import GUIDE_TITLE, SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LedgerRow = dict[str, object]
"""One row to write: a value for each field of its sheet; a field left out stays empty."""

_MARGIN = 6
_GUIDE = (
    ("兜底台账模板", "每张工作表登记一类情况；用不到的表留空即可，不要改动表名和列名。"),
    ("怎样填", "从第 2 行起逐行填写，不要合并单元格；深色列名必填，浅色列名可以留空。"),
    ("日期", "写成 2022-01-01；没有结束的情况，结束日期留空。"),
    ("金额", "以元为单位，最多两位小数。"),
    ("变更", "金额、等级等变了，不要改旧行，另起一行写明新的开始日期；旧行自动截止到前一天。"),
    ("更正", "旧行登记错了，改正后重新导入：开始日期相同的，以新内容为准，旧内容仍可查到。"),
    ("导入", "全部核对无误才会保存；有问题时什么都不保存，并生成标出问题的副本。"),
)


@dataclass(frozen=True, slots=True)
class _Formats:
    """The looks of cells."""

    required: Any
    optional: Any
    text: Any
    date: Any
    money: Any


def write_template(path: Path, *, at: datetime) -> None:
    """Write the empty ledger; `at` is kept in the file as the moment when it was made."""
    write_ledger(path, {}, at=at)


def write_ledger(
    path: Path, rows: Mapping[str, Iterable[LedgerRow]], *, at: datetime
) -> dict[str, int]:
    """Write a ledger with rows by the title of their sheet; answers how many of each.

    Values are as in the registry: money in whole fen, dates as dates, words by their codes.
    The same rows and moment give the same bytes. Raises Refusal F-SIZE beyond 200,000 rows of a
    sheet.
    """
    book = PlainBook(path, constant_memory=True)
    book.set_properties({"title": "兜底台账", "created": at.replace(tzinfo=None)})
    formats = _formats(book)
    written = {}
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.title)
        _lay_out(page, sheet, formats)
        written[sheet.title] = _fill(page, sheet, formats, rows.get(sheet.title, ()))
    _write_guide(book.add_worksheet(GUIDE_TITLE), formats)
    book.close()
    return written


def _formats(book: Any) -> _Formats:  # noqa: ANN401 - XlsxWriter has no types
    heading = {"bold": True, "border": 1, "valign": "vcenter"}
    return _Formats(
        required=book.add_format({**heading, "bg_color": "#1F4E79", "font_color": "#FFFFFF"}),
        optional=book.add_format({**heading, "bg_color": "#DDEBF7"}),
        text=book.add_format({"num_format": "@"}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
        money=book.add_format({"num_format": "0.00"}),
    )


def _lay_out(page: Any, sheet: LedgerSheet, formats: _Formats) -> None:  # noqa: ANN401
    """Headings that stay in sight, formats by column, hints and drop-down lists."""
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, 2 * len(column.heading) + _MARGIN, _look(column, formats))
        page.data_validation(1, place, MAX_ROWS, place, _validation(column))
    for place, column in enumerate(sheet.columns):
        look = formats.required if column.is_required else formats.optional
        page.write_string(0, place, column.heading, look)


def _look(column: Column, formats: _Formats) -> Any:  # noqa: ANN401
    if column.kind in AS_TEXT or column.kind in (ColumnKind.TEXT, ColumnKind.NAME):
        return formats.text
    return {ColumnKind.DATE: formats.date, ColumnKind.MONEY: formats.money}.get(column.kind)


def _validation(column: Column) -> dict[str, object]:
    """What a spreadsheet shows and offers in a cell of the column."""
    hint = {"input_title": column.heading, "input_message": column.hint} if column.hint else {}
    if column.choices:
        return {"validate": "list", "source": column.labels, **hint}
    return {"validate": "any", **hint}


def _fill(page: Any, sheet: LedgerSheet, formats: _Formats, rows: Iterable[LedgerRow]) -> int:  # noqa: ANN401
    """Write the rows below the heading; answers how many there were."""
    number = 0
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise Refusal(
                "F-SIZE",
                N_("工作表“{sheet}”超过 {limit} 行，请按地区分开导出"),
                sheet=sheet.title,
                limit=MAX_ROWS,
            )
        for place, column in enumerate(sheet.columns):
            value = row.get(column.field)
            if value is not None and value != "":
                _write(page, number, place, column, value, formats)
    return number


def _write(
    page: Any,  # noqa: ANN401
    row: int,
    place: int,
    column: Column,
    value: object,
    formats: _Formats,
) -> None:
    """Write one value as its column wants it."""
    if isinstance(value, date):
        page.write_datetime(row, place, value, formats.date)
    elif column.kind is ColumnKind.MONEY and isinstance(value, int):
        page.write_number(row, place, Decimal(value).scaleb(-2), formats.money)
    elif column.choices:
        page.write_string(row, place, column.label_of(value))
    elif column.kind is ColumnKind.INTEGER and isinstance(value, int):
        page.write_number(row, place, value)
    else:
        page.write_string(row, place, str(value), formats.text)


def _write_guide(page: Any, formats: _Formats) -> None:  # noqa: ANN401
    """The sheet 说明: how to fill in the ledger, and what every column is for."""
    page.set_column(0, 1, 18)
    page.set_column(2, 2, 8)
    page.set_column(3, 3, 70)
    for number, line in enumerate(_guide_lines()):
        for place, text in enumerate(line):
            look = formats.optional if line[0] == "工作表" else None
            page.write_string(number, place, text, look)


def _guide_lines() -> Iterator[tuple[str, ...]]:
    yield from _GUIDE
    yield ("",)
    yield "工作表", "列", "必填", "填写说明"
    for sheet in SHEETS:
        yield sheet.title, "", "", sheet.about
        for column in sheet.columns:
            hint = "；".join(part for part in (column.hint, "、".join(column.labels)) if part)
            yield "", column.heading, "必填" if column.is_required else "", hint
