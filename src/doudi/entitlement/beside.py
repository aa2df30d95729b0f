"""What stood for a month at a moment, and a working-out laid beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from doudi.entitlement.comparing import Stated, changed_rows, stated_by
from doudi.entitlement.queries.standing import StandingDues, standing_dues, standing_questions
from doudi.entitlement.worked import REASONS, Reason

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from doudi.entitlement.worked import Worked
    from doudi.kernel.months import Month

    Ints = NDArray[np.int64]

Missing = Mapping[int, list[str]]
"""What the award of an id lacks, by key."""


@dataclass(frozen=True, slots=True)
class Came:
    """What an award came to for the month: fen, persons, reason, parts in fen by kind."""

    amount_fen: int
    members: int
    reason: Reason
    parts: Mapping[str, int]


class _Columns(Protocol):
    """What awards come to, in columns."""

    @property
    def award(self) -> Ints:
        """The award's id."""

    @property
    def amount(self) -> Ints:
        """In fen."""

    @property
    def members(self) -> Ints:
        """For how many persons."""

    @property
    def reason(self) -> Ints:
        """A place in `REASONS`."""

    @property
    def components(self) -> Mapping[str, Ints]:
        """Parts by kind, in fen."""


@dataclass(frozen=True, slots=True, eq=False)
class Stood:
    """The due rows and the open questions of a month that stood at a moment."""

    dues: StandingDues
    questions: Missing

    def beside(self, worked: Worked) -> Beside:
        """A working-out of the same households beside it."""
        stated = stated_by(worked, self.dues)
        questions = dict(zip(worked.open_award.tolist(), worked.missing, strict=True))
        return Beside(self, stated, questions)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What stood, and what is stated now: amounts, and what awards lack."""

    then: Stood
    stated: Stated
    questions: Missing

    @property
    def differing(self) -> set[int]:
        """The ids of awards of which the two say something else."""
        amounts = self.stated.award[changed_rows(self.stated, self.then.dues)].tolist()
        asked = self.questions.keys() | self.then.questions.keys()
        return {
            *amounts,
            *(each for each in asked if self.missing_then(each) != self.missing_now(each)),
        }

    def stood(self, award: int) -> Came | None:
        """What stood for an award; None where nothing did."""
        return _came(self.then.dues, award)

    def now(self, award: int) -> Came | None:
        """What is stated of an award now; None where nothing is."""
        return _came(self.stated, award)

    def missing_then(self, award: int) -> tuple[str, ...]:
        """What the award lacked, by key."""
        return tuple(self.then.questions.get(award, ()))

    def missing_now(self, award: int) -> tuple[str, ...]:
        """What the award lacks now, by key."""
        return tuple(self.questions.get(award, ()))


def what_stood(month: Month, households: Ints, known_at: datetime) -> Stood:
    """What stood for these households' awards at a moment; three statements."""
    questions = standing_questions(month, households, known_at)
    return Stood(
        standing_dues(month, households, known_at),
        {award: list(missing) for award, (_, missing) in questions.items()},
    )


def _came(columns: _Columns, award: int) -> Came | None:
    """An award's row; parts of nothing are left out, as they are when written."""
    rows = (columns.award == award).nonzero()[0]
    if len(rows) == 0:
        return None
    row = int(rows[0])
    parts = {kind: int(column[row]) for kind, column in sorted(columns.components.items())}
    return Came(
        amount_fen=int(columns.amount[row]),
        members=int(columns.members[row]),
        reason=REASONS[int(columns.reason[row])],
        parts={kind: fen for kind, fen in parts.items() if fen},
    )
