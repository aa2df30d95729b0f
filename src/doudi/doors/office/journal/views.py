"""The page of the journal: who did what, when and why, with the columns that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.access.queries import entries
from doudi.doors.office.guard import open_to
from doudi.doors.office.journal.asked import READING, Asked, asked_by, found
from doudi.doors.office.journal.masking import changes_in
from doudi.doors.office.paging import page_of
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

_BAD_REQUEST = 400


@open_to(*READING)
@require_safe
def journal(request: OfficeRequest) -> HttpResponse:
    """What fits the search, the latest first."""
    refusal = None
    try:
        asked = asked_by(request.GET.dict())
        rows = found(asked, request.sight)
    except Refusal as refused:
        refusal, asked, rows = refused, Asked(), entries().none()
    listed = page_of(rows, request)
    page = {
        "asked": asked,
        "said": request.GET,
        "refusal": refusal,
        "page": listed.of([(entry, changes_in(entry)) for entry in listed.rows]),
    }
    status = _BAD_REQUEST if refusal else 200
    return render(request, "office/journal/list.html", page, status=status)
