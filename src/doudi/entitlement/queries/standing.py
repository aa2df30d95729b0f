"""The due rows that stand for a month, as columns to compare a new working-out with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection
from django.db.models import Q

from doudi.access.bulk import among
from doudi.access.bulk_reads import read_columns
from doudi.entitlement.awards import places
from doudi.entitlement.models import DueComponent, OpenQuestion
from doudi.entitlement.worked import KINDS, REASONS
from doudi.kernel.months import Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    of_month = _OfMonth(month, households, known_at)
    number, award, amount, members, reason = of_month.read(
        ['d."id"', 'd."award_id"', 'd."amount_fen"', 'd."members"', _coded("reason", REASONS)]
    )
    order = np.argsort(award, kind="stable")
    number = number[order]
    return StandingDues(
        id=number,
        award=award[order],
        amount=amount[order],
        members=members[order],
        reason=reason[order],
        components=_components(of_month, number),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _OfMonth:
    """The due rows of a month that stand now, or stood at a moment, of some households."""

    month: Month
    households: Ints
    known_at: datetime | None

    def read(self, asked: Sequence[str], join: str = "") -> list[Ints]:
        """Columns of those rows, `d`, and of whatever is joined to them."""
        parameters: list[Any] = [str(self.month)]
        stands = 'd."superseded_at" IS NULL'
        if self.known_at is not None:
            stands = (
                'd."determined_at" <= %s AND (d."superseded_at" IS NULL OR d."superseded_at" > %s)'
            )
            parameters += [connection.ops.adapt_datetimefield_value(self.known_at)] * 2
        is_among, ids = among(self.households.tolist())
        return read_columns(
            asked,
            "FROM entitlement_award a JOIN entitlement_due d"
            f' ON d."award_id" = a."id" AND d."month" = %s AND {stands} {join}'
            f' WHERE a."household_id" {is_among}',
            [*parameters, ids],
        )


def _coded(column: str, words: Sequence[str]) -> str:
    """A word as its place among these; -1 for any other."""
    cases = " ".join(f"WHEN '{word}' THEN {code}" for code, word in enumerate(words))
    return f'CASE "{column}" {cases} ELSE -1 END'


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


def _standing(known_at: datetime | None) -> Q:
    """What stands now, or stood at a moment."""
    if known_at is None:
        return Q(superseded_at=None)
    return Q(determined_at__lte=known_at) & (Q(superseded_at=None) | Q(superseded_at__gt=known_at))


def _components(of_month: _OfMonth, dues: Ints) -> dict[str, Ints]:
    """The parts of these due rows, a column for each kind."""
    due, kind, amount = _parts(of_month, KINDS)
    kinds: Sequence[str] = KINDS
    if (kind < 0).any():  # a part that another version of the rules knew
        kinds = sorted(set(DueComponent.objects.values_list("kind", flat=True).distinct()))
        due, kind, amount = _parts(of_month, kinds)
    rows = places(dues, due)
    columns: dict[str, Ints] = {}
    for code in np.unique(kind).tolist():
        of_kind = kind == code
        columns[kinds[code]] = np.zeros(len(dues), dtype=np.int64)
        columns[kinds[code]][rows[of_kind]] = amount[of_kind]
    return columns


def _parts(of_month: _OfMonth, kinds: Sequence[str]) -> list[Ints]:
    """The due row, the place of the kind and the fen of each part."""
    join = 'JOIN entitlement_duecomponent c ON c."due_id" = d."id"'
    return of_month.read(['c."due_id"', _coded("kind", kinds), 'c."amount_fen"'], join)
