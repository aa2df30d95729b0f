"""The due rows that stand for a month, as columns to compare a new working-out with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from doudi.entitlement.awards import places
from doudi.entitlement.models import DueComponent, OpenQuestion
from doudi.entitlement.queries.dues import due_table
from doudi.entitlement.worked import REASONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from doudi.kernel.months import Month

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StandingDues:
    """Standing due rows of a month, one an award; amounts in fen."""

    id: Ints
    award: Ints
    amount: Ints
    members: Ints
    reason: Ints
    components: Mapping[str, Ints]

    def places(self, awards: Ints) -> Ints:
        """The place of each award's row; -1 where none stands."""
        return places(self.award, awards)


def standing_dues(month: Month, households: Ints) -> StandingDues:
    """The rows that stand for a month, of these households' awards; two statements."""
    codes = {str(reason): code for code, reason in enumerate(REASONS)}
    rows = due_table().filter(month=month).order_by("award_id")
    table = np.array(
        [
            (pk, award, household, amount, members, codes[reason])
            for pk, award, household, amount, members, reason in rows.values_list(
                "pk", "award_id", "award__household_id", "amount_fen", "members", "reason"
            ).iterator()
        ],
        dtype=np.int64,
    ).reshape(-1, 6)
    table = table[np.isin(table[:, 2], households)]
    return StandingDues(
        id=table[:, 0],
        award=table[:, 1],
        amount=table[:, 3],
        members=table[:, 4],
        reason=table[:, 5],
        components=_components(month, table[:, 0]),
    )


def standing_questions(month: Month, households: Ints) -> dict[int, tuple[int, Any]]:
    """The open questions of a month: for each award the row and what it lacks."""
    rows = OpenQuestion.objects.filter(superseded_at=None, month=month)
    looked_at = set(households.tolist())
    return {
        award: (pk, missing)
        for pk, award, household, missing in rows.values_list(
            "pk", "award_id", "award__household_id", "missing"
        )
        if household in looked_at
    }


def _components(month: Month, dues: Ints) -> dict[str, Ints]:
    """The parts of these due rows, a column for each kind."""
    columns: dict[str, Ints] = {}
    rows = DueComponent.objects.filter(due__month=month, due__superseded_at=None)
    order = {int(due): place for place, due in enumerate(dues)}
    for due, kind, amount in rows.values_list("due_id", "kind", "amount_fen").iterator():
        if due in order:
            column = columns.setdefault(kind, np.zeros(len(dues), dtype=np.int64))
            column[order[due]] = amount
    return columns
