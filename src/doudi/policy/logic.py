"""Answers on columns: no, unknown or yes, each with what is missing where it is unknown.

Three values instead of two, so that a rule never guesses: an unknown fact makes an answer
unknown only where it could change it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

States = npt.NDArray[np.int8]
Flags = npt.NDArray[np.int64]
"""Bits that name missing facts and parameters; see `policy.missing`."""

NO, UNKNOWN, YES = np.int8(0), np.int8(1), np.int8(2)


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A condition for every row: `NO`, `UNKNOWN` or `YES`.

    `missing` is None while nothing is unknown, and has bits only where the state is UNKNOWN.
    """

    state: States
    missing: Flags | None = None

    def __and__(self, other: Truth) -> Truth:
        """Both: no where either is no, whatever the other is."""
        return settled(np.minimum(self.state, other.state), self.missing, other.missing)

    def __or__(self, other: Truth) -> Truth:
        """Either: yes where one is yes, whatever the other is."""
        return settled(np.maximum(self.state, other.state), self.missing, other.missing)

    def __invert__(self) -> Truth:
        """The contrary; the contrary of unknown is unknown."""
        return Truth(np.asarray(YES - self.state, dtype=np.int8), self.missing)

    def at(self, rows: npt.NDArray[np.int64]) -> Truth:
        """The answers of these rows, in their order: a household's answer for its members."""
        return Truth(self.state[rows], None if self.missing is None else self.missing[rows])


def united(*missing: Flags | None) -> Flags | None:
    """All that is missing in any of these; None when nothing is."""
    known = [flags for flags in missing if flags is not None]
    if not known:
        return None
    union = known[0]
    for flags in known[1:]:
        union = np.bitwise_or(union, flags)
    return union


def settled(state: States, *missing: Flags | None) -> Truth:
    """A truth whose missing bits are kept only where it is still unknown."""
    union = united(*missing)
    if union is None:
        return Truth(state)
    unknown = state == UNKNOWN
    return Truth(state, np.where(unknown, union, 0)) if unknown.any() else Truth(state)


def truth_of(condition: npt.NDArray[np.bool_] | bool) -> Truth:  # noqa: FBT001 - a column
    """What is certain either way."""
    return Truth(np.where(condition, YES, NO))


CERTAIN = truth_of(condition=True)
NEVER = truth_of(condition=False)


def choose(condition: Truth, yes: Truth, no: Truth) -> Truth:
    """The one answer where the condition holds, the other where not.

    Where the condition is unknown and both answers agree, the answer is theirs.
    """
    state = np.where(
        condition.state == YES,
        yes.state,
        np.where(
            condition.state == NO,
            no.state,
            np.where(yes.state == no.state, yes.state, UNKNOWN),
        ),
    )
    return settled(state, condition.missing, yes.missing, no.missing)


def given(known: Truth, answer: Truth) -> Truth:
    """The answer where what it rests on is known; no where there is none; else unknown."""
    state = np.where(known.state == YES, answer.state, known.state)
    return settled(state, known.missing, answer.missing)


def all_by(condition: Truth, groups: npt.NDArray[np.int64], count: int) -> Truth:
    """For each of `count` groups whether all its rows hold; a group without rows does."""
    state = np.full(count, YES, dtype=np.int8)
    np.minimum.at(state, groups, condition.state)
    return settled(state, _flags_by(condition.missing, groups, count))


def any_by(condition: Truth, groups: npt.NDArray[np.int64], count: int) -> Truth:
    """For each of `count` groups whether any of its rows holds; a group without rows doesn't."""
    state = np.full(count, NO, dtype=np.int8)
    np.maximum.at(state, groups, condition.state)
    return settled(state, _flags_by(condition.missing, groups, count))


def _flags_by(missing: Flags | None, groups: npt.NDArray[np.int64], count: int) -> Flags | None:
    """All that is missing in any row of each group."""
    if missing is None:
        return None
    union = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(union, groups, missing)
    return union
