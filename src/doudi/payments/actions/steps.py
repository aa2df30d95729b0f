"""The steps between draft and seal (复核、批准、退回、作废): each by another officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries
from doudi.payments.actions.rights import require_new_hand, require_one_of
from doudi.payments.models import Run, Stage
from doudi.payments.roles import APPROVING, CHECKING, SENDING_BACK
from doudi.payments.turns import take_turn

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer


def check_run(number: str, *, actor: Officer, at: datetime) -> Run:
    """Check a drafted run (复核); refuses NOT-ALLOWED, RUN-SAME, RUN-STEP, RUN-UNKNOWN."""
    with deed(actor=actor, act="check_run", why=f"复核批次 {number}", at=at):
        run = at_step(number, Stage.DRAFTED)
        require_one_of(CHECKING, actor=actor, area=run.area, at=at)
        require_new_hand(run, actor=actor)
        run.checked_by, run.checked_at = actor, at
        run.save(update_fields=["checked_by", "checked_at"])
    return run


def approve_run(number: str, *, actor: Officer, at: datetime) -> Run:
    """Approve a checked run (批准); refuses NOT-ALLOWED, RUN-SAME, RUN-STEP, RUN-UNKNOWN."""
    with deed(actor=actor, act="approve_run", why=f"批准批次 {number}", at=at):
        run = at_step(number, Stage.CHECKED)
        require_one_of(APPROVING, actor=actor, area=run.area, at=at)
        require_new_hand(run, actor=actor)
        run.approved_by, run.approved_at = actor, at
        run.save(update_fields=["approved_by", "approved_at"])
    return run


def return_run_to_draft(number: str, *, why: str, actor: Officer, at: datetime) -> Run:
    """Send a checked or approved run back to its draft (退回); the journal keeps the steps.

    Refuses NOT-ALLOWED, RUN-STEP, RUN-UNKNOWN, RUN-WHY.
    """
    _require_reason(why)
    with deed(actor=actor, act="return_run_to_draft", why=why, at=at):
        run = at_step(number, Stage.CHECKED, Stage.APPROVED)
        require_one_of(SENDING_BACK, actor=actor, area=run.area, at=at)
        run.checked_by = run.checked_at = run.approved_by = run.approved_at = None
        run.save(update_fields=["checked_by", "checked_at", "approved_by", "approved_at"])
    return run


def cancel_run(number: str, *, why: str, actor: Officer, at: datetime) -> Run:
    """Cancel an open run (作废): all that it would have paid is due as before.

    Refuses NOT-ALLOWED, RUN-STEP, RUN-UNKNOWN, RUN-WHY.
    """
    _require_reason(why)
    with deed(actor=actor, act="cancel_run", why=why, at=at):
        run = at_step(number, Stage.DRAFTED, Stage.CHECKED, Stage.APPROVED)
        require_one_of(SENDING_BACK, actor=actor, area=run.area, at=at)
        run.cancelled_by, run.cancelled_at, run.cancelled_why = actor, at, why[:200]
        run.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_why"])
    return run


def at_step(number: str, *expected: Stage) -> Run:
    """Take the turn and the run, which must stand at one of these steps; refuses RUN-STEP."""
    take_turn()
    run = queries.run_numbered(number)
    if run.step not in expected:
        raise Refusal(
            "RUN-STEP",
            N_("批次 {run} 现在是“{step}”，只有“{expected}”的批次可以这样办理"),
            run=run.number,
            step=run.step,
            expected=expected,
        )
    return run


def _require_reason(why: str) -> None:
    if not why.strip():
        raise Refusal("RUN-WHY", N_("请写明原因，它会留在操作日志里"))
