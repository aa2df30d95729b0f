"""`doudi report`: the half-year report in three forms, and the records behind each figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.access.queries import find_area
from doudi.doors.cli.context import moment, officer_if_any
from doudi.doors.cli.handing_over import write_file
from doudi.doors.cli.language import translate
from doudi.kernel.refusals import N_, Refusal
from doudi.warehouse.drilldown import page_of
from doudi.warehouse.forms.data import records_as_json, report_as_json
from doudi.warehouse.forms.plain import records_as_text, report_as_text
from doudi.warehouse.forms.word import report_as_word
from doudi.warehouse.report import half_year, scope_of

if TYPE_CHECKING:
    from doudi.warehouse.report import Report

FORMS = ("text", "json", "docx")


@click.command(help=N_("统计期的报告，如 doudi report 2022H1 --area 六甲街道"))
@click.argument("period")
@click.option("--area", "place", required=True, help=N_("区域的名称或代码"))
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help=N_("形式"))
@click.option("--output", type=click.Path(path_type=Path), help=N_("写入文件，不显示在屏幕上"))
@click.option("--records", "key", help=N_("列出一个指标背后的记录，写指标的代码"))
@click.option("--page", type=int, default=1, help=N_("记录的第几页"))
@click.option("--json", "as_json", is_flag=True, help=N_("同 --format json"))
def report(
    *,
    period: str,
    place: str,
    form: str,
    output: Path | None,
    key: str | None,
    page: int,
    as_json: bool,
) -> None:
    """Hand over the report of a period, or a page of the records behind one of its figures."""
    form = "json" if as_json else form
    _require_fitting(form, output, key)
    area, actor, at = find_area(place), officer_if_any(), moment()
    if key is not None:
        shown = page_of(key, scope_of(period, area, actor=actor, at=at), number=page)
        content = records_as_json(shown) if form == "json" else records_as_text(shown, translate)
        _hand_over(content, output)
        return
    _hand_over(_in_form(half_year(period, area, actor=actor, at=at), form), output)


def _require_fitting(form: str, output: Path | None, key: str | None) -> None:
    """Refuse a form that can't hold what is asked for: REPORT-RECORDS, REPORT-OUTPUT."""
    if form != "docx":
        return
    if key is not None:
        raise Refusal("REPORT-RECORDS", N_("明细没有 docx 形式，请用 --format text 或 json"))
    if output is None:
        raise Refusal("REPORT-OUTPUT", N_("docx 不能显示在屏幕上，请用 --output 指定文件名"))


def _in_form(answer: Report, form: str) -> str | bytes:
    """The report in one of its forms."""
    if form == "docx":
        return report_as_word(answer)
    return report_as_json(answer) if form == "json" else report_as_text(answer, translate)


def _hand_over(content: str | bytes, output: Path | None) -> None:
    """Print it; or write the whole file or nothing, and say so on stderr."""
    if output is None:
        click.echo(content)
        return
    write_file(content if isinstance(content, bytes) else f"{content}\n".encode(), output)
