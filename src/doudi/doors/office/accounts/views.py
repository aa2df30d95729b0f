"""An officer's own account: signing in and out, the password, where one is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.logout import logout as sign_out_of_the_library
from allauth.account.views import login as library_login
from allauth.account.views import reauthenticate as library_reauthenticate
from allauth.usersessions.views import list_usersessions
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from doudi.access.actions import change_password, record_account_act
from doudi.access.models import AccountAct
from doudi.access.queries import account_records
from doudi.doors.office.accounts.adapter import address_of
from doudi.doors.office.accounts.forms import NewPassword
from doudi.doors.office.accounts.gate import has_factor, owes_factor
from doudi.doors.office.clock import now
from doudi.doors.office.guard import open_to_all, open_to_officers
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from doudi.doors.office.guard import OfficeRequest

_SHOWN = 20

sign_in = open_to_all(library_login)
confirm = open_to_officers(library_reauthenticate)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, also half-way through signing in."""
    sign_out_of_the_library(request, show_message=False)
    return redirect("account_login")


@open_to_officers
@require_safe
def account(request: OfficeRequest) -> HttpResponse:
    """What there is to one's own account, and what happened at its door."""
    page = {
        "records": account_records(request.user)[:_SHOWN],
        "has_factor": has_factor(request.user),
    }
    return render(request, "office/accounts/account.html", page)


@open_to_officers
@sensitive_post_parameters("old", "new", "again")
def password(request: OfficeRequest) -> HttpResponse:
    """Change one's own password; the first one has to be changed before anything else."""
    form = NewPassword(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(
                request.user, password=form.cleaned_data["new"], actor=request.user, at=now()
            )
        except Refusal as refusal:
            form.add_error("new", refusal.sentence(gettext))
        else:
            update_session_auth_hash(request, request.user)
            return redirect("mfa_index" if owes_factor(request) else "account")
    page = {"form": form, "is_first": request.user.must_change_password}
    return render(request, "office/accounts/password.html", page)


@open_to_officers
def sessions(request: OfficeRequest) -> HttpResponse:
    """Where one is signed in, and the end of all but this."""
    response: Any = list_usersessions(request)
    if request.method == "POST":
        record_account_act(
            AccountAct.SESSIONS_ENDED, address=address_of(request), actor=request.user, at=now()
        )
    return response  # type: ignore[no-any-return]


@open_to_officers
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The window in which somebody signed in again: it may be closed."""
    return render(request, "office/accounts/back.html", {"layout": "office/plain.html"})


@open_to_officers
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """A fresh token for a form that was kept in the browser while its sender signed in."""
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return HttpResponse(format_html(field, get_token(request)))
