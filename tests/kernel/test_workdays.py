"""Working days follow the State Council's calendar, make-up days included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.refusals import Refusal
from doudi.kernel.workdays import add_working_days, is_working_day, working_days_between

days = st.dates(min_value=date(2021, 1, 1), max_value=date(2022, 6, 30))

HOLIDAYS_2022 = [
    *[date(2022, 1, day) for day in (1, 2, 3)],
    date(2022, 1, 31),
    *[date(2022, 2, day) for day in range(1, 7)],
    *[date(2022, 4, day) for day in (3, 4, 5, 30)],
    *[date(2022, 5, day) for day in (1, 2, 3, 4)],
    *[date(2022, 6, day) for day in (3, 4, 5)],
    *[date(2022, 9, day) for day in (10, 11, 12)],
    *[date(2022, 10, day) for day in range(1, 8)],
]
MADE_UP_2022 = [
    *[date(2022, 1, day) for day in (29, 30)],
    date(2022, 4, 2),
    date(2022, 4, 24),
    date(2022, 5, 7),
    *[date(2022, 10, day) for day in (8, 9)],
]


def test_the_year_2022_is_as_the_state_council_set_it() -> None:
    """国办发明电〔2021〕11号."""
    day = date(2022, 1, 1)
    while day.year == 2022:
        expected = day in MADE_UP_2022 or (day.weekday() < 5 and day not in HOLIDAYS_2022)
        assert is_working_day(day) == expected, day
        day += timedelta(days=1)


def test_three_days_over_the_spring_festival_take_eleven() -> None:
    assert add_working_days(date(2022, 1, 28), 3) == date(2022, 2, 7)


@given(days, st.integers(0, 60))
def test_the_day_arrived_at_is_a_working_day_and_so_many_later(day: date, count: int) -> None:
    arrived = add_working_days(day, count)
    assert working_days_between(day, arrived) == count
    assert count == 0 or is_working_day(arrived)


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_counting_on_twice_is_counting_on_by_the_sum(day: date, one: int, other: int) -> None:
    assert add_working_days(add_working_days(day, one), other) == add_working_days(day, one + other)


@pytest.mark.parametrize("day", [date(1999, 1, 4), date(2199, 1, 4)])
def test_a_year_that_the_calendar_does_not_know_is_refused_not_guessed(day: date) -> None:
    with pytest.raises(Refusal) as refused:
        is_working_day(day)
    assert refused.value.code == "WD-YEAR"
    assert str(day.year) in str(refused.value)


def test_a_deadline_can_not_lie_in_the_past() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2022, 6, 1), -1)
    assert working_days_between(date(2022, 6, 2), date(2022, 6, 1)) == 0
