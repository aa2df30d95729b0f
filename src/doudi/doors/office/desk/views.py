"""The desk's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.access.models import Role
from doudi.doors.office.desk.figures import months_paid
from doudi.doors.office.guard import open_to_officers
from doudi.doors.office.worklist.listing import TONES, When, grouped, tasks_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

_SHOWN = 12
"""How many tasks the desk shows; the rest are in the worklist."""


@open_to_officers
@require_safe
def desk(request: OfficeRequest) -> HttpResponse:
    """What an officer sees first: what falls due, what to do, what was paid of late.

    Who sees no cases is greeted, and shown where to go.
    """
    sight = request.sight
    if not sight.roles - {Role.ADMINISTRATOR}:
        return render(request, "office/desk/plain.html")
    tasks = tasks_of(sight)
    page = {
        "strip": [
            (when, TONES[when], sum(task.when is when for task in tasks))
            for when in (When.OVERDUE, When.TODAY, When.SOON, When.WEEK)
        ],
        "groups": grouped(tasks[:_SHOWN]),
        "count": len(tasks),
        "months": months_paid(sight),
    }
    return render(request, "office/desk/desk.html", page)
