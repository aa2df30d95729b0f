"""The page of the search: the form is sent, so that what was typed is in no address and no log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.search.found import found_by
from doudi.doors.office.search.limit import count_search
from doudi.kernel.refusals import Refusal
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

TOO_MANY = 429


@open_to(*CASE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: OfficeRequest) -> HttpResponse:
    """The box alone, or what was found by what is sent from it."""
    sight = request.sight
    typed = request.POST.get("q", "").strip()
    page: dict[str, object] = {"typed": typed, "most": registry.MOST}
    if not typed:
        return render(request, "office/search/results.html", page)
    try:
        count_search(sight)
    except Refusal as refusal:
        page["refusal"] = refusal
        return render(request, "office/search/results.html", page, status=TOO_MANY)
    hits = registry.find(typed, sight.officer, sight.on)
    page["rows"] = found_by(hits, sight)
    page["is_full"] = len(hits) == registry.MOST
    return render(request, "office/search/results.html", page)
