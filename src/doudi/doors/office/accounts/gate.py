"""What comes before any other page: a password of one's own, a second factor if one's role asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.shortcuts import redirect
from django.urls import resolve

from doudi.access.queries import roles_with_duty

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from doudi.access.models import Officer

_PASSWORD_FIRST = {"language", "account_logout", "account_change_password", "account_token"}
_FACTOR_FIRST = _PASSWORD_FIRST | {
    "account_reauthenticate",
    "account",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
"""By the names of their addresses: the pages that stay open until then."""


def has_factor(officer: Officer) -> bool:
    """Whether an officer has a second factor: an authenticator or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=officer, type__in=kinds).exists())


class Gate:
    """Middleware behind the guard: leads an officer to what must be done first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Lead away before the view runs."""
        del view, args, kwargs
        if not request.user.is_authenticated:
            return None
        place = resolve(request.path_info).url_name
        if request.user.must_change_password:
            return None if place in _PASSWORD_FIRST else redirect("account_change_password")
        if place not in _FACTOR_FIRST and owes_factor(request):
            return redirect("mfa_index")
        return None


def owes_factor(request: HttpRequest) -> bool:
    """Whether a role of whoever is signed in needs a second factor that they have not."""
    duty = roles_with_duty() & request.sight.roles  # type: ignore[attr-defined]
    return bool(duty) and not has_factor(request.user)  # type: ignore[arg-type]
