"""The half-year's days (日程): when each workbook is handed in."""

from __future__ import annotations

from datetime import date

from doudi.kernel.months import Month

OPENING = date(2022, 1, 1)
"""The day whose state the opening workbook tells."""
FIRST, LAST = Month("2022-01"), Month("2022-06")
MONTHS = tuple(FIRST.until(LAST))
HANDED_IN = (
    date(2022, 1, 4),
    date(2022, 1, 17),
    date(2022, 2, 16),
    date(2022, 3, 16),
    date(2022, 4, 18),
    date(2022, 5, 16),
    date(2022, 6, 16),
)
"""The working day on which each workbook is handed in: the opening one, then each month's."""


def month_of(learnt: int) -> Month:
    """The month whose workbook has this number."""
    return MONTHS[learnt - 1]
