"""Amounts on columns: whole numbers between a lower and an upper bound.

An amount that is known has equal bounds. One that depends on something unknown keeps both, so
that a rule can still answer where the unknown can't change the answer. Never a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from doudi.policy.logic import NO, UNKNOWN, YES, Flags, Truth, settled, united

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """A whole number for every row, between `low` and `high`; the unit is its maker's.

    While it is exact `high` is the same array as `low` and `missing` is None.
    """

    low: Numbers
    high: Numbers
    missing: Flags | None = None

    @property
    def exact(self) -> bool:
        """Whether every row is known."""
        return self.high is self.low

    def __add__(self, other: Amount) -> Amount:
        """The sum."""
        if self.exact and other.exact:
            return exactly(self.low + other.low)
        return between(self.low + other.low, self.high + other.high, self.missing, other.missing)

    def __sub__(self, other: Amount) -> Amount:
        """The difference; may be negative."""
        if self.exact and other.exact:
            return exactly(self.low - other.low)
        return between(self.low - other.high, self.high - other.low, self.missing, other.missing)

    def __mul__(self, other: Amount) -> Amount:
        """The product of two amounts that are not negative."""
        if self.exact and other.exact:
            return exactly(self.low * other.low)
        return between(self.low * other.low, self.high * other.high, self.missing, other.missing)

    def times(self, factor: int) -> Amount:
        """So many times the amount; the factor is not negative."""
        if self.exact:
            return exactly(self.low * factor)
        return between(self.low * factor, self.high * factor, self.missing)

    def __lt__(self, other: Amount) -> Truth:
        """Strictly below."""
        if self.exact and other.exact:
            return Truth(np.where(self.low < other.low, YES, NO))
        return _ordered(self.high < other.low, self.low >= other.high, self, other)

    def __le__(self, other: Amount) -> Truth:
        """At most."""
        if self.exact and other.exact:
            return Truth(np.where(self.low <= other.low, YES, NO))
        return _ordered(self.high <= other.low, self.low > other.high, self, other)

    def __gt__(self, other: Amount) -> Truth:
        """Strictly above."""
        return other < self

    def __ge__(self, other: Amount) -> Truth:
        """At least."""
        return other <= self

    def only_if(self, condition: Truth) -> Amount:
        """The amount where the condition holds, nothing where not; both where it is unknown."""
        if self.exact and condition.missing is None and not np.any(condition.state == UNKNOWN):
            return exactly(np.where(condition.state == YES, self.low, 0))
        low = np.where(condition.state == YES, self.low, np.minimum(self.low, 0))
        high = np.where(condition.state == YES, self.high, np.maximum(self.high, 0))
        none = condition.state == NO
        return between(
            np.where(none, 0, low), np.where(none, 0, high), self.missing, condition.missing
        )

    def at(self, rows: npt.NDArray[np.int64]) -> Amount:
        """The amounts of these rows, in their order: a household's amount for its members."""
        if self.exact:
            return exactly(self.low[rows])
        missing = None if self.missing is None else self.missing[rows]
        return between(self.low[rows], self.high[rows], missing)

    def sum_by(self, groups: npt.NDArray[np.int64], count: int) -> Amount:
        """The sum over the rows of each of `count` groups, in integers."""
        if self.exact:
            return exactly(_summed(self.low, groups, count))
        missing = None
        if self.missing is not None:
            missing = np.zeros(count, dtype=np.int64)
            np.bitwise_or.at(missing, groups, self.missing)
        return between(_summed(self.low, groups, count), _summed(self.high, groups, count), missing)


def exactly(values: npt.ArrayLike) -> Amount:
    """An amount that is known."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise AssertionError(array.dtype)  # a float near money is our own mistake
    array = array.astype(np.int64, copy=False)
    return Amount(array, array)


def between(low: npt.ArrayLike, high: npt.ArrayLike, *missing: Flags | None) -> Amount:
    """An amount between two bounds; what is missing is kept only where they differ."""
    lower, upper = np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)
    agree = lower == upper
    if agree.all():
        return exactly(lower)
    union = united(*missing)
    return Amount(lower, upper, None if union is None else np.where(agree, 0, union))


NOTHING = exactly(0)


def larger(first: Amount, second: Amount) -> Amount:
    """The larger of the two, row by row."""
    if first.exact and second.exact:
        return exactly(np.maximum(first.low, second.low))
    return between(
        np.maximum(first.low, second.low),
        np.maximum(first.high, second.high),
        first.missing,
        second.missing,
    )


def smaller(first: Amount, second: Amount) -> Amount:
    """The smaller of the two, row by row."""
    if first.exact and second.exact:
        return exactly(np.minimum(first.low, second.low))
    return between(
        np.minimum(first.low, second.low),
        np.minimum(first.high, second.high),
        first.missing,
        second.missing,
    )


def either(condition: Truth, yes: Amount, no: Amount) -> Amount:
    """The one amount where the condition holds, the other where not; unknown: both bounds."""
    states = condition.state
    low = np.where(
        states == YES, yes.low, np.where(states == NO, no.low, np.minimum(yes.low, no.low))
    )
    high = np.where(
        states == YES, yes.high, np.where(states == NO, no.high, np.maximum(yes.high, no.high))
    )
    return between(low, high, condition.missing, yes.missing, no.missing)


def picked(codes: Numbers, amounts: Mapping[int, Callable[[], Amount]], flag: int) -> Amount:
    """The amount of each row's code; an unknown code (below 0) may be any of them.

    An amount is asked for only where a row needs it, so that none is named that none used.
    """
    unknown = codes < 0
    asked = {code: ask() for code, ask in amounts.items() if unknown.any() or (codes == code).any()}
    low, high, missing = np.zeros_like(codes), np.zeros_like(codes), np.zeros_like(codes)
    if unknown.any():
        low = np.where(unknown, min(int(amount.low) for amount in asked.values()), 0)
        high = np.where(unknown, max(int(amount.high) for amount in asked.values()), 0)
        missing = np.where(unknown, flag, 0)
    for code, amount in asked.items():
        low = np.where(codes == code, amount.low, low)
        high = np.where(codes == code, amount.high, high)
        if amount.missing is not None:
            missing = np.where((codes == code) | unknown, missing | amount.missing, missing)
    return between(low, high, missing)


def _ordered(
    surely: npt.NDArray[np.bool_], never: npt.NDArray[np.bool_], first: Amount, second: Amount
) -> Truth:
    """Yes where surely, no where never, unknown between."""
    state = np.where(surely, YES, np.where(never, NO, UNKNOWN))
    return settled(state, first.missing, second.missing)


def _summed(values: Numbers, groups: npt.NDArray[np.int64], count: int) -> Numbers:
    """Integer sums by group: a weighted bincount would pass through floats."""
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, groups, values)
    return sums
