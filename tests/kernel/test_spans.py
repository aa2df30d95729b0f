"""Spans hold both their ends, and an open one goes on for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.spans import Span

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2024, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = draw(days)
    length = draw(st.none() | st.integers(0, 400))
    return Span(first, None if length is None else first + timedelta(days=length))


@given(spans(), days)
def test_a_day_lies_in_a_span_or_before_it_or_after_it(span: Span, day: date) -> None:
    is_after = span.last is not None and day > span.last
    assert (day in span) + (day < span.first) + is_after == 1


@given(spans(), spans())
def test_two_spans_overlap_when_the_later_beginning_lies_in_both(one: Span, other: Span) -> None:
    later = max(one.first, other.first)
    assert one.overlaps(other) == other.overlaps(one) == (later in one and later in other)


@given(spans(), days)
def test_a_span_touches_the_months_of_its_days_alone(span: Span, day: date) -> None:
    month = Month.of(day)
    whole = [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]
    assert span.touches(month) == any(each in span for each in whole)


@given(spans(), spans())
def test_spans_that_meet_share_no_day(one: Span, other: Span) -> None:
    assert not (one.meets(other) and one.overlaps(other))


def test_one_span_meets_the_next_on_the_following_day() -> None:
    may = Span(date(2022, 5, 1), date(2022, 5, 31))
    assert may.meets(Span(date(2022, 6, 1)))
    assert not may.meets(Span(date(2022, 6, 2)))
    assert not Span(date(2022, 5, 1)).meets(Span(date(2022, 6, 1)))


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        Span(date(2022, 6, 2), date(2022, 6, 1))
    assert refused.value.code == "PER-ORDER"
