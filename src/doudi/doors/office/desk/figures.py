"""What was paid of late, by month and programme: a chart that can be read as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Programme
from doudi.payments import queries

if TYPE_CHECKING:
    from doudi.doors.office.sight import Sight

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Paid:
    """The runs of one month: fen by programme in the order of `programmes`, and in all."""

    month: str
    fen: Sequence[int]

    @property
    def total_fen(self) -> int:
        """All programmes together."""
        return sum(self.fen)


@dataclass(frozen=True, slots=True)
class MonthsPaid:
    """The last months with sealed runs, and the programmes that anything was paid of."""

    programmes: Sequence[Programme]
    months: Sequence[Paid]

    @property
    def most_fen(self) -> int:
        """The largest month: the height of the chart."""
        return max((month.total_fen for month in self.months), default=0)


def months_paid(sight: Sight) -> MonthsPaid:
    """What the sealed runs of the officer's areas paid in their last six months."""
    sums = queries.sums_by_month(sight.runs(), MONTHS)
    programmes = [each for each in Programme if any(key[1] == each for key in sums)]
    months = sorted({month for month, _ in sums})
    return MonthsPaid(
        programmes,
        [Paid(month, [sums.get((month, str(p)), 0) for p in programmes]) for month in months],
    )
