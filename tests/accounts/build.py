"""Officers with passwords, browsers' stand-ins that sign in as they do, and what they send."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from doudi.access.actions import change_password, set_first_password
from doudi.access.models import AccountAct, AccountRecord, Role
from doudi.access.queries import officer_named
from doudi.doors.office.clock import now
from tests.office.conftest import officer_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.access.models import Officer
    from tests.warehouse.build import World

PASSWORD = "korrekt pferd batterie"  # noqa: S105 - nobody's
LOGIN, CONFIRM = "/account/login", "/account/confirm"
STEP = 30


def clerk(
    world: World,
    username: str = "clerk",
    role: Role = Role.COUNTER_CLERK,
    *,
    area: str = "六甲街道",
    first: bool = False,
) -> Officer:
    """An officer with a password of their own, or with the one to begin with."""
    officer = officer_of(world, username, role, area)
    if first:
        set_first_password(officer, password=PASSWORD, actor=world.actor, at=now())
    else:
        change_password(officer, password=PASSWORD, actor=officer, at=now())
    return officer


def sign_in(
    client: Client, username: str = "clerk", password: str = PASSWORD, **more: Any
) -> HttpResponse:
    """Send the form of the log-in."""
    return client.post(LOGIN, {"login": username, "password": password, **more})


def signed_in(username: str = "clerk") -> Client:
    """A browser of an officer who has just given the password."""
    client = Client(raise_request_exception=False)
    assert sign_in(client, username).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Whether this browser is signed in."""
    return bool(client.get("/account/").status_code == 200)


def acts(username: str = "clerk") -> list[AccountAct]:
    """What happened at an officer's door, in order."""
    officer = officer_named(username)
    records = AccountRecord.objects.filter(officer=officer).order_by("pk")
    return [AccountAct(record.act) for record in records]


def code_of(secret: str, steps: int = 0) -> str:
    """What an authenticator with this secret shows, now or some steps of 30 seconds away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))
