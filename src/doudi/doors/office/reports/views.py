"""The half-year report as a page: figures with their definitions, and nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from doudi.access.queries import find_area
from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.refusing import refused
from doudi.kernel.refusals import Refusal
from doudi.warehouse.report import half_year

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest


@open_to(*CASE_ROLES)
@require_safe
def report(request: OfficeRequest, period: str, code: str) -> HttpResponse:
    """The report of a period and an area; a sentence where there is none."""
    sight = request.sight
    place = code.replace("\0", " ")  # which PostgreSQL takes in no text
    try:
        made = half_year(period, find_area(place), actor=sight.officer, at=sight.at)
    except Refusal as refusal:
        return refused(request, refusal.sentence(gettext))
    page = {
        "report": made,
        "remarks": [remark.sentence(gettext) for remark in made.remarks],
        "known": gettext("数据截至 {moment}").format(moment=f"{sight.at:%Y-%m-%d %H:%M}"),
    }
    return render(request, "office/reports/report.html", page)
