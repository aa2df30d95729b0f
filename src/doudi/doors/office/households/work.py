"""The job behind a long list's export: the same workbook as a short one's, told row by row."""

from __future__ import annotations

from typing import Any

from doudi.doors.office.households.exporting import Asked, keep_file, write_list
from doudi.doors.office.households.wanted import Wanted
from doudi.doors.office.jobs.carrying import Carried, works
from doudi.doors.office.sight import Sight


@works("household_list")
def export_list(job: Carried) -> dict[str, Any]:
    """Write the list and keep it for the officer; answers that it is there."""
    sight = Sight(job.officer, job.at)
    asked = Asked(Wanted.said(job.asked["query"]), (), str(job.asked["why"]))
    keep_file(str(job.job.pk), write_list(asked, sight, job.tell), sight)
    return {"file": str(job.job.pk)}
