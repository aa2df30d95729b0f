"""The desk's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.doors.office.guard import open_to_officers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to_officers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What an officer sees first."""
    return render(request, "office/desk/desk.html")
