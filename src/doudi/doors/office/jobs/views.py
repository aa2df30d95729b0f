"""The pages of jobs: how far each has come; a page that is over leads to what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from doudi.doors.office.guard import open_to_officers
from doudi.doors.office.jobs.asking import job_of, jobs_of, stop
from doudi.doors.office.jobs.kinds import KINDS
from doudi.doors.office.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest


@open_to_officers
@require_safe
def jobs(request: OfficeRequest) -> HttpResponse:
    """An officer's own jobs."""
    found = page_of(jobs_of(request.sight), request)
    return render(request, "office/jobs/list.html", {"page": found, "kinds": KINDS})


@open_to_officers
@require_safe
def job(request: OfficeRequest, key: UUID) -> HttpResponse:
    """How far a job has come; asked by htmx, the part of the page that changes."""
    found = job_of(str(key), request.sight)
    kind = KINDS[found.kind]
    page = {
        "job": found,
        "kind": kind,
        "leads_to": kind.leads_to(found) if found.state == "done" else "",
    }
    part = "office/jobs/progress.html" if request.htmx else "office/jobs/job.html"
    return render(request, part, page)


@open_to_officers
@require_POST
def stop_job(request: OfficeRequest, key: UUID) -> HttpResponse:
    """Ask a job to stop."""
    found = job_of(str(key), request.sight)
    stop(found)
    return redirect("job", key=found.pk)
