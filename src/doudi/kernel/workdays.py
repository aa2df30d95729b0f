"""Working days (工作日) as the State Council sets them each year, make-up days (调休) included.

The calendar comes with `chinesecalendar`, a new year with its new release each November.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

from doudi.kernel.refusals import N_, Refusal


def is_working_day(day: date) -> bool:
    """Whether offices are open; refuses with WD-YEAR a year whose holidays aren't known."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise Refusal(
            "WD-YEAR",
            N_("{year} 年的放假调休安排未知，无法计算工作日；请更新节假日数据（chinesecalendar）"),
            year=day.year,
        ) from None


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after a day, itself not counted.

    Zero gives the day itself. Refuses WD-YEAR as `is_working_day` does; raises ValueError for a
    negative count.
    """
    if count < 0:
        raise ValueError(count)
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when not later."""
    days = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=n)) for n in days)
