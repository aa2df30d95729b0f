"""A form that can't be taken now (表单暂存): what was filled in stays in the browser's page.

When the session has ended meanwhile, or somebody has to confirm who they are, the fields come
back in a page that sends them again. The server keeps none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from doudi.doors.office.refusing import forged

if TYPE_CHECKING:
    from django.http import HttpRequest

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_UNAUTHORISED, _OK = 401, 200


def signed_out(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in; a form that was sent is kept in the page meanwhile."""
    if not is_form(request):
        if request.headers.get("HX-Request"):
            here = urlsplit(request.headers.get("HX-Current-URL", "/")).path
            door = redirect_to_login(here)["Location"]
            return HttpResponse(status=_UNAUTHORISED, headers={"HX-Redirect": door})
        return redirect_to_login(request.get_full_path())
    return held(
        request,
        title=gettext("登录已过期"),
        sentence=gettext("很久没有操作，已自动退出；什么也没有改变，您填写的内容还在这一页"),
        door=reverse("account_login"),
        call=gettext("在新窗口登录"),
    )


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with a token from before the last log-in: shown once more, to be sent again.

    Only one that comes from a page of ours, as the browser itself says in `Origin`; any other
    is refused as forged, and so are the account's own forms, which hold passwords.
    """
    is_own = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    is_account = request.path.startswith(reverse("account"))
    if not (is_own and request.user.is_authenticated and is_form(request)) or is_account:
        return forged(request, reason)
    return held(
        request,
        title=gettext("请再提交一次"),
        sentence=gettext("您刚才重新登录过；内容都在，请核对后再提交一次"),
        door="",
        call="",
    )


def is_form(request: HttpRequest) -> bool:
    """Whether a form came with anything in it but its token."""
    return request.method == "POST" and bool((set(request.POST) | set(request.FILES)) - {TOKEN})


def held(request: HttpRequest, *, title: str, sentence: str, door: str, call: str) -> HttpResponse:
    """The page that keeps a form, with the `door` to go through first.

    htmx is told to show it in place of the page's main part.
    """
    query = urlencode({"next": reverse("account_back")})
    page = {
        "layout": "office/plain.html",
        "title": title,
        "sentence": sentence,
        "door": f"{door}?{query}" if door else "",
        "call": call,
        "action": request.get_full_path(),
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            if name != TOKEN
            for value in values
        ],
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
    }
    is_htmx = bool(request.headers.get("HX-Request"))
    status = _OK if is_htmx or not door else _UNAUTHORISED
    response = render(request, "office/accounts/held.html", page, status=status)
    if is_htmx:
        response["HX-Retarget"], response["HX-Reswap"] = "#main", "innerHTML"
        response["HX-Reselect"] = "#main > *"
    return response
