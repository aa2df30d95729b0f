"""Tapers in a simulation (试算中的渐退期): the last amount before one began is simulated as well.

A determination takes it from what was due; under a reform that was in force by then, it would
have been another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from doudi.entitlement.awards import places
from doudi.entitlement.worked import REASONS, Reason, Worked
from doudi.kernel.months import Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from doudi.entitlement.awards import AwardColumns

    Ints = NDArray[np.int64]

_MONTHS_A_YEAR = 12


@dataclass(slots=True)
class LastAmounts:
    """What awards came to on one side in the month before their taper began, in fen, by id.

    `earlier` works out some awards' month before the first one simulated, from `since` on; before
    that, what was due holds.
    """

    since: Month
    earlier: Callable[[Month, Ints], Worked]
    _known: dict[int, dict[int, int]] = field(default_factory=dict)

    def remember(self, month: Month, awards: AwardColumns, worked: Worked) -> None:
        """Keep what awards come to whose taper begins in the next month."""
        count = _count(month)
        beginning = awards.id[awards.taper_from == count + 1]
        rows = np.isin(worked.award, beginning)
        self._known[count] = _by_award(worked, rows)

    def applied(self, worked: Worked, awards: AwardColumns, homes: Ints) -> Worked:
        """The working-out with tapers at the amounts of this side; `homes` are households' ids."""
        rows = np.flatnonzero(worked.reason == REASONS.index(Reason.TAPERS))
        if len(rows) == 0:
            return worked
        at = places(awards.id, worked.award[rows])
        amount = worked.amount.copy()
        for row, begun, home in zip(
            rows.tolist(),
            awards.taper_from[at].tolist(),
            awards.household[at].tolist(),
            strict=True,
        ):
            if begun - 1 not in self._known and begun - 1 >= _count(self.since):
                beginning = awards.household[awards.taper_from == begun]
                early = self.earlier(_month(begun - 1), np.unique(homes[[*beginning, home]]))
                self._known[begun - 1] = _by_award(early, np.ones(len(early.award), dtype=bool))
            last = self._known.get(begun - 1, {})
            amount[row] = last.get(int(worked.award[row]), int(amount[row]))
        return replace(worked, amount=amount)


def _by_award(worked: Worked, rows: NDArray[np.bool_]) -> dict[int, int]:
    """The fen of these rows by award."""
    return dict(zip(worked.award[rows].tolist(), worked.amount[rows].tolist(), strict=True))


def _count(month: Month) -> int:
    """A month as months since year 0, as the awards' columns count."""
    return month.year * _MONTHS_A_YEAR + month.number


def _month(count: int) -> Month:
    """The month that a count stands for."""
    return Month(f"{(count - 1) // _MONTHS_A_YEAR:04d}-{(count - 1) % _MONTHS_A_YEAR + 1:02d}")
