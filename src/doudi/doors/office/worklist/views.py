"""The worklist's page; printed, it is the list for the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.worklist.listing import grouped, tasks_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest


@open_to(*CASE_ROLES)
@require_safe
def worklist(request: OfficeRequest) -> HttpResponse:
    """Everything that awaits the officer, grouped by when it is due."""
    tasks = tasks_of(request.sight)
    page = {"groups": grouped(tasks), "count": len(tasks)}
    return render(request, "office/worklist/list.html", page)
