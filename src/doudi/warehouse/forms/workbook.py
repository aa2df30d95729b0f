"""The report as a workbook (Excel): figures beside those of a year before, and the remarks."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.refusals import N_, Translate, untranslated
from doudi.kernel.spreadsheets import PlainBook
from doudi.warehouse.catalogue import Unit

if TYPE_CHECKING:
    from doudi.warehouse.report import Figure, Report

_HEADS = (
    N_("指标"),
    N_("数值"),
    N_("上年同期"),
    N_("单位"),
    N_("记录数"),
    N_("口径"),
    N_("代码"),
)
_WIDTHS = (28, 16, 16, 8, 10, 80, 34)


def report_as_workbook(
    report: Report, before: Report | None, translate: Translate = untranslated
) -> bytes:
    """The bytes of an .xlsx file; without `before` its column stays empty."""
    file = BytesIO()
    with PlainBook(file, constant_memory=True, in_memory=True) as book:
        sheet = book.add_worksheet(translate(N_("指标")))
        money = book.add_format({"num_format": "#,##0.00"})
        count = book.add_format({"num_format": "#,##0"})
        bold = book.add_format({"bold": True})
        for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, translate(head), bold)
        earlier = before.figures if before else (None,) * len(report.figures)
        for row, (figure, was) in enumerate(zip(report.figures, earlier, strict=True), start=1):
            look = money if figure.indicator.unit == Unit.FEN else count
            sheet.write_string(row, 0, translate(figure.indicator.title))
            _write_figure(sheet, row, 1, figure, look)
            if was is not None:
                _write_figure(sheet, row, 2, was, look)
            sheet.write_string(row, 3, translate(figure.indicator.unit.label))
            sheet.write_number(row, 4, figure.records, count)
            sheet.write_string(row, 5, translate(figure.indicator.definition))
            sheet.write_string(row, 6, figure.indicator.key)
        said = book.add_worksheet(translate(N_("说明")))
        said.set_column(0, 0, 120)
        scope = report.scope
        head = f"{scope.area.name} {scope.period.first} – {scope.period.last}"
        said.write_string(0, 0, f"{head}  {scope.known_at:%Y-%m-%d %H:%M}", bold)
        for row, remark in enumerate(report.remarks, start=1):
            said.write_string(row, 0, remark.sentence(translate))
    return file.getvalue()


def _write_figure(sheet: Any, row: int, column: int, figure: Figure, look: Any) -> None:  # noqa: ANN401 - the library is untyped
    """A figure as a number; money in yuan."""
    if figure.indicator.unit == Unit.FEN:
        sheet.write_number(row, column, figure.value / FEN_PER_YUAN, look)
    else:
        sheet.write_number(row, column, figure.value, look)
