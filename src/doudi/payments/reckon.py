"""Reckoning (算账): from what is due and not paid yet to the lines of a run. Pure, in columns.

The ordinary month, arrears, returned payments and overpayments are one subtraction, made in
`queries.differences`; here it is only decided how much of an overpayment is taken back now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from doudi.kernel.months import Month

    Ids = npt.NDArray[np.int64]
    Fen = npt.NDArray[np.int64]
    Words = npt.NDArray[np.str_]

REGULAR, ARREARS, RECOVERY = "regular", "arrears", "recovery"
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Differences:
    """Due minus paid (差额) in fen: a row for an award and a month, in any order, none zero."""

    award: Ids
    month: Words
    amount: Fen


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a run (明细): sorted by award and month; fen, below zero where taken back."""

    award: Ids
    month: Words
    amount: Fen
    kind: Words

    def of(self, awards: Ids) -> Lines:
        """The lines of these awards alone."""
        kept = np.isin(self.award, awards)
        return Lines(self.award[kept], self.month[kept], self.amount[kept], self.kind[kept])


@dataclass(frozen=True, slots=True)
class Totals:
    """What a payment comes to (合计): one row an award, in the order of the awards; fen."""

    award: Ids
    amount: Fen


def draft(differences: Differences, *, month: Month, permille: int | None) -> Lines:
    """The lines that a run of `month` pays: what is lacking in full, less what is taken back.

    Of the sum that an award lacks, at most `permille` thousandths, rounded down to the fen, are
    kept back for what it was overpaid, the oldest month first; with None nothing is. What can't
    be taken now stays open for later runs. An award with nothing left to pay has no lines: its
    two sides grow together until one of them prevails. Raises ValueError for a share outside
    0 to 1000.
    """
    share = permille or 0
    if not 0 <= share <= _WHOLE:
        raise ValueError(permille)
    order = np.lexsort((differences.month, differences.award))
    award, months = differences.award[order], differences.month[order]
    amount = differences.amount[order]
    starts, group = _groups(award)
    lacking, overpaid = np.maximum(amount, 0), np.maximum(-amount, 0)
    payable, backlog = _sums(lacking, starts), _sums(overpaid, starts)
    taken = np.minimum(payable * share // _WHOLE, backlog)
    part = np.clip(taken[group] - _before(overpaid, starts, group), 0, overpaid)
    signed = lacking - part
    kept = (signed != 0) & (payable > taken)[group]
    return Lines(award[kept], months[kept], signed[kept], _kinds(months[kept], signed[kept], month))


def totals(lines: Lines) -> Totals:
    """Each award's payment: the sum of its lines."""
    starts, _ = _groups(lines.award)
    return Totals(lines.award[starts], _sums(lines.amount, starts))


def _groups(award: Ids) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where each award's rows begin in a sorted column, and each row's place among the awards."""
    first = np.ones(len(award), dtype=bool)
    first[1:] = award[1:] != award[:-1]
    return np.flatnonzero(first), np.cumsum(first) - 1


def _sums(amount: Fen, starts: npt.NDArray[np.intp]) -> Fen:
    """The sum of each group; reduceat can't be asked for no groups at all."""
    return np.add.reduceat(amount, starts) if len(starts) else amount[:0]


def _before(amount: Fen, starts: npt.NDArray[np.intp], group: npt.NDArray[np.intp]) -> Fen:
    """For each row, the sum of the rows ahead of it in its own group."""
    ahead = np.cumsum(amount) - amount
    result: Fen = ahead - ahead[starts][group]
    return result


def _kinds(months: Words, amount: Fen, month: Month) -> Words:
    """What each line is: money taken back, the run's own month, or an earlier one."""
    kinds: Words = np.where(amount < 0, RECOVERY, np.where(months == str(month), REGULAR, ARREARS))
    return kinds
