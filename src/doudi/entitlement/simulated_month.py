"""A month of an area before and after a reform, laid side by side in columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from doudi.entitlement.awards import places
from doudi.entitlement.effects import NAMES, Cell, Sums
from doudi.entitlement.models import OF_HOUSEHOLDS
from doudi.entitlement.screening import CONTINUING
from doudi.entitlement.worked import Worked
from doudi.kernel.vocabulary import Programme
from doudi.policy import Determination
from doudi.policy.logic import NO, UNKNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from doudi.entitlement.awards import AwardColumns
    from doudi.entitlement.working import Asked
    from doudi.kernel.months import Month

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of a comparison: what the rules answer, and what the awards come to."""

    answers: Determination
    worked: Worked


@dataclass(frozen=True, slots=True, eq=False)
class MonthCompared:
    """The cells of a month; the awards determined on both sides; what open ones lack.

    `household` has the id of each compared award's household, `before` and `after` its fen.
    """

    cells: list[Cell]
    household: Ints
    before: Ints
    after: Ints
    lacking_before: Counter[str]
    lacking_after: Counter[str]


def compared(
    asked: Asked, month: Month, before: Side, after: Side, communities: Mapping[int, str]
) -> MonthCompared:
    """Lay two sides of a month beside each other; `communities` gives codes by the area's id."""
    table = _Table(asked, communities)
    awards, due = asked.awards, asked.awards.is_due
    known_before, fen_before = _laid(awards, before.worked)
    known_after, fen_after = _laid(awards, after.worked)
    both = known_before & known_after & due
    change = np.where(both, fen_after - fen_before, 0)
    rows = table.of_awards()
    for name, values in {
        "awards": due,
        "open_before": due & ~known_before,
        "open_after": due & ~known_after,
        "before_fen": fen_before,
        "after_fen": fen_after,
        "change_fen": change,
        "gaining": change > 0,
        "losing": change < 0,
        "begins": both & (fen_before == 0) & (fen_after > 0),
        "ends": both & (fen_before > 0) & (fen_after == 0),
    }.items():
        table.add(name, rows, values)
    for programme in CONTINUING:
        _screen(table, programme, before.answers, after.answers)
    return MonthCompared(
        cells=table.cells(month),
        household=asked.known.households.id[awards.household[both]],
        before=fen_before[both],
        after=fen_after[both],
        lacking_before=_lacking(before.worked),
        lacking_after=_lacking(after.worked),
    )


class _Table:
    """Sums by programme and community, filled column by column."""

    def __init__(self, asked: Asked, communities: Mapping[int, str]) -> None:
        """All noughts."""
        self.asked = asked
        self._codes = communities
        self._areas, self._home = np.unique(asked.known.households.area, return_inverse=True)
        size = len(Programme) * len(self._areas)
        self._sums = {name: np.zeros(size, dtype=np.int64) for name in NAMES}

    def of_awards(self) -> Ints:
        """For each award its place in the table."""
        awards = self.asked.awards
        return self._at(awards.programme, awards.household)

    def of_everybody(self, programme: Programme) -> Ints:
        """For each household, or each person as the programme goes, its place in the table."""
        homes = np.arange(len(self._home))
        if programme not in OF_HOUSEHOLDS:
            homes = self.asked.known.persons.household
        return self._at(np.int64(list(Programme).index(programme)), homes)

    def add(self, name: str, rows: Ints, values: NDArray[np.integer] | Flags) -> None:
        """Add values to a sum, each at its place."""
        np.add.at(self._sums[name], rows, values.astype(np.int64))

    def cells(self, month: Month) -> list[Cell]:
        """The cells in which anything stands."""
        whole = np.stack([self._sums[name] for name in NAMES], axis=1)
        return [
            Cell(
                month,
                list(Programme)[place // len(self._areas)],
                self._codes[int(self._areas[place % len(self._areas)])],
                Sums(**dict(zip(NAMES, whole[place].tolist(), strict=True))),
            )
            for place in np.flatnonzero(whole.any(axis=1)).tolist()
        ]

    def _at(self, programme: Ints | np.int64, homes: Ints) -> Ints:
        place: Ints = programme * len(self._areas) + self._home[homes]
        return place


def _screen(
    table: _Table, programme: Programme, before: Determination, after: Determination
) -> None:
    """Count those of whom the rules say something else than the awards that are held."""
    awards = table.asked.awards
    held = (
        awards.households_holding(programme)
        if programme in OF_HOUSEHOLDS
        else awards.persons_holding(programme)
    )
    was, now = before[programme].state, after[programme].state
    newly = (was != YES) & (now == YES)
    lost = (was == YES) & (now == NO)
    rows = table.of_everybody(programme)
    for name, values in {
        "qualify": newly & ~held,
        "qualify_fen": np.where(newly & ~held, after[programme].amount, 0),
        "no_longer": lost & ~held,
        "held_fails": lost & held,
        "held_again": (was == NO) & (now == YES) & held,
        "unclear_before": (was == UNKNOWN) & ~held,
        "unclear_after": (now == UNKNOWN) & ~held,
    }.items():
        table.add(name, rows, values)


def _laid(awards: AwardColumns, worked: Worked) -> tuple[Flags, Ints]:
    """For each award whether it is determined, and its fen; 0 where it isn't."""
    known, fen = np.zeros(len(awards.id), dtype=bool), np.zeros(len(awards.id), dtype=np.int64)
    at = places(awards.id, worked.award)
    known[at], fen[at] = True, worked.amount
    return known, fen


def _lacking(worked: Worked) -> Counter[str]:
    """How many awards lack each thing."""
    return Counter(key for keys in worked.missing for key in keys)
