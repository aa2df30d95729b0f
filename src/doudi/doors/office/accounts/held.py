"""A form that can't be taken now (表单暂存): what was filled in stays in the browser's page.

When the session has ended meanwhile, or somebody has to confirm who they are, the fields come
back in a page that sends them again. The server keeps none of them.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from doudi.doors.office.accounts.adapter import is_confirmed
from doudi.doors.office.refusing import forged

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

View = TypeVar("View", bound="Callable[..., HttpResponse]")

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_UNAUTHORISED, _OK = 401, 200


def signed_out(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in; a form that was sent is kept in the page meanwhile."""
    if not _is_form(request):
        if request.headers.get("HX-Request"):
            here = urlsplit(request.headers.get("HX-Current-URL", "/")).path
            door = redirect_to_login(here)["Location"]
            return HttpResponse(status=_UNAUTHORISED, headers={"HX-Redirect": door})
        return redirect_to_login(request.get_full_path())
    return _held(
        request,
        title=gettext("登录已过期"),
        sentence=gettext("很久没有操作，已自动退出；什么也没有改变，您填写的内容还在这一页"),
        door=reverse("account_login"),
        call=gettext("在新窗口登录"),
    )


def recently_confirmed(view: View) -> View:
    """Declare that an act asks who sits here: a password or a second factor, minutes old.

    Stands below the guard's decorator. A form that was sent is kept in the page meanwhile.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        if not _is_form(request):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{query}")
        return _held(
            request,
            title=gettext("请先确认身份"),
            sentence=gettext("这一步要先再输一次密码或验证码；什么也没有改变，内容还在这一页"),
            door=reverse("account_reauthenticate"),
            call=gettext("在新窗口确认身份"),
        )

    return asked  # type: ignore[return-value]  # the same view, asked first


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with a token from before the last log-in: shown once more, to be sent again.

    Only one that comes from a page of ours, as the browser itself says in `Origin`; any other
    is refused as forged, and so are the account's own forms, which hold passwords.
    """
    is_own = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    is_account = request.path.startswith(reverse("account"))
    if not (is_own and request.user.is_authenticated and _is_form(request)) or is_account:
        return forged(request, reason)
    return _held(
        request,
        title=gettext("请再提交一次"),
        sentence=gettext("您刚才重新登录过；内容都在，请核对后再提交一次"),
        door="",
        call="",
    )


def _is_form(request: HttpRequest) -> bool:
    """Whether a form came with anything in it but its token."""
    return request.method == "POST" and bool((set(request.POST) | set(request.FILES)) - {TOKEN})


def _held(request: HttpRequest, *, title: str, sentence: str, door: str, call: str) -> HttpResponse:
    """The page that keeps a form; htmx is told to show it in place of the whole page's body."""
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
