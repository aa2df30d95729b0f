"""The due rows that stand for a month, as columns to compare a new working-out with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Q

from doudi.entitlement.awards import places
from doudi.entitlement.models import Due, DueComponent, OpenQuestion
from doudi.entitlement.worked import REASONS

if TYPE_CHECKING:
    from datetime import datetime

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


def standing_dues(month: Month, households: Ints, known_at: datetime | None = None) -> StandingDues:
    """The rows that stand for a month, or stood at a moment, of these households' awards.

    Two statements.
    """
    codes = {str(reason): code for code, reason in enumerate(REASONS)}
    rows = Due.objects.filter(_standing(known_at), month=month).order_by("award_id")
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
        components=_components(month, known_at, table[:, 0]),
    )


def standing_questions(
    month: Month, households: Ints, known_at: datetime | None = None
) -> dict[int, tuple[int, Any]]:
    """The open questions of a month, now or at a moment: for each award row and what it lacks."""
    rows = OpenQuestion.objects.filter(_standing(known_at), month=month)
    looked_at = set(households.tolist())
    return {
        award: (pk, missing)
        for pk, award, household, missing in rows.values_list(
            "pk", "award_id", "award__household_id", "missing"
        )
        if household in looked_at
    }


def _standing(known_at: datetime | None, of: str = "") -> Q:
    """What stands now, or stood at a moment; `of` is the way to the row that does."""
    if known_at is None:
        return Q(**{f"{of}superseded_at": None})
    still = Q(**{f"{of}superseded_at": None}) | Q(**{f"{of}superseded_at__gt": known_at})
    return Q(**{f"{of}determined_at__lte": known_at}) & still


def _components(month: Month, known_at: datetime | None, dues: Ints) -> dict[str, Ints]:
    """The parts of these due rows, a column for each kind."""
    columns: dict[str, Ints] = {}
    order = {int(due): place for place, due in enumerate(dues)}
    parts = DueComponent.objects.filter(_standing(known_at, "due__"), due__month=month)
    for due, kind, amount in parts.values_list("due_id", "kind", "amount_fen").iterator():
        if due in order:
            column = columns.setdefault(kind, np.zeros(len(dues), dtype=np.int64))
            column[order[due]] = amount
    return columns
