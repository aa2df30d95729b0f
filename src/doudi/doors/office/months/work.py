"""The job behind “核定并拟定”: what `doudi run` does, told step by step."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from doudi.access.queries import find_area
from doudi.doors.office.jobs.carrying import Carried, works
from doudi.entitlement.actions import determine_month
from doudi.kernel.months import Month
from doudi.payments.actions import draft_run, refuse_other_run, require_drafting
from doudi.payments.turns import the_only_run

_STEPS = 2


@works("run")
def work_out_and_draft(job: Carried) -> dict[str, Any]:
    """Determine a month and draft its run; answers the run's number, if there is one."""
    month, area = Month(job.asked["month"]), find_area(job.asked["area"])
    actor, at = job.officer, job.at
    with the_only_run():
        require_drafting(area, actor=actor, at=at)
        refuse_other_run(month, area)
        job.tell(0, _STEPS, gettext("正在核定应发"))
        worked = determine_month(area=area, month=month, actor=actor, at=at)
        job.tell(1, _STEPS, gettext("正在拟定发放批次"))
        drafted = draft_run(month=month, area=area, actor=actor, at=at)
    return {
        "run": drafted.run.number if drafted.run else None,
        "changed": sum(each.changed for each in worked),
        "held": len(drafted.held),
    }
