"""The search finds circumstances that come to a total, or says that there are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.synth.liujia.search import (
    OutOfReach,
    even_rest,
    first_that_fits,
    mixes,
    spread_over_grades,
)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 12))
def test_a_rest_taken_off_every_month_leaves_the_target(
    total: int, target: int, months: int
) -> None:
    rest = even_rest(total, target, months, 0, 10**6)
    assert rest is None or total - rest * months == target


def test_a_rest_out_of_bounds_does_not_fit() -> None:
    assert even_rest(700, 100, 6, 0, 100) == 100
    assert even_rest(706, 100, 6, 0, 100) is None
    assert even_rest(100, 700, 6, 0, 100) is None


@given(st.integers(0, 5000), st.integers(1, 20))
def test_steps_are_spread_over_whole_persons_and_one_for_some_months(steps: int, step: int) -> None:
    grades = spread_over_grades(steps * step, step, 6)
    assert grades.always * 6 + grades.months_of_one == steps
    assert 0 <= grades.months_of_one < 6


def test_what_is_no_whole_number_of_steps_is_out_of_reach() -> None:
    with pytest.raises(OutOfReach):
        spread_over_grades(1005, 10, 6)
    with pytest.raises(OutOfReach):
        spread_over_grades(-10, 10, 6)


def test_every_mix_is_tried_once_and_within_its_bounds() -> None:
    found = [mix.counts for mix in mixes(3, 3, (2, 3, 1))]
    assert len(found) == len(set(found))
    assert all(sum(counts) == 3 for counts in found)
    assert (2, 1, 0) in found
    assert all(counts[0] <= 2 and counts[2] <= 1 for counts in found)


def test_the_first_attempt_that_fits_is_taken() -> None:
    assert first_that_fits(lambda number: number * 10 if number >= 3 else None) == 30
    with pytest.raises(OutOfReach):
        first_that_fits(lambda _: None)
