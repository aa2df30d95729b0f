"""Of what a figure is asked: a period (统计期), an area with all inside it, and what was known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from doudi.access.models import Area
from doudi.kernel.months import Month, half_year
from doudi.kernel.refusals import N_, Refusal

_QUARTER = re.compile(r"([0-9]{4})Q([1-4])")
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}))?")
_QUARTER_MONTHS = 3
_YEAR_MONTHS = 12
_MOST_MONTHS = 60
"""Nobody reads a report of more than five years in one."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of months by its name, from the first to the last, both included."""

    name: str
    first: Month
    last: Month

    @classmethod
    def named(cls, text: str) -> Self:
        """Read `2022H1`, `2022`, `2022Q1`, `2022-06` or `2022-01..2022-05`.

        Refuses others with the code PERIOD-FMT, one that ends before it begins with PERIOD-ORDER,
        one of more than five years with PERIOD-LONG, and a month that is none with MONTH-FMT.
        """
        quarter, span = _QUARTER.fullmatch(text), _SPAN.fullmatch(text)
        if quarter:
            first = Month(f"{quarter[1]}-01").plus((int(quarter[2]) - 1) * _QUARTER_MONTHS)
            return cls(text, first, first.plus(_QUARTER_MONTHS - 1))
        if span:
            return cls._spanning(text, Month(span[1]), Month(span[2] or span[1]))
        return cls(text, *half_year(text))

    @classmethod
    def _spanning(cls, text: str, first: Month, last: Month) -> Self:
        """A month, or one month to another."""
        if last < first:
            raise Refusal(
                "PERIOD-ORDER",
                N_("统计期“{text}”的最后一个月早于第一个月，请对调"),
                text=text,
            )
        if first.months_to(last) >= _MOST_MONTHS:
            raise Refusal("PERIOD-LONG", N_("统计期“{text}”超过五年，请分段统计"), text=text)
        return cls(text if first != last else str(first), first, last)

    @property
    def a_year_before(self) -> Period:
        """The same months of the year before, under a name of the same kind."""
        first, last = self.first.plus(-_YEAR_MONTHS), self.last.plus(-_YEAR_MONTHS)
        if first == last or "-" in self.name:
            return Period(str(first) if first == last else f"{first}..{last}", first, last)
        return Period(f"{first.year}{self.name[4:]}", first, last)

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months in their order."""
        return tuple(self.first.until(self.last))

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.last.last


@dataclass(frozen=True, slots=True)
class Scope:
    """A question put to the catalogue: the period, the area, and the moment of knowledge.

    What was recorded after `known_at` is left out, so that the same question has the same
    answer for ever.
    """

    period: Period
    area: Area
    known_at: datetime
