"""The page of parameters: they are code and data of the rules; here they are only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from doudi.access.queries import jurisdiction_of
from doudi.doors.office.guard import open_to_officers
from doudi.doors.office.parameters.table import counted, in_force
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.policy import known_jurisdictions, load_rules

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest
    from doudi.doors.office.sight import Sight

_NATION = "CN"


@open_to_officers
@require_safe
def parameters(request: OfficeRequest) -> HttpResponse:
    """The values in force in a month, with document and how sure; narrowed by status."""
    folders = tuple(settings.PARAMETER_FOLDERS)
    known = known_jurisdictions(folders)
    place = request.GET.get("place", "")
    place = place if place in known else _own(request.sight, known)
    refusal, month = None, Month.of(request.sight.on)
    try:
        month = Month(request.GET.get("month") or month)
    except Refusal as refused:
        refusal = refused
    language = "en" if (get_language() or "").startswith("en") else "zh"
    families = in_force(load_rules(place, None, folders), month, language)
    status = request.GET.get("status", "")
    counts = counted(families)
    if status:
        families = {
            name: kept
            for name, rows in families.items()
            if (kept := [each for each in rows if each.status == status])
        }
    page = {
        "families": families.items(),
        "counts": counts,
        "status": status,
        "places": known,
        "place": place,
        "month": month,
        "refusal": refusal,
    }
    return render(request, "office/parameters/list.html", page, status=400 if refusal else 200)


def _own(sight: Sight, known: list[str]) -> str:
    """The jurisdiction where the officer works; the nation's rules where none is named there."""
    for appointment in sight.appointments:
        try:
            found = jurisdiction_of(appointment.area)
        except Refusal:
            continue
        if found in known:
            return found
    return _NATION
