"""The report as a Word document (半年报告), in Chinese, from the shipped template.

The template is code of ours; what is filled in is data, escaped, and evaluated by a sandbox:
a name of `{{ 7*7 }}` or `<w:p>` stays the text that it is.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from doudi.warehouse.forms.amounts import shown
from doudi.warehouse.templates.build import TEMPLATE

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.kernel.months import Month
    from doudi.warehouse.catalogue import Period
    from doudi.warehouse.report import Report

_NAMED = {
    "H1": "上半年",
    "H2": "下半年",
    "": "全年",
    "Q1": "第一季度",
    "Q2": "第二季度",
    "Q3": "第三季度",
    "Q4": "第四季度",
}
_YEAR_DIGITS = 4


def report_as_word(report: Report) -> bytes:
    """The document as the bytes of a .docx file."""
    document = DocxTemplate(TEMPLATE)
    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render(_filling(report), jinja_env=sandbox)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _filling(report: Report) -> dict[str, object]:
    """Every place of the template with what goes there."""
    values = {figure.indicator.key: figure for figure in report.figures}
    scope = report.scope
    return {
        "area": scope.area.name,
        "title_span": title_span(scope.period),
        "span": _span(scope.period),
        "months": _months(scope.period),
        "until": f"{_month(scope.period.last)}底",
        "known_at": f"{_day(scope.known_at)}{scope.known_at:%H:%M}",
        "has_rural": any(values[f"dibao_rural_{what}"].value for what in ("households", "paid")),
        "f": {key: shown(f.value, f.indicator.unit) for key, f in values.items()},
        "figures": [
            {
                "title": figure.indicator.title,
                "definition": figure.indicator.definition,
                "value": shown(figure.value, figure.indicator.unit),
                "unit": figure.indicator.unit.label,
                "records": f"{figure.records:,}",
            }
            for figure in report.figures
        ],
        "remarks": [remark.sentence() for remark in report.remarks],
    }


def _day(moment: datetime) -> str:
    """2022年7月5日, without the zeros that strftime leaves or not by the system."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def title_span(period: Period) -> str:
    """2022年上半年, 2022年第一季度, 2022年6月, or 2021年11月至2022年2月."""
    if period.first.year != period.last.year:
        return _months(period)
    return f"{period.first.year}年{_span(period)}"


def _span(period: Period) -> str:
    """上半年, 第一季度, 全年, 6月, 1月至5月; across years with both years said."""
    named = _NAMED.get(period.name[_YEAR_DIGITS:])
    if named:
        return named
    if period.first == period.last:
        return f"{period.first.number}月"
    if period.first.year != period.last.year:
        return _months(period)
    return f"{period.first.number}月至{period.last.number}月"


def _months(period: Period) -> str:
    """2022年1月至6月; one month alone; both years where they differ."""
    if period.first == period.last:
        return _month(period.first)
    if period.first.year != period.last.year:
        return f"{_month(period.first)}至{_month(period.last)}"
    return f"{_month(period.first)}至{period.last.number}月"


def _month(month: Month) -> str:
    """2022年6月."""
    return f"{month.year}年{month.number}月"
