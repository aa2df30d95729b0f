"""Dates and months (日期、月份) as clerks and spreadsheets write them; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.ledger.parsing.plain import content
from doudi.registry.ledger.reading import Cell, CellKind

if TYPE_CHECKING:
    from doudi.registry.ledger.columns import Column
    from doudi.registry.ledger.parsing.desk import Desk

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
)
_AMBIGUOUS = re.compile(r"[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{4}|[0-9]{1,2})")
_TIME_OF_DAY = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?")
_MONTH_FORMS = (
    re.compile(r"([0-9]{4})[-./]([0-9]{1,2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月?"),
    re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})"),
)
_PLACEHOLDERS = (date(1900, 1, 1), date(1900, 1, 2), date(9999, 12, 31), date(2099, 12, 31))
_SURE_FROM = date(1900, 3, 1)
"""Up to here spreadsheets count a 29 February 1900 that never was."""
_NEVER = (1900, 2, 29)


def read_date(cell: Cell, column: Column, desk: Desk) -> date:
    """A day; refuses with DATE-FMT, DATE-AMB, DATE-1900 and DATE-DEF (a placeholder).

    Another form than 2026-03-05 is read and told (DATE-FMT), and so is a time of day (DATE-TIME).
    """
    del column
    if cell.kind is CellKind.TIME:
        raise _never_was()
    if cell.kind is CellKind.DATE:
        return _plausible(date.fromisoformat(cell.text))
    text = unicodedata.normalize("NFKC", content(cell))
    time_of_day = _TIME_OF_DAY.search(text)
    if time_of_day and time_of_day.end() == len(text):
        text = text[: time_of_day.start()]
        desk.notice("DATE-TIME", N_("已略去时刻，按日期 {day} 读取"), day=text)
    return _plausible(_of_text(text, desk))


def _of_text(text: str, desk: Desk) -> date:
    """The day that a text means."""
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        if _AMBIGUOUS.fullmatch(text):
            raise Refusal(
                "DATE-AMB",
                N_("日期“{text}”有歧义，请按年-月-日写成 2026-03-05 的样子"),
                text=text,
            )
        raise Refusal("DATE-FMT", N_("“{text}”不是日期，请写成 2026-03-05 的样子"), text=text[:20])
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if (year, month, day) == _NEVER:
        raise _never_was()
    try:
        found = date(year, month, day)
    except ValueError:
        raise Refusal("DATE-FMT", N_("没有“{text}”这一天，请核对"), text=text) from None
    if not _ISO.fullmatch(text):
        desk.notice("DATE-FMT", N_("已识别为 {day}"), day=found)
    return found


def _plausible(day: date) -> date:
    """The day again; refuses what stands for unknown, and what no calendar has."""
    if day in _PLACEHOLDERS:
        raise Refusal("DATE-DEF", N_("{day} 像是“不详”的代填，请填实际日期，不详就留空"), day=day)
    if day < _SURE_FROM:
        if day.year < _SURE_FROM.year:
            raise Refusal("DATE-DEF", N_("{day} 早于 1900 年，请核对"), day=day)
        raise _never_was()
    return day


def _never_was() -> Refusal:
    return Refusal("DATE-1900", N_("Excel 中不存在的日期（序号 0 或 60 一类），请填实际日期"))


def read_month(cell: Cell, column: Column, desk: Desk) -> Month:
    """A month; refuses with MONTH-FMT; another form than 2022-06 is read and told."""
    del column
    if cell.kind in (CellKind.DATE, CellKind.MOMENT):
        month = Month.of(date.fromisoformat(cell.text[:10]))
        desk.notice("MONTH-FMT", N_("已识别为 {month}"), month=month)
        return month
    text = unicodedata.normalize("NFKC", content(cell))
    forms = _MONTH_FORMS[2:] if cell.kind is CellKind.NUMBER else _MONTH_FORMS
    match = next((match for form in forms if (match := form.fullmatch(text))), None)
    month = Month(f"{match[1]}-{int(match[2]):02d}" if match else text[:20])
    if month != text:
        desk.notice("MONTH-FMT", N_("已识别为 {month}"), month=month)
    return month
