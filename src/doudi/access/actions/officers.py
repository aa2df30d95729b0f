"""Writes about officers: taking them on, appointing them, ending that.

Only an administrator may do so (NOT-ALLOWED), or the system at the first start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.access.keys import keep_key_check
from doudi.access.models import Appointment, Officer, Role
from doudi.access.models.officers import SYSTEM
from doudi.access.queries import require_administrator, require_management
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.spans import Span

if TYPE_CHECKING:
    from datetime import date, datetime

    from doudi.access.models import Area

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
_NAME_LENGTH = 60


def open_office(*, at: datetime) -> Officer:
    """The officer that stands for the system itself; made, with the key, at the first start.

    Its making is the one deed whose actor comes to be within it. Refuses as `office_keys` does.
    """
    system = Officer.objects.filter(username=SYSTEM).first()
    if system is None:
        system = Officer(username=SYSTEM, name="系统")
        system.set_unusable_password()
        with deed(actor=system, act="open_office", why="首次启用", at=at):
            system.save()
    keep_key_check(actor=system, at=at)
    return system


def add_officer(*, username: str, name: str, actor: Officer, at: datetime) -> Officer:
    """Take on an officer, without a password and without an appointment yet.

    Refuses OFFICER-FMT for a username that isn't plain or a name that is empty or too long, and
    OFFICER-DUP for one that is taken.
    """
    require_administrator(actor, None, localdate(at))
    if not _USERNAME.fullmatch(username):
        raise Refusal(
            "OFFICER-FMT",
            N_("用户名“{username}”不合规，请用 2 至 40 位小写字母、数字或 . _ -，以字母开头"),
            username=username,
        )
    name = name.strip()
    if not 0 < len(name) <= _NAME_LENGTH:
        raise Refusal("OFFICER-FMT", N_("请填写工作人员姓名，最多 60 字"))
    officer = Officer(username=username, name=name)
    officer.set_unusable_password()
    with deed(actor=actor, act="add_officer", why=f"新增工作人员 {username}", at=at):
        if Officer.objects.filter(username=username).exists():
            raise Refusal("OFFICER-DUP", N_("用户名“{username}”已有人使用"), username=username)
        officer.save()
    return officer


def deactivate_officer(officer: Officer, *, why: str, actor: Officer, at: datetime) -> None:
    """An officer works here no longer; what they did stays under their name."""
    require_administrator(actor, None, localdate(at))
    require_management(actor, officer, at)
    with deed(actor=actor, act="deactivate_officer", why=why, at=at):
        officer.is_active = False
        officer.save(update_fields=["is_active"])


def reactivate_officer(officer: Officer, *, why: str, actor: Officer, at: datetime) -> None:
    """An officer works here again; refuses NOT-ALLOWED."""
    require_management(actor, officer, at)
    with deed(actor=actor, act="reactivate_officer", why=why, at=at):
        officer.is_active = True
        officer.save(update_fields=["is_active"])


def appoint_officer(
    officer: Officer,
    *,
    role: Role,
    area: Area,
    valid_from: date,
    valid_to: date | None = None,
    actor: Officer,
    at: datetime,
) -> Appointment:
    """Appoint an officer to a role in an area, from a day, to a day or until ended.

    Refuses PER-ORDER for days that run backwards, APPOINTED where the same appointment stands
    already in that time, ROLE-APART where an administrator would also work on cases, and
    NOT-ALLOWED whoever appoints themselves.
    """
    require_administrator(actor, area, localdate(at))
    if actor == officer:
        raise Refusal("NOT-ALLOWED", N_("不能任命自己，请由另一位管理员办理"))
    span = Span(valid_from, valid_to)
    why = f"任命 {officer.username} 为{role.label}（{area.name}）"
    with deed(actor=actor, act="appoint_officer", why=why, at=at):
        for other in _appointments_in(officer, span):
            if other.role == role and other.area_id == area.pk:
                raise Refusal(
                    "APPOINTED",
                    N_("“{username}”自 {day} 起已任{area}的“{role}”"),
                    username=officer.username,
                    day=other.valid_from,
                    area=area.name,
                    role=role,
                )
            if Role.ADMINISTRATOR in (role, other.role) and role != other.role:
                raise Refusal(
                    "ROLE-APART",
                    N_("管理员不得兼任业务岗位：请先结束“{username}”的另一岗位"),
                    username=officer.username,
                )
        return Appointment.objects.create(
            officer=officer, role=role, area=area, valid_from=valid_from, valid_to=valid_to
        )


def end_appointment(
    appointment: Appointment, *, last_day: date, why: str, actor: Officer, at: datetime
) -> None:
    """End an appointment after `last_day`; refuses PER-ORDER for a day before it began."""
    require_administrator(actor, appointment.area, localdate(at))
    Span(appointment.valid_from, last_day)
    with deed(actor=actor, act="end_appointment", why=why, at=at):
        appointment.valid_to = last_day
        appointment.save(update_fields=["valid_to"])


def _appointments_in(officer: Officer, span: Span) -> list[Appointment]:
    """An officer's appointments that share a day with a span."""
    rows = officer.appointments.filter(Q(valid_to=None) | Q(valid_to__gte=span.first))
    return [row for row in rows if Span(row.valid_from, row.valid_to).overlaps(span)]
