"""Months (月份): `YYYY-MM` as text that sorts, with the arithmetic that benefits need."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class Month(str):
    """A calendar month, written `2022-03`; compares, hashes and stores as that text.

    >>> Month("2022-11").plus(3)
    '2023-02'
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Read `YYYY-MM`; refuses anything else with the code MONTH-FMT."""
        match = _FORM.fullmatch(text)
        if match is None or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
            raise Refusal("MONTH-FMT", N_("“{text}”不是月份，请写成 2022-06 的样子"), text=text)
        return super().__new__(cls, text)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that a day lies in."""
        return cls(f"{day.year:04d}-{day.month:02d}")

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self[:4])

    @property
    def number(self) -> int:
        """1 for January to 12 for December."""
        return int(self[5:])

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """The month so many months later, or earlier when negative."""
        index = self.year * 12 + self.number - 1 + months
        return Month(f"{index // 12:04d}-{index % 12 + 1:02d}")

    def until(self, last: Month) -> Iterator[Month]:
        """Every month from this one to `last`, both included; none when `last` is earlier."""
        month: Month = self
        while month <= last:
            yield month
            month = month.plus(1)

    def months_to(self, other: Month) -> int:
        """How many months later `other` is; negative when earlier."""
        return (other.year - self.year) * 12 + other.number - self.number


def day_after(day: date) -> date:
    """The next calendar day."""
    return day + timedelta(days=1)


def half_year(text: str) -> tuple[Month, Month]:
    """First and last month of `2022H1`, `2022H2` or `2022`; refuses others with PERIOD-FMT."""
    match = re.fullmatch(r"([0-9]{4})(H[12])?", text)
    if match is None:
        raise Refusal(
            "PERIOD-FMT", N_("“{text}”不是统计期，请写成 2022H1、2022H2 或 2022"), text=text
        )
    first, last = {"H1": ("01", "06"), "H2": ("07", "12"), None: ("01", "12")}[match[2]]
    return Month(f"{match[1]}-{first}"), Month(f"{match[1]}-{last}")
