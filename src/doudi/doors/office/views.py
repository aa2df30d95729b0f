"""The half-year report as a page: figures with their definitions, and nobody's name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from doudi.access.queries import find_area
from doudi.kernel.refusals import Refusal
from doudi.warehouse.report import half_year

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_BEIJING = ZoneInfo("Asia/Shanghai")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Go to the report that the office was opened with (`doudi serve --period --area`)."""
    del request
    return redirect("report", period=settings.FRONT_PERIOD, code=settings.FRONT_AREA)


@require_safe
def report(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """The report of a period and an area; a sentence where there is none."""
    try:
        made = half_year(period, find_area(code), actor=None, at=datetime.now(tz=_BEIJING))
    except Refusal as refusal:
        sentence = refusal.sentence(gettext)
        return render(request, "office/refused.html", {"sentence": sentence}, status=404)
    remarks = [remark.sentence(gettext) for remark in made.remarks]
    return render(request, "office/report.html", {"report": made, "remarks": remarks})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the user's language that there is no such page."""
    del exception
    sentence = gettext("没有这个页面，请从首页重新进入")
    return render(request, "office/refused.html", {"sentence": sentence}, status=404)
