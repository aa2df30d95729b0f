"""Who gains and who loses (受益与受损): the effect on each household, gathered and told in bands.

A household's effect is the average change of a month, over those months in which the reform
changes anything and an award of the household could be determined both before and after. Sums
are exact; only the averages that are shown are rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.money import FEN_PER_YUAN, half_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

STEPS = tuple(yuan * FEN_PER_YUAN for yuan in (10, 20, 50, 100, 200, 500))
"""Where the bands of gains end, in fen a month, each included; those of losses mirror them."""


@dataclass(frozen=True, slots=True)
class Band:
    """Households whose month changes by more than `above` and by no more than `most`, in fen.

    Of losses the nearer end is the one left out: from `most` excluded down to `above` included.
    Both are 0 for those whose month stays the same; None is without end.
    """

    above: int | None
    most: int | None
    households: int


@dataclass(frozen=True, slots=True)
class Side:
    """Those who gain, or those who lose: how many, how much together, how much a month each.

    `together_fen` is over all months; least, median and most are of a household's average month,
    below zero for losses, the least being the one nearest to nothing.
    """

    households: int
    together_fen: int
    least_fen: int
    median_fen: int
    most_fen: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The households with an award that could be compared, and how the reform treats them.

    `into` got nothing in any month and would get something; `out` the other way round.
    """

    households: int
    same: int
    into: int
    out: int
    gains: Side
    losses: Side
    bands: tuple[Band, ...]


class Gathered:
    """The amounts of each household before and after, added up month by month."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._rows = np.zeros((0, 4), dtype=np.int64)

    def add_month(self, household: Ints, before: Ints, after: Ints, *, counts: bool) -> None:
        """Add the awards of a month; a household may stand in several rows, by its id.

        `counts` tells whether the month is one of those that averages are taken over.
        """
        months = np.zeros(len(household), dtype=np.int64)
        month = _by_household(np.stack([household, before, after, months], axis=1))
        month[:, 3] = int(counts)
        self._rows = _by_household(np.concatenate([self._rows, month]))

    def spread(self) -> Spread:
        """What it comes to for all of them."""
        _, before, after, months = self._rows.T
        change = after - before
        months = np.maximum(months, 1)  # a taper goes on changed when the reform is over
        return Spread(
            households=len(self._rows),
            same=int((change == 0).sum()),
            into=int(((before == 0) & (after > 0)).sum()),
            out=int(((before > 0) & (after == 0)).sum()),
            gains=_side(change, months, change > 0),
            losses=_side(change, months, change < 0),
            bands=tuple(_bands(change, months)),
        )


def _by_household(rows: Ints) -> Ints:
    """One row a household: its id, and the sums of all else."""
    ids, place = np.unique(rows[:, 0], return_inverse=True)
    summed = np.zeros((len(ids), rows.shape[1]), dtype=np.int64)
    np.add.at(summed, place.reshape(-1), rows)
    summed[:, 0] = ids
    return summed


def _side(change: Ints, months: Ints, chosen: NDArray[np.bool_]) -> Side:
    """The chosen households, from the smallest effect to the largest."""
    change, months = change[chosen], months[chosen]
    if len(change) == 0:
        return Side(0, 0, 0, 0, 0)
    order = np.argsort(np.abs(change) / months, kind="stable")
    places = order[[0, (len(order) - 1) // 2, -1]].tolist()
    least, median, most = (half_up(int(change[place]), int(months[place])) for place in places)
    return Side(len(change), int(change.sum()), least, median, most)


def _bands(change: Ints, months: Ints) -> list[Band]:
    """The bands from the greatest loss to the greatest gain, empty ones too."""
    ends = (0, *STEPS)
    gains = [
        Band(low, high, _count(change, months, low, high))
        for low, high in zip(ends, (*STEPS, None), strict=True)
    ]
    losses = [
        Band(None if high is None else -high, -low, _count(-change, months, low, high))
        for low, high in zip(ends, (*STEPS, None), strict=True)
    ]
    return [*reversed(losses), Band(0, 0, int((change == 0).sum())), *gains]


def _count(change: Ints, months: Ints, low: int, high: int | None) -> int:
    """How many households' month changes by more than `low` and at most `high`."""
    inside = change > low * months
    if high is not None:
        inside &= change <= high * months
    return int(inside.sum())
