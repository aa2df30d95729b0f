"""The job that verifies the journal: when it was last done, and what was found, stays on record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from doudi.access.queries import verify_journal
from doudi.doors.office.jobs.carrying import Carried, works


@works("journal_verify")
def verify(job: Carried) -> dict[str, Any]:
    """Recompute the chain of seals; answers its head and what was found, in words."""
    job.tell(0, 1, gettext("正在核验操作日志"))
    result = verify_journal()
    return {
        "head": result.head,
        "findings": [finding.sentence(gettext) for finding in result.findings],
    }
