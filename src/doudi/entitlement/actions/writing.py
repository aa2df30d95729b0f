"""Due rows written where they changed: the old belief closed, the new one stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from doudi.access.bulk import Same, insert_columns, update_where
from doudi.access.bulk_reads import read_columns
from doudi.entitlement.awards import places
from doudi.entitlement.comparing import changed_rows, stated_by
from doudi.entitlement.models import (
    Determination,
    Due,
    DueComponent,
    OpenQuestion,
    ParameterSet,
)
from doudi.entitlement.queries.standing import StandingDues, standing_dues, standing_questions
from doudi.entitlement.rules import recovery_permille, values_in_force
from doudi.entitlement.worked import REASONS, Worked
from doudi.policy.rules import RULES_VERSION

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from doudi.access.models import Area, Officer
    from doudi.entitlement.comparing import Stated
    from doudi.kernel.months import Month
    from doudi.policy import Rules

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Written:
    """How many due rows changed, and how many awards can't be determined."""

    changed: int
    undetermined: int


def write_month(
    worked: Worked,
    *,
    area: Area,
    month: Month,
    rules: Rules,
    actor: Officer,
    at: datetime,
    whole: bool,
) -> Written:
    """Write a determination and what it changed; runs inside of the deed that called it."""
    standing = standing_dues(month, worked.households)
    stated = stated_by(worked, standing)
    changed = changed_rows(stated, standing)
    _keep_parameters(rules, month)
    determination = Determination.objects.create(
        area=area,
        month=month,
        known_at=at,
        jurisdiction=rules.jurisdiction,
        fingerprint=rules.fingerprint(month),
        whole=whole,
        recovery_permille=recovery_permille(rules, month),
        awards=len(worked.award) + len(worked.open_award),
        changed=int(changed.sum()),
        undetermined=len(worked.open_award),
        recorded_by=actor,
    )
    _restate_dues(stated, changed, standing, month, determination, at)
    _restate_questions(worked, month, determination, at)
    return Written(int(changed.sum()), len(worked.open_award))


def _keep_parameters(rules: Rules, month: Month) -> None:
    """Keep the parameters themselves once, so that a later change of them can be named."""
    ParameterSet.objects.get_or_create(
        fingerprint=rules.fingerprint(month),
        defaults={"rules_version": RULES_VERSION, "values": values_in_force(rules, month)},
    )


def _restate_dues(
    stated: Stated,
    changed: NDArray[np.bool_],
    standing: StandingDues,
    month: Month,
    determination: Determination,
    at: datetime,
) -> None:
    """Close what changed and state it anew, with its parts."""
    rows = np.flatnonzero(changed)
    rows = rows[np.argsort(stated.award[rows], kind="stable")]  # as the table's index is sorted
    before = standing.places(stated.award[rows])
    update_where(Due, standing.id[before[before >= 0]].tolist(), {"superseded_at": at})
    insert_columns(
        Due,
        {
            "award": stated.award[rows],
            "month": Same(month),
            "amount_fen": stated.amount[rows],
            "members": stated.members[rows],
            "reason": _WORDS[stated.reason[rows]].tolist(),
            "determination": Same(determination.pk),
            "determined_at": Same(at),
        },
    )
    due, award = read_columns(
        ['"id"', '"award_id"'],
        'FROM entitlement_due WHERE "determination_id" = %s',
        [determination.pk],
    )
    _write_parts(stated, rows, due[places(award, stated.award[rows])])


_WORDS = np.array([str(reason) for reason in REASONS])


def _write_parts(stated: Stated, rows: Ints, dues: Ints) -> None:
    """Write what the amounts of these rows are made of, due row by due row."""
    kinds = list(stated.components)
    amounts = np.stack([stated.components[kind][rows] for kind in kinds] or [dues[:0]], axis=1)
    row, kind = np.nonzero(amounts)
    insert_columns(
        DueComponent,
        {
            "due": dues[row],
            "kind": np.array(kinds)[kind].tolist(),
            "amount_fen": amounts[row, kind],
        },
    )


def _restate_questions(
    worked: Worked, month: Month, determination: Determination, at: datetime
) -> None:
    """Close the questions that were answered or changed, and state those that are open now."""
    standing: dict[int, tuple[int, Any]] = standing_questions(month, worked.households)
    now = dict(zip(worked.open_award.tolist(), worked.missing, strict=True))
    stays = {award for award, (_, missing) in standing.items() if now.get(award) == missing}
    closed = [pk for award, (pk, _) in standing.items() if award not in stays]
    update_where(OpenQuestion, closed, {"superseded_at": at})
    opened = {award: missing for award, missing in now.items() if award not in stays}
    insert_columns(
        OpenQuestion,
        {
            "award": list(opened),
            "month": [month] * len(opened),
            "missing": list(opened.values()),
            "determination": [determination.pk] * len(opened),
            "determined_at": [at] * len(opened),
        },
    )
