"""Months sort as text and reckon as a calendar does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.months import Month, day_after, half_year
from doudi.kernel.refusals import Refusal

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2200, 12, 31))
months = st.builds(Month.of, days)
steps = st.integers(-250, 250)


@given(months, steps, steps)
def test_going_on_twice_is_going_on_by_the_sum(month: Month, first: int, second: int) -> None:
    assert month.plus(first).plus(second) == month.plus(first + second)


@given(months, steps)
def test_going_and_the_way_back_agree(month: Month, step: int) -> None:
    assert month.months_to(month.plus(step)) == step
    assert month.plus(step).plus(-step) == month


@given(months, months)
def test_months_sort_as_their_days_do(one: Month, other: Month) -> None:
    assert (one < other) == (one.first < other.first)


@given(months)
def test_the_day_after_the_last_is_the_first_of_the_next(month: Month) -> None:
    assert day_after(month.last) == month.plus(1).first
    assert Month.of(month.first) == Month.of(month.last) == month


@given(months, st.integers(-3, 40))
def test_until_walks_every_month_once(month: Month, step: int) -> None:
    walked = list(month.until(month.plus(step)))
    assert len(walked) == max(step + 1, 0)
    assert walked == sorted(set(walked))


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-00", "2022-6", "202206", "２０２２-06", "2022-06 ", "0999-01", ""]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Month(text)
    assert refused.value.code == "MONTH-FMT"


def test_a_month_is_the_text_that_the_database_keeps() -> None:
    assert Month("2022-06") == "2022-06"
    assert hash(Month("2022-06")) == hash("2022-06")


def test_a_half_year_has_its_six_months_and_a_year_its_twelve() -> None:
    assert half_year("2022H1") == ("2022-01", "2022-06")
    assert half_year("2022H2") == ("2022-07", "2022-12")
    assert half_year("2022") == ("2022-01", "2022-12")


@pytest.mark.parametrize("text", ["2022H3", "22H1", "2022h1", "2022-06", "", "2022H1 "])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        half_year(text)
    assert refused.value.code == "PERIOD-FMT"


@pytest.mark.parametrize("year", ["0000", "1899", "3000"])
def test_a_period_outside_of_the_calendar_is_refused(year: str) -> None:
    with pytest.raises(Refusal):
        half_year(f"{year}H1")
