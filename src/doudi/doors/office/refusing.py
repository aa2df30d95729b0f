"""How a page says no: one sentence, in the reader's language, with a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext

from doudi.kernel.refusals import N_, Refusal, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

    from doudi.access.models import Role

CONFLICT = 409
"""What was asked is clear and can't be done as things stand."""


def refused(
    request: HttpRequest, sentence: str, *, title: str = "", status: int = 404
) -> HttpResponse:
    """The page that says why there is nothing to show, or why nothing was done."""
    page = {"title": title or gettext("没有找到"), "sentence": sentence}
    return render(request, "office/refused.html", page, status=status)


def not_allowed(request: HttpRequest, roles: Iterable[Role]) -> HttpResponse:
    """The page for an officer whose roles don't open it: it names those that do."""
    if roles:
        message = N_("这一页由“{roles}”岗位使用，您今天没有这样的岗位")
        sentence = filled(message, {"roles": tuple(sorted(roles))}, gettext)
    else:
        sentence = gettext("这一页您不能使用")
    return refused(request, sentence, title=gettext("没有权限"), status=403)


class Refusals:
    """Middleware: a refusal that no view has shown in its place becomes a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; other exceptions are faults of ours."""
        if not isinstance(exception, Refusal):
            return None
        sentence = exception.sentence(gettext)
        return refused(request, sentence, title=gettext("没有办成"), status=CONFLICT)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the user's language that there is no such page."""
    del exception
    return refused(request, gettext("没有这个页面，请从首页重新进入"))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not sent from a page of ours, or its cookie was not kept."""
    del reason
    sentence = gettext("浏览器没有带回本页的 Cookie，什么也没有改变；请允许 Cookie，回到首页再试")
    return refused(request, sentence, title=gettext("没有接受"), status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that a page could not be made; the cause stands where the server was started."""
    sentence = gettext("页面没有做成，原因见启动网页的窗口；请稍后重试")
    return refused(request, sentence, title=gettext("出错了"), status=500)
