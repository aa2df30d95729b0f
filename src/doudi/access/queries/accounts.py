"""Reads of accounts: whether a name is locked, who needs a second factor, whom one manages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from doudi.access.keys import office_keys
from doudi.access.models import AccountAct, AccountRecord, Appointment, FactorDuty, Officer, Role
from doudi.access.models.officers import SYSTEM
from doudi.access.queries.officers import appointments_of
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import blind_index

if TYPE_CHECKING:
    from datetime import date, datetime

TRIES = 5
"""As many wrong passwords or codes as close an account's door."""
WITHIN = timedelta(minutes=15)
"""The time within which they count."""
LOCKED_FOR = timedelta(minutes=15)
"""How long the door stays closed unless an administrator opens it."""

_FAILURES = (AccountAct.TRIED, AccountAct.WRONG, AccountAct.CODE_WRONG)
_FRESH_STARTS = (AccountAct.SIGNED_IN, AccountAct.UNLOCKED, AccountAct.LOCKED)


def index_of_name(username: str) -> str:
    """The keyed index of a username as typed: people type passwords into the wrong box."""
    return blind_index(username, purpose="username", keys=office_keys())


def locked_until(named: str, at: datetime) -> datetime | None:
    """Until when the name with this index is locked at a moment; None when it is not."""
    records = AccountRecord.objects.filter(named=named, at__gt=at - LOCKED_FOR, at__lte=at)
    last = (
        records.filter(act__in=(AccountAct.LOCKED, AccountAct.UNLOCKED)).order_by("-at", "-pk")
    ).first()
    if last is None or last.act == AccountAct.UNLOCKED:
        return None
    return last.at + LOCKED_FOR


def failures(named: str, at: datetime) -> int:
    """How many wrong tries stand against a name at a moment."""
    records = AccountRecord.objects.filter(named=named, at__gt=at - WITHIN, at__lte=at)
    started = records.filter(act__in=_FRESH_STARTS).order_by("-pk").first()
    wrong = records.filter(act__in=_FAILURES)
    return wrong.filter(pk__gt=started.pk).count() if started else wrong.count()


def refuse_locked(named: str, at: datetime) -> None:
    """Refuse with the code LOCKED while a name is locked, and say from when to try again.

    The same is said of a name that is nobody's.
    """
    until = locked_until(named, at)
    if until is not None:
        raise locked(until, at)


def locked(until: datetime, at: datetime) -> Refusal:
    """The refusal of whoever is locked out."""
    return Refusal(
        "LOCKED",
        N_("密码或验证码多次不对，已暂停登录，请 {minutes} 分钟后再试，或请管理员解锁"),
        minutes=-(-(until - at) // timedelta(minutes=1)),
    )


def account_records(officer: Officer) -> QuerySet[AccountRecord]:
    """What happened at an officer's door, the latest first."""
    return AccountRecord.objects.filter(officer=officer).order_by("-pk")


def roles_with_duty() -> frozenset[Role]:
    """The roles whose holders need a second factor."""
    return frozenset(Role(role) for role in FactorDuty.objects.values_list("role", flat=True))


def officers_managed_by(officer: Officer, on: date) -> QuerySet[Officer]:
    """The officers whose accounts an administrator manages on a day, by username.

    They are those who have no appointment outside of the administrator's areas, today or to
    come: whoever could reset the password of an officer of the district could be that officer.
    """
    everybody = Officer.objects.exclude(username=SYSTEM).order_by("username")
    if officer.username == SYSTEM:
        return everybody
    mine = appointments_of(officer, on).filter(role=Role.ADMINISTRATOR)
    inside = Q()
    for appointment in mine:
        inside |= Q(area__path__startswith=appointment.area.path)
    if not inside:
        return everybody.none()
    standing = Appointment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), officer=OuterRef("pk")
    )
    return everybody.exclude(Exists(standing.exclude(inside)))


def require_management(actor: Officer, officer: Officer, at: datetime) -> None:
    """Refuse with NOT-ALLOWED unless the actor manages this officer's account, and not their own.

    Nobody gives themselves a role, a password without the old one, or back a lost second factor.
    """
    if actor == officer:
        raise Refusal("NOT-ALLOWED", N_("不能管理自己的账户，请由另一位管理员办理"))
    if not officers_managed_by(actor, localdate(at)).filter(pk=officer.pk).exists():
        raise Refusal(
            "NOT-ALLOWED",
            N_("“{username}”不在您管理的区域，请由其所在区域的管理员办理"),
            username=officer.username,
        )
