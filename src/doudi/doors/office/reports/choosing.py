"""Which reports may be asked for: areas that the officer sees, periods that have begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from doudi.kernel.months import Month
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from datetime import date

    from doudi.access.models import Area
    from doudi.doors.office.sight import Sight

_YEARS = 3
_HALF = 6
_LABELS = (
    ("", N_("{year} 年全年")),
    ("H1", N_("{year} 年上半年")),
    ("H2", N_("{year} 年下半年")),
    ("Q1", N_("{year} 年第一季度")),
    ("Q2", N_("{year} 年第二季度")),
    ("Q3", N_("{year} 年第三季度")),
    ("Q4", N_("{year} 年第四季度")),
)
_BEGINS = {"": 1, "H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


def periods(on: date) -> list[tuple[str, str]]:
    """Years, halves and quarters that have begun, the latest year first: name and words."""
    this = Month.of(on)
    return [
        (f"{year}{suffix}", gettext(label).format(year=year))
        for year in range(this.year, this.year - _YEARS, -1)
        for suffix, label in _LABELS
        if (year, _BEGINS[suffix]) <= (this.year, this.number)
    ]


def usual_period(on: date) -> str:
    """The half-year that ended last: what is mostly reported."""
    month = Month.of(on)
    return f"{month.year}H1" if month.number > _HALF else f"{month.year - 1}H2"


def areas(sight: Sight) -> list[Area]:
    """The visible areas down to communities, the widest first."""
    return list(sight.areas().order_by("path"))


def period_asked(query: dict[str, str], on: date) -> str:
    """The name of the period that the form says: a span of months before a named one."""
    first, last = query.get("first", ""), query.get("last", "")
    if first or last:
        first, last = first or last, last or first
        return first if first == last else f"{first}..{last}"
    return query.get("period") or usual_period(on)
