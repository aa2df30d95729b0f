"""Acts that ask once more who sits here (再次确认身份)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from doudi.doors.office.accounts.adapter import is_confirmed
from doudi.doors.office.held import held

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound="Callable[..., HttpResponse]")


def recently_confirmed(view: View) -> View:
    """Declare that an act asks who sits here: a password or a second factor, minutes old.

    Stands below the guard's decorator. A form that was sent is kept in the page meanwhile.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{query}")
        return held(
            request,
            title=gettext("请先确认身份"),
            sentence=gettext("这一步要先再输一次密码或验证码；什么也没有改变，内容还在这一页"),
            door=reverse("account_reauthenticate"),
            call=gettext("在新窗口确认身份"),
        )

    return asked  # type: ignore[return-value]  # the same view, asked first
