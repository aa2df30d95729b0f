"""Writes at an account's door: tries, locks, passwords, second factors; each is in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.access.models import AccountAct, AccountRecord, FactorDuty, Officer, Role
from doudi.access.models.officers import SYSTEM
from doudi.access.queries.accounts import (
    LOCKED_FOR,
    TRIES,
    failures,
    index_of_name,
    locked,
    locked_until,
    require_management,
)
from doudi.access.queries.officers import require_administrator
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def begin_sign_in(username: str, *, address: str, actor: Officer, at: datetime) -> AccountRecord:
    """Put a try to sign in on record before the password is looked at, so that none is free.

    Refuses LOCKED after too many wrong ones, from wherever they came, whether or not the name
    is anybody's. `actor` is the system: nobody has signed in yet.
    """
    named = index_of_name(username)
    with deed(actor=actor, act="begin_sign_in", why="登录", at=at):
        _one_at_a_time(named)
        until = locked_until(named, at)
        if until is None and failures(named, at) >= TRIES:
            _record(AccountAct.LOCKED, named, username, address, at)
            until = at + LOCKED_FOR
        if until is None:
            return _record(AccountAct.TRIED, named, username, address, at)
    raise locked(until, at)


def end_sign_in(attempt: AccountRecord, *, passed: bool, actor: Officer, at: datetime) -> None:
    """Say of a try whether the password was right; the last wrong one of a few locks the name."""
    with deed(actor=actor, act="end_sign_in", why="登录", at=at):
        attempt.act = AccountAct.PASSED if passed else AccountAct.WRONG
        attempt.save(update_fields=["act"])
        if not passed:
            _one_at_a_time(attempt.named)
            _lock_if_due(attempt, at)


def record_wrong_code(officer: Officer, *, address: str, actor: Officer, at: datetime) -> None:
    """Put a wrong code on record; it counts as a wrong password does."""
    named = index_of_name(officer.username)
    with deed(actor=actor, act="record_wrong_code", why="登录", at=at):
        _one_at_a_time(named)
        _lock_if_due(_of(officer, AccountAct.CODE_WRONG, address=address, at=at), at)


def record_account_act(
    act: AccountAct, *, detail: str = "", address: str = "", actor: Officer, at: datetime
) -> None:
    """Put on record what an officer did with their own account: signed in or out, and so on."""
    with deed(actor=actor, act=f"account_{act.value}", why=act.label, at=at):
        _of(actor, act, detail=detail, address=address, at=at)


def unlock_officer(officer: Officer, *, actor: Officer, at: datetime) -> None:
    """Open an officer's door again before its time; refuses NOT-ALLOWED."""
    require_management(actor, officer, at)
    with deed(actor=actor, act="unlock_officer", why=f"解锁 {officer.username}", at=at):
        _of(officer, AccountAct.UNLOCKED, at=at)


def record_factors_reset(officer: Officer, *, actor: Officer, at: datetime) -> None:
    """Put on record that an administrator took an officer's lost second factors away."""
    require_management(actor, officer, at)
    with deed(actor=actor, act="reset_factors", why=f"重置 {officer.username} 的双因素", at=at):
        _of(officer, AccountAct.FACTORS_RESET, at=at)


def set_first_password(officer: Officer, *, password: str, actor: Officer, at: datetime) -> None:
    """Give an officer a password that they must change when they first sign in.

    Refuses NOT-ALLOWED, and PASSWORD for one that is too short or too common.
    """
    if officer.username == SYSTEM:
        raise Refusal("OFFICER", N_("“{username}”代表系统本身，不能登录"), username=SYSTEM)
    require_management(actor, officer, at)
    _refuse_weak(password, officer)
    with deed(actor=actor, act="set_password", why=f"设置 {officer.username} 的密码", at=at):
        _keep(officer, password, must_change=True)
        _of(officer, AccountAct.UNLOCKED, at=at)


def change_password(officer: Officer, *, password: str, actor: Officer, at: datetime) -> None:
    """An officer's own new password; whoever calls has made sure that it is the officer.

    Refuses PASSWORD for one that is too short or too common, or the old one again.
    """
    if actor != officer or officer.username == SYSTEM:
        raise Refusal("NOT-ALLOWED", N_("只能修改自己的密码"))
    _refuse_weak(password, officer)
    if officer.check_password(password):
        raise Refusal("PASSWORD", N_("新密码不能与原密码相同"))
    with deed(actor=actor, act="change_password", why="修改密码", at=at):
        _keep(officer, password, must_change=False)


def require_factors_of(roles: Iterable[Role], *, actor: Officer, at: datetime) -> None:
    """Let the holders of these roles, and of no others, need a second factor to work here.

    Refuses NOT-ALLOWED for anybody but an administrator.
    """
    require_administrator(actor, None, localdate(at))
    wanted = set(roles)
    with deed(actor=actor, act="require_factors", why="双因素登录的要求", at=at):
        for duty in FactorDuty.objects.exclude(role__in=wanted):
            duty.delete()
        known = set(FactorDuty.objects.values_list("role", flat=True))
        FactorDuty.objects.bulk_create(
            FactorDuty(role=role) for role in Role if role in wanted - known
        )


def _refuse_weak(password: str, officer: Officer) -> None:
    """Refuse PASSWORD with the first of Django's sentences, in the language spoken."""
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise Refusal(
            "PASSWORD", N_("这个密码不能用：{reason}"), reason=" ".join(error.messages)
        ) from error


def _keep(officer: Officer, password: str, *, must_change: bool) -> None:
    officer.set_password(password)
    officer.must_change_password = must_change
    officer.save(update_fields=["password", "must_change_password"])


def _lock_if_due(failure: AccountRecord, at: datetime) -> None:
    if locked_until(failure.named, at) is None and failures(failure.named, at) >= TRIES:
        AccountRecord.objects.create(
            officer_id=failure.officer_id,
            named=failure.named,
            act=AccountAct.LOCKED,
            address=failure.address,
            at=at,
        )


def _record(
    act: AccountAct, named: str, username: str, address: str, at: datetime
) -> AccountRecord:
    """A record of a name that may be nobody's."""
    officer = Officer.objects.filter(username=username).first()
    return AccountRecord.objects.create(
        officer=officer, named=named, act=act, address=address, at=at
    )


def _of(
    officer: Officer, act: AccountAct, *, detail: str = "", address: str = "", at: datetime
) -> AccountRecord:
    return AccountRecord.objects.create(
        officer=officer,
        named=index_of_name(officer.username),
        act=act,
        detail=detail,
        address=address,
        at=at,
    )


def _one_at_a_time(named: str) -> None:
    """Let tries at one name follow one another; on SQLite only one writes in any case."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [named])
