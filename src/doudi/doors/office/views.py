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
    at = datetime.now(tz=_BEIJING)
    place = code.replace("\0", " ")  # which PostgreSQL takes in no text
    try:
        made = half_year(period, find_area(place), actor=None, at=at)
    except Refusal as refusal:
        return _refused(request, refusal.sentence(gettext))
    page = {
        "report": made,
        "remarks": [remark.sentence(gettext) for remark in made.remarks],
        "known": gettext("数据截至 {moment}").format(moment=f"{at:%Y-%m-%d %H:%M}"),
    }
    return render(request, "office/report.html", page)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the user's language that there is no such page."""
    del exception
    return _refused(request, gettext("没有这个页面，请从首页重新进入"))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not sent from a page of ours, or its cookie was not kept."""
    del reason
    sentence = gettext("浏览器没有带回本页的 Cookie，什么也没有改变；请允许 Cookie，回到首页再试")
    return _refused(request, sentence, title=gettext("没有接受"), status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that a page could not be made; the cause stands where the server was started."""
    sentence = gettext("页面没有做成，原因见启动网页的窗口；请稍后重试")
    return _refused(request, sentence, title=gettext("出错了"), status=500)


def _refused(
    request: HttpRequest, sentence: str, *, title: str = "", status: int = 404
) -> HttpResponse:
    """The page that says why there is nothing to show."""
    page = {"title": title or gettext("没有找到"), "sentence": sentence}
    return render(request, "office/refused.html", page, status=status)
