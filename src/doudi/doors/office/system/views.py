"""The administrator's page on the system, and the address that a watchdog asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from doudi.access.models import Role
from doudi.doors.office.guard import open_to, open_to_all
from doudi.doors.office.jobs.asking import ask_for
from doudi.doors.office.system.state import answers, state

if TYPE_CHECKING:
    from django.http import HttpRequest

    from doudi.doors.office.guard import OfficeRequest

_UNAVAILABLE = 503


@open_to(Role.ADMINISTRATOR)
@require_safe
def system(request: OfficeRequest) -> HttpResponse:
    """Versions, sizes, the journal's head, keys, jobs."""
    return render(request, "office/system/state.html", {"state": state()})


@open_to(Role.ADMINISTRATOR)
@require_POST
def verify(request: OfficeRequest) -> HttpResponse:
    """Have the journal verified in the background."""
    return redirect("job", key=ask_for("journal_verify", {}, request.sight).pk)


@open_to_all
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` while the database answers, else 503; nothing more is said to whoever asks."""
    del request
    try:
        answers()
    except DatabaseError:
        return HttpResponse("unavailable", content_type="text/plain", status=_UNAVAILABLE)
    return HttpResponse("ok", content_type="text/plain")
