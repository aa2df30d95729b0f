"""Every write of payments: a run drafted, checked, approved, sealed, handed out, answered."""

from doudi.payments.actions.draft import Drafted, draft_run, refuse_other_run, require_drafting
from doudi.payments.actions.export import Exported, export_run
from doudi.payments.actions.seal import seal_run
from doudi.payments.actions.settle import Settled, settle_run
from doudi.payments.actions.steps import (
    approve_run,
    cancel_run,
    check_run,
    return_run_to_draft,
)

__all__ = [
    "Drafted",
    "Exported",
    "Settled",
    "approve_run",
    "cancel_run",
    "check_run",
    "draft_run",
    "export_run",
    "refuse_other_run",
    "require_drafting",
    "return_run_to_draft",
    "seal_run",
    "settle_run",
]
