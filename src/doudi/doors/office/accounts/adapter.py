"""What django-allauth asks of us: how a sign-in is counted, kept on record and refused."""

from __future__ import annotations

import time
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext

from doudi.access.actions import (
    begin_sign_in,
    change_password,
    end_sign_in,
    record_account_act,
)
from doudi.access.keys import office_keys
from doudi.access.models import AccountAct
from doudi.access.queries import system_officer
from doudi.doors.office.clock import now
from doudi.kernel.refusals import Refusal
from doudi.kernel.sealing import seal, unseal

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from doudi.access.models import Officer

_SEALED = {"purpose": "second_factor", "place": "mfa_authenticator"}
_V4_NETWORK, _V6_NETWORK = 24, 48


def address_of(request: HttpRequest) -> str:
    """The network that a request comes from, without the machine's own part."""
    address = DefaultAccountAdapter().get_client_ip(request)
    bits = _V6_NETWORK if ":" in address else _V4_NETWORK
    return str(ip_network(f"{address}/{bits}", strict=False))


def confirmed_at(request: HttpRequest) -> float:
    """When whoever sits here last gave a password or a second factor; 0 for never (seconds)."""
    records = get_authentication_records(request, request.user)
    return float(records[-1]["at"]) if records else 0.0


def is_confirmed(request: HttpRequest) -> bool:
    """Whether that was within the last minutes."""
    return time.time() - confirmed_at(request) < float(app_settings.REAUTHENTICATION_TIMEOUT)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Sign-ins counted by `access`, where all processes see them and the journal keeps them."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Officer | None:  # noqa: ANN401 - the library's signature
        """The officer with this username and password; raises ValidationError when locked out."""
        username = str(credentials.get("username", "")).strip().lower()
        password = credentials.get("password", "")
        system, address = system_officer(), address_of(request)
        try:
            attempt = begin_sign_in(username, address=address, actor=system, at=now())
        except Refusal as refusal:
            raise ValidationError(refusal.sentence(gettext), code="locked") from refusal
        officer = authenticate(request, username=username, password=password)
        end_sign_in(attempt, passed=officer is not None, actor=system, at=now())
        return officer

    def login(self, request: HttpRequest, user: Officer) -> None:
        """Sign in, and say so in the journal."""
        super().login(request, user)
        record_account_act(AccountAct.SIGNED_IN, address=address_of(request), actor=user, at=now())

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and say so in the journal."""
        officer: Any = request.user
        record_account_act(
            AccountAct.SIGNED_OUT, address=address_of(request), actor=officer, at=now()
        )
        super().logout(request)

    def set_password(self, user: Officer, password: str) -> None:
        """An officer's own new password."""
        change_password(user, password=password, actor=user, at=now())

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody takes themselves on."""
        del request
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:  # noqa: ANN401 - the library's
        """How an officer may confirm who they are; by the password if by nothing else."""
        door = {"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}
        return super().get_reauthentication_methods(user) or [door]

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ANN401 - the library's signature
        """Whether a password must be given again: not right after signing in."""
        del app
        return not is_confirmed(context.request)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors, whose secrets are sealed with the office's key."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text, keys=office_keys(), **_SEALED)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again; raises Unopened under another key."""
        return unseal(encrypted_text, keys=office_keys(), **_SEALED)

    def generate_authenticator_name(self, user: Officer, type: Authenticator.Type) -> str:  # noqa: A002 - the library's name
        """What a passkey is called unless one names it."""
        number = user.authenticator_set.filter(type=type).count() + 1  # type: ignore[attr-defined]
        return gettext("通行密钥 {number}").format(number=number)

    def _get_site_name(self) -> str:
        """What an authenticator shows beside the username."""
        return gettext("兜底")
