"""What was worked out beside what stands: what is now to stand, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from doudi.entitlement.worked import REASONS, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from doudi.entitlement.queries.standing import StandingDues
    from doudi.entitlement.worked import Worked

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What is now to stand, one row an award; amounts in fen, `reason` a place in `REASONS`."""

    award: Ints
    amount: Ints
    members: Ints
    reason: Ints
    components: Mapping[str, Ints]


def stated_by(worked: Worked, standing: StandingDues) -> Stated:
    """What was worked out, and nothing for awards no longer in force that still stand as due."""
    open_or_worked = np.concatenate([worked.award, worked.open_award])
    ended = standing.award[~np.isin(standing.award, open_or_worked) & (standing.amount > 0)]
    nothing = np.zeros(len(ended), dtype=np.int64)
    return Stated(
        award=np.concatenate([worked.award, ended]),
        amount=np.concatenate([worked.amount, nothing]),
        members=np.concatenate([worked.members, nothing]),
        reason=np.concatenate([worked.reason, nothing + REASONS.index(Reason.ENDED)]),
        components={
            kind: np.concatenate([column, nothing]) for kind, column in worked.components.items()
        },
    )


def changed_rows(stated: Stated, standing: StandingDues) -> NDArray[np.bool_]:
    """Which awards have no standing row, or one that says something else."""
    places = standing.places(stated.award)
    known = places >= 0
    same = known.copy()
    for now, before in (
        (stated.amount, standing.amount),
        (stated.members, standing.members),
        (stated.reason, standing.reason),
    ):
        same[known] &= now[known] == before[places[known]]
    for kind in {*stated.components, *standing.components}:
        now = stated.components.get(kind, np.zeros(len(stated.award), dtype=np.int64))
        before = standing.components.get(kind, np.zeros(len(standing.award), dtype=np.int64))
        same[known] &= now[known] == before[places[known]]
    return ~same
