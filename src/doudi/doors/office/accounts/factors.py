"""Second factors (双因素): the library's pages, each change of theirs a deed with a record."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.mfa.base.views import IndexView, authenticate, reauthenticate
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import add_webauthn, reauthenticate_webauthn, remove_webauthn
from django.shortcuts import redirect

from doudi.access.actions import record_account_act, record_factors_reset
from doudi.access.journal import deed
from doudi.access.models import AccountAct
from doudi.doors.office.accounts.adapter import address_of
from doudi.doors.office.accounts.gate import owes_factor
from doudi.doors.office.clock import now
from doudi.doors.office.guard import open_to_all, open_to_officers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from doudi.access.models import Officer

Standing = dict[int, tuple[str, str]]
"""By its number: the kind of a second factor, and for recovery codes what tells a set of them."""


class Overview(IndexView):  # type: ignore[misc]  # the library has no types
    """The second factors that one has, and whether one has to have another."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - the library's
        """What the page shows."""
        return {**super().get_context_data(**kwargs), "owes_factor": owes_factor(self.request)}


def standing_factors(officer: Officer) -> Standing:
    """The second factors that an officer has."""
    rows = Authenticator.objects.filter(user=officer)
    return {row.pk: (row.type, str(row.data.get("seed", ""))) for row in rows}


def reset_factors(officer: Officer, *, actor: Officer, at: datetime) -> None:
    """Take away the second factors of an officer who lost them; refuses NOT-ALLOWED."""
    with deed(actor=actor, act="reset_factors", why=f"重置 {officer.username} 的双因素", at=at):
        record_factors_reset(officer, actor=actor, at=at)
        Authenticator.objects.filter(user=officer).delete()


def _kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that changes the officer's second factors: one deed with what it changed."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        officer: Any = request.user
        at = now()
        with deed(actor=officer, act="change_factors", why="修改双因素", at=at):
            before = standing_factors(officer)
            response = view(request, *args, **kwargs)
            _record(request, officer, before, at)
        return response

    return keeping


def _record(request: HttpRequest, officer: Officer, before: Standing, at: datetime) -> None:
    """Put on record what has come and what has gone."""
    after = standing_factors(officer)
    address = address_of(request)
    for key in sorted(after.keys() - before.keys()):
        kind = after[key][0]
        codes = kind == Authenticator.Type.RECOVERY_CODES
        act = AccountAct.CODES_RENEWED if codes else AccountAct.FACTOR_ADDED
        record_account_act(act, detail=kind, address=address, actor=officer, at=at)
    for key in sorted(before.keys() - after.keys()):
        kind = before[key][0]
        if kind != Authenticator.Type.RECOVERY_CODES:
            record_account_act(
                AccountAct.FACTOR_REMOVED, detail=kind, address=address, actor=officer, at=at
            )


def _having(*kinds: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Lead to the overview whoever has no factor of these kinds, for whom the page is empty."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not Authenticator.objects.filter(user=request.user, type__in=kinds).exists():
                return redirect("mfa_index")
            return view(request, *args, **kwargs)

        return asked

    return decorate


def _remove_passkey(request: HttpRequest) -> HttpResponse:
    """Remove one of one's own passkeys, by its number in the form; there is no page to read."""
    number = request.POST.get("passkey", "")
    own = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    found = own.filter(pk=int(number)).first() if _is_number(number) else None
    if found is None:
        return redirect("mfa_index")
    return remove_webauthn(request, pk=found.pk)  # type: ignore[no-any-return]


def _is_number(text: str) -> bool:
    """Whether a text is a number that a row may have."""
    return text.isascii() and text.isdigit() and len(text) < len(str(2**63))


_PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
complete_sign_in = open_to_all(authenticate)
overview = open_to_officers(Overview.as_view())
confirm_by_code = open_to_officers(_having("totp", "recovery_codes")(reauthenticate))
confirm_by_passkey = open_to_officers(_having("webauthn")(reauthenticate_webauthn))
add_authenticator = open_to_officers(_kept(activate_totp))
remove_authenticator = open_to_officers(_having("totp")(_kept(deactivate_totp)))
add_passkey = open_to_officers(_kept(add_webauthn))
remove_passkey = open_to_officers(_kept(_remove_passkey))
show_codes = open_to_officers(_having("recovery_codes")(view_recovery_codes))
renew_codes = open_to_officers(_having(*_PRIMARY)(_kept(generate_recovery_codes)))
