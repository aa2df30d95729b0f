"""Sealing a run (封存): from here on it counts as paid, and nothing in it can change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries
from doudi.payments.actions.rights import require_new_hand, require_one_of
from doudi.payments.actions.steps import at_step
from doudi.payments.contents import content_hash
from doudi.payments.models import Run, Stage
from doudi.payments.roles import HANDLING

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer


def seal_run(number: str, *, actor: Officer, at: datetime) -> Run:
    """Seal an approved run: its lines count as paid, under the hash of its contents.

    Refuses NOT-ALLOWED, RUN-SAME, RUN-STEP, RUN-UNKNOWN; RUN-STALE where some line is no longer
    due, so that a run never pays more than stands at its seal; RUN-SUM where a payment isn't the
    sum of its lines.
    """
    with deed(actor=actor, act="seal_run", why=f"封存批次 {number}", at=at):
        run = at_step(number, Stage.APPROVED)
        require_one_of(HANDLING, actor=actor, area=run.area, at=at)
        require_new_hand(run, actor=actor)
        _refuse_stale(run)
        _refuse_unbalanced(run)
        run.content_hash = content_hash(queries.contents_of(run))
        run.sealed_by, run.sealed_at = actor, at
        run.save(update_fields=["sealed_by", "sealed_at", "content_hash"])
    return run


def _refuse_stale(run: Run) -> None:
    """Refuse a run with a line that goes beyond what is now due and not paid."""
    stale = queries.lines_beyond_due(run)
    if stale:
        raise Refusal(
            "RUN-STALE",
            N_(
                "批次 {run} 拟定以后，{count} 项应发有变化；请作废它"
                "（doudi payroll cancel {run}）后重新拟定"
            ),
            run=run.number,
            count=stale,
        )


def _refuse_unbalanced(run: Run) -> None:
    """Refuse a run with a payment that isn't the sum of its lines: its rows were tampered with."""
    wrong = queries.unbalanced_payments(run).count()
    if wrong:
        raise Refusal(
            "RUN-SUM",
            N_("批次 {run} 有 {count} 笔发放与其明细之和不符，请作废后重新拟定并核查操作日志"),
            run=run.number,
            count=wrong,
        )
