"""Three values, intervals and roundings: the small things that every rule stands on."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.policy.amounts import Amount, between, either, exactly, larger, smaller
from doudi.policy.disabilities import among_grades
from doudi.policy.logic import NO, UNKNOWN, YES, Truth, all_by, any_by, choose
from doudi.policy.rounding import ROUNDINGS, rounded

STATES = [NO, UNKNOWN, YES]


def truth(*states: int) -> Truth:
    column = np.array(states, dtype=np.int8)
    return Truth(column, np.where(column == UNKNOWN, 4, 0))


def worlds(state: int) -> list[bool]:
    return {NO: [False], UNKNOWN: [False, True], YES: [True]}[np.int8(state)]


@pytest.mark.parametrize(("one", "other"), list(product(STATES, STATES)))
def test_and_or_not_say_no_more_than_all_worlds_do(one: np.int8, other: np.int8) -> None:
    a, b = truth(int(one)), truth(int(other))
    for found, rule in (((a & b), all), ((a | b), any)):
        answers = {rule(world) for world in product(worlds(int(one)), worlds(int(other)))}
        assert found.state[0] == (
            UNKNOWN if len(answers) > 1 else (YES if answers == {True} else NO)
        )
    assert (~a).state[0] == YES - one


def test_what_is_missing_is_named_only_where_it_matters() -> None:
    assert (truth(1, 1, 1) & truth(0, 1, 2)).missing.tolist() == [0, 4, 4]  # type: ignore[union-attr]
    assert (truth(1, 1) | truth(2, 0)).missing.tolist() == [0, 4]  # type: ignore[union-attr]


def test_a_choice_whose_both_ends_agree_does_not_depend_on_what_is_unknown() -> None:
    assert choose(truth(1, 1), truth(2, 2), truth(2, 0)).state.tolist() == [YES, UNKNOWN]


def test_groups_without_rows_hold_for_all_and_for_none() -> None:
    rows = np.array([0, 0], dtype=np.int64)
    assert all_by(truth(2, 1), rows, 2).state.tolist() == [UNKNOWN, YES]
    assert any_by(truth(0, 1), rows, 2).state.tolist() == [UNKNOWN, NO]


PAIRS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted)


def amount(pair: list[int]) -> Amount:
    return between(np.array([pair[0]]), np.array([pair[1]]), np.array([8]))


@given(PAIRS, PAIRS, st.data())
def test_intervals_hold_whatever_the_true_numbers(
    one: list[int], other: list[int], data: st.DataObject
) -> None:
    x = data.draw(st.integers(*one))
    y = data.draw(st.integers(*other))
    a, b = amount(one), amount(other)
    for found, true in (
        (a + b, x + y),
        (a - b, x - y),
        (a * b, x * y),
        (larger(a, b), max(x, y)),
        (smaller(a, b), min(x, y)),
        (a.times(12), 12 * x),
        (either(truth(1), a, b), data.draw(st.sampled_from([x, y]))),
    ):
        assert found.low[0] <= true <= found.high[0]
    below = (a < b).state[0]
    assert below == UNKNOWN or (below == YES) == (x < y)
    at_most = (a <= b).state[0]
    assert at_most == UNKNOWN or (at_most == YES) == (x <= y)


@given(st.integers(0, 10**12), st.sampled_from(sorted(ROUNDINGS)), st.sampled_from([1, 12, 10_000]))
def test_rounding_goes_to_its_unit_in_its_direction(number: int, mode: str, parts: int) -> None:
    found = int(rounded(exactly(np.array([number])), parts, mode, 0).low[0])
    unit = ROUNDINGS[mode].unit
    exact, step = number, parts * unit
    assert found % unit == 0
    error = found * parts - exact
    bounds = {"up": (0, step - 1), "down": (1 - step, 0), "half_up": (-(step - 1) // 2, step // 2)}
    least, most = bounds[ROUNDINGS[mode].direction]
    assert least <= error <= most


@given(st.integers(0, 10**9))
def test_an_unknown_rounding_leaves_whole_yuan_alone(fen: int) -> None:
    found = rounded(exactly(np.array([fen])), 1, None, 2)
    assert (found.low[0] == found.high[0]) == (fen % 100 == 0)


def test_a_float_near_money_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        exactly(np.array([0.5]))


def test_a_multiple_disability_is_only_as_certain_as_its_parts() -> None:
    grades = (1, 0, 0, 2, 3, 3)
    category = np.full(5, 7)
    found = among_grades(category, np.array([1, 2, 3, 4, -1]), grades, 1)
    assert found.state.tolist() == [UNKNOWN, UNKNOWN, UNKNOWN, NO, UNKNOWN]
    everyone = among_grades(category, np.array([1, 2, 3, 4, -1]), (2, 2, 2, 2, 2, 2), 1)
    assert everyone.state.tolist() == [YES, YES, NO, NO, UNKNOWN]
    nobody_knows = among_grades(np.array([-1]), np.array([-1]), (4, 4, 4, 4, 4, 4), 1)
    assert nobody_knows.state.tolist() == [UNKNOWN]
