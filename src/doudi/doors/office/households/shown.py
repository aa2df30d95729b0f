"""The page of the list of households: as it is opened, and again when something is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from doudi.doors.office.households import keeping, listing
from doudi.doors.office.households.listed import list_of
from doudi.doors.office.households.wanted import MEMBERS, SORTS, Wanted
from doudi.doors.office.refusing import CONFLICT
from doudi.doors.office.search.limit import count_search
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme, Registration

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest


def show_list(request: OfficeRequest) -> HttpResponse:
    """The list narrowed as the address says, and by the keyword that is sent."""
    typed = request.POST.get("keyword", "").strip()
    wanted = Wanted.asked(request.GET)
    if not typed:
        return _page(request, wanted)
    try:
        count_search(request.sight)
    except Refusal as refusal:
        return _page(request, wanted, refusal=refusal, place="keyword")
    return _page(request, wanted, typed)


def show_refused(request: OfficeRequest, refusal: Refusal, place: str) -> HttpResponse:
    """The list again with what was typed, and why it was refused, leading to its field."""
    return _page(request, Wanted.said(request.POST.get("query", "")), refusal=refusal, place=place)


def _page(
    request: OfficeRequest,
    wanted: Wanted,
    typed: str = "",
    *,
    refusal: Refusal | None = None,
    place: str = "",
) -> HttpResponse:
    """The page; `place` is the field that a refusal is about."""
    sight = request.sight
    listed = list_of(sight, wanted, typed, request)
    communities = listing.communities_of(sight)
    page = {
        "page": listed.page,
        "totals": listed.totals,
        "typed_here": typed,
        "wanted": wanted,
        "chips": wanted.chips(communities),
        "month": listed.month,
        "communities": communities,
        "programmes": list(Programme),
        "registrations": list(Registration),
        "member_kinds": MEMBERS.items(),
        "sorts": SORTS.items(),
        "saved": keeping.views_of(sight.officer),
        "columns": keeping.COLUMNS.items(),
        "left_out": keeping.left_out(sight.officer),
        "refusal": refusal,
        "place": place,
        "sent": request.POST if refusal else {},
        "picked": request.POST.getlist("row") if refusal else [],
    }
    status = CONFLICT if refusal else 200
    return render(request, "office/households/list.html", page, status=status)
