"""Due minus paid (应发减已发): one subtraction for the ordinary month, arrears and recoveries.

What is due are the standing rows of entitlement. What is paid are the lines of sealed runs whose
payments have not come back. For every award, always: sum(due) = sum(paid) + balance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import F, Q

from doudi.access.bulk_reads import read_columns
from doudi.entitlement import queries as entitlement
from doudi.kernel.months import Month
from doudi.payments.models import Line, Payment
from doudi.payments.queries.outcomes import came_back
from doudi.payments.reckon import Differences

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from doudi.entitlement.models import Due
    from doudi.payments.models import Run

_HUNDRED = 100
"""A month is read as the number 202206."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What an award is due, was paid, and what is left (结余), all months together; fen.

    Below zero it was paid more than it is due: the rest of an overpayment, to be recovered.
    """

    award: int
    due_fen: int
    paid_fen: int

    @property
    def balance_fen(self) -> int:
        """Due minus paid."""
        return self.due_fen - self.paid_fen


def paid_lines(known_at: datetime | None = None) -> QuerySet[Line]:
    """The lines that count as paid: sealed, and their payments not come back.

    As known at a moment: sealed by then, and by the return files taken in by then; None is now.
    """
    sealed = Q(payment__run__sealed_at__isnull=False)
    if known_at is not None:
        sealed = Q(payment__run__sealed_at__lte=known_at)
    return Line.objects.filter(sealed).exclude(came_back("payment", known_at))


def differences(month: Month, run: Run | None = None) -> Differences:
    """What every award lacks or has too much for each month up to `month`; one statement.

    With `run`, only of the awards that it pays.
    """
    due, paid = entitlement.due_table(), paid_lines()
    if run is not None:
        awards = Payment.objects.filter(run=run).values("award")
        due, paid = due.filter(award__in=awards), paid.filter(payment__award__in=awards)
    both_sides, values = _both_sides(due.filter(month__lte=month), paid.filter(month__lte=month))
    award, of_month, amount = read_columns(
        [
            "award_id",
            "CAST(replace(month, '-', '') AS integer)",
            "CAST(SUM(due_fen - paid_fen) AS bigint)",
        ],
        f"FROM {both_sides} AS b GROUP BY award_id, month HAVING SUM(due_fen - paid_fen) <> 0",
        values,
    )
    months, places = np.unique(of_month, return_inverse=True)
    written = [f"{each // _HUNDRED:04d}-{each % _HUNDRED:02d}" for each in months.tolist()]
    return Differences(award=award, month=np.array(written, dtype="U7")[places], amount=amount)


def lines_beyond_due(run: Run) -> int:
    """How many lines of a run go beyond what is now due and not paid for their months.

    A draft is made of differences; one that has shrunk or turned since would be paid wrongly.
    """
    found = differences(Month(run.month), run)
    now = dict(
        zip(
            zip(found.award.tolist(), found.month.tolist(), strict=True),
            found.amount.tolist(),
            strict=True,
        )
    )
    lines = Line.objects.filter(payment__run=run)
    return sum(
        not (0 < amount <= now.get((award, month), 0) or now.get((award, month), 0) <= amount < 0)
        for award, month, amount in lines.values_list("payment__award_id", "month", "amount_fen")
    )


def balances() -> list[Balance]:
    """Every award whose due and paid differ, all months together; one statement."""
    return _balances(entitlement.due_table(), paid_lines(), "HAVING SUM(due_fen - paid_fen) <> 0")


def balance(award: int) -> Balance:
    """Due, paid and balance of one award: zeros where nothing is known of it."""
    found = _balances(
        entitlement.due_table().filter(award=award), paid_lines().filter(payment__award=award), ""
    )
    return found[0] if found else Balance(award, 0, 0)


def _balances(due: QuerySet[Due], paid: QuerySet[Line], having: str) -> list[Balance]:
    both_sides, values = _both_sides(due, paid)
    award, due_fen, paid_fen = read_columns(
        ["award_id", "CAST(SUM(due_fen) AS bigint)", "CAST(SUM(paid_fen) AS bigint)"],
        f"FROM {both_sides} AS b GROUP BY award_id {having}",
        values,
    )
    columns = (award.tolist(), due_fen.tolist(), paid_fen.tolist())
    return [Balance(*each) for each in sorted(zip(*columns, strict=True))]


def _both_sides(due: QuerySet[Due], paid: QuerySet[Line]) -> tuple[str, list[Any]]:
    """The due rows and the paid lines laid one below the other, as SQL, and its parameters."""
    columns = ("award_id", "month", "amount_fen")
    due_sql, due_values = due.order_by().values_list(*columns).query.sql_with_params()
    of_awards = paid.order_by().annotate(award_id=F("payment__award"))
    paid_sql, paid_values = of_awards.values_list(*columns).query.sql_with_params()
    both_sides = (
        f"(SELECT award_id, month, amount_fen AS due_fen, 0 AS paid_fen FROM ({due_sql}) AS d"
        f" UNION ALL SELECT award_id, month, 0, amount_fen FROM ({paid_sql}) AS p)"
    )
    return both_sides, [*due_values, *paid_values]
