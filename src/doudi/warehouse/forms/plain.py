"""A report, or the records behind a figure, as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.money import yuan_grouped
from doudi.kernel.refusals import N_, Translate, untranslated
from doudi.kernel.vocabulary import Programme
from doudi.warehouse.forms.amounts import shown
from doudi.warehouse.forms.columns import Side, aligned, width

if TYPE_CHECKING:
    from doudi.warehouse.catalogue import Record, Unit
    from doudi.warehouse.drilldown import Page
    from doudi.warehouse.report import Report

_FIGURE_HEADS = (N_("指标"), N_("数值"), N_("单位"), N_("记录数"), N_("代码"))
_FIGURE_SIDES: tuple[Side, ...] = ("left", "right", "left", "right", "left")
_RECORD_HEADS = (
    N_("编号"),
    N_("姓名或名称"),
    N_("项目"),
    N_("月份"),
    N_("金额（元）"),
    N_("批次"),
    N_("应发编号"),
    N_("计入"),
)
_RECORD_SIDES: tuple[Side, ...] = (
    "left", "left", "left", "left", "right", "left", "right", "right",
)  # fmt: skip


def report_as_text(report: Report, translate: Translate = untranslated) -> str:
    """The figures as a table, then what each of them means, then the remarks."""
    scope = report.scope
    heading = translate(N_("{area}社会救助统计 {period}（{first} 至 {last}）")).format(
        area=scope.area,
        period=scope.period.name,
        first=scope.period.first,
        last=scope.period.last,
    )
    known = translate(N_("数据截至 {moment}")).format(moment=f"{scope.known_at:%Y-%m-%d %H:%M}")
    titles = [translate(figure.indicator.title) for figure in report.figures]
    lines = [heading, known, "", *_figures(report, titles, translate)]
    lines += ["", translate(N_("指标口径"))]
    lines += [
        f"  {line}"
        for line in aligned(
            [
                (title, translate(figure.indicator.definition))
                for title, figure in zip(titles, report.figures, strict=True)
            ],
            ("left", "left"),
        )
    ]
    lines += ["", translate(N_("说明"))]
    lines += [f"  {remark.sentence(translate)}" for remark in report.remarks]
    return "\n".join(lines)


def records_as_text(page: Page, translate: Translate = untranslated) -> str:
    """The records of one page as a table, above the figure that all of them add up to."""
    indicator = page.figure.indicator
    heads = [translate(head) for head in _RECORD_HEADS]
    rows = [_record(record, indicator.unit, translate) for record in page.records]
    table = _without_empty_columns(heads, rows)
    summary = translate(
        N_("第 {page} 页，共 {pages} 页；本页计入 {here}；全部 {records} 条合计 {value} {unit}")
    ).format(
        page=page.number,
        pages=page.pages,
        here=shown(page.subtotal, indicator.unit),
        records=page.figure.records,
        value=shown(page.figure.value, indicator.unit),
        unit=translate(indicator.unit.label),
    )
    heading = f"{translate(indicator.title)}  {indicator.key}"
    return "\n".join([heading, translate(indicator.definition), "", *table, "", summary])


def _figures(report: Report, titles: list[str], translate: Translate) -> list[str]:
    """The table of figures under a rule."""
    rows = [[translate(head) for head in _FIGURE_HEADS]]
    for title, figure in zip(titles, report.figures, strict=True):
        unit = figure.indicator.unit
        value = shown(figure.value, unit)
        key = figure.indicator.key
        rows.append([title, value, translate(unit.label), f"{figure.records:,}", key])
    return _ruled(aligned(rows, _FIGURE_SIDES))


def _record(record: Record, unit: Unit, translate: Translate) -> list[str]:
    """The cells of a record, in the order of the heads."""
    return [
        record.place,
        record.name,
        translate(Programme(record.programme).label) if record.programme else "",
        record.month,
        "" if record.amount_fen is None else yuan_grouped(record.amount_fen),
        record.run,
        "" if record.due is None else str(record.due),
        shown(record.counts, unit),
    ]


def _without_empty_columns(heads: list[str], rows: list[list[str]]) -> list[str]:
    """The table without the columns that no record fills: a community has no month."""
    kept = [i for i in range(len(heads)) if not rows or any(row[i] for row in rows)]
    cells = [[row[i] for i in kept] for row in [heads, *rows]]
    return _ruled(aligned(cells, [_RECORD_SIDES[i] for i in kept]))


def _ruled(lines: list[str]) -> list[str]:
    """A line under the heads, as long as the longest row."""
    return [lines[0], "-" * max(map(width, lines)), *lines[1:]]
