"""The taper (渐退期): after a job was found, the last amount goes on for the months decided.

《最低生活保障审核确认办法》第三十三条; how long at most is a dated parameter of the rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from doudi.access.bulk import only
from doudi.entitlement.awards import places
from doudi.entitlement.queries.dues import due_table_at
from doudi.entitlement.worked import REASONS, TAPER, Reason, Worked
from doudi.kernel.months import Month
from doudi.policy import taper_months

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from doudi.entitlement.awards import AwardColumns
    from doudi.policy import Rules

    Ints = NDArray[np.int64]

_MONTHS_A_YEAR = 12


def with_tapers(
    worked: Worked, awards: AwardColumns, month: Month, rules: Rules, known_at: datetime
) -> Worked:
    """Let awards that no longer hold go on at their last amount while their taper runs.

    The last amount is what was due in the month before the taper began. As many statements as
    there are months in which a running taper began: at most the longest taper.
    """
    if not awards.taper_from.any():
        return worked
    rows = places(awards.id, worked.award)
    begun, length = awards.taper_from[rows], _lengths(awards, rules)[rows]
    now = _count(month)
    runs = (worked.reason == REASONS.index(Reason.HOLDS_NOT)) & (begun > 0)
    runs &= (begun <= now) & (now < begun + length)
    if not runs.any():
        return worked
    amount, members, reason = (
        worked.amount.copy(), worked.members.copy(), worked.reason.copy()
    )  # fmt: skip
    part = np.zeros(len(amount), dtype=np.int64)
    for first in np.unique(begun[runs]):
        chosen = np.flatnonzero(runs & (begun == first))
        last, persons = _due_before(_month(int(first)), worked.award[chosen], known_at)
        amount[chosen], members[chosen], part[chosen] = last, persons, last
    reason[runs] = REASONS.index(Reason.TAPERS)
    return replace(
        worked,
        amount=amount,
        members=members,
        reason=reason,
        components={**worked.components, TAPER: part},
    )


def _lengths(awards: AwardColumns, rules: Rules) -> Ints:
    """How many months each taper may run: as decided, at most what the law then allowed."""
    length = np.zeros(len(awards.id), dtype=np.int64)
    for row in np.flatnonzero(awards.taper_from).tolist():
        decided_on = date.fromisoformat(str(awards.taper_decided[row]))
        length[row] = taper_months(int(awards.taper_months[row]), decided_on, rules)
    return length


def _due_before(first: Month, awards: Ints, known_at: datetime) -> tuple[Ints, Ints]:
    """What these awards were due in the month before one, and for how many persons."""
    rows = only(due_table_at(known_at), "award", awards.tolist()).filter(month=first.plus(-1))
    found = {
        award: (amount, members)
        for award, amount, members in rows.values_list("award_id", "amount_fen", "members")
    }
    table = np.array([found.get(int(award), (0, 0)) for award in awards], dtype=np.int64)
    return table[:, 0], table[:, 1]


def _count(month: Month) -> int:
    """A month as months since year 0, as `award_table` counts."""
    return month.year * _MONTHS_A_YEAR + month.number


def _month(count: int) -> Month:
    """The month that a count stands for."""
    return Month(f"{(count - 1) // _MONTHS_A_YEAR:04d}-{(count - 1) % _MONTHS_A_YEAR + 1:02d}")
