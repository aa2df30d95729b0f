"""Reads of officers and what they may do where: the one place that answers both."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from doudi.access.models import Appointment, Area, Officer, Role
from doudi.access.models.officers import SYSTEM
from doudi.access.queries.areas import areas
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def officers() -> QuerySet[Officer]:
    """Every officer, by username."""
    return Officer.objects.order_by("username")


def system_officer() -> Officer:
    """The officer that stands for the system itself; raises DoesNotExist before the start."""
    return Officer.objects.get(username=SYSTEM)


def officer_named(username: str) -> Officer:
    """The active officer with this username; refuses others with the code OFFICER.

    Nobody works under the name of the system itself.
    """
    if username == SYSTEM:
        raise Refusal(
            "OFFICER", N_("“{username}”代表系统本身，请用自己的用户名"), username=username
        )
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        raise Refusal(
            "OFFICER",
            N_("没有工作人员“{username}”，已登记的人员见 doudi officer list"),
            username=username,
        )
    if not officer.is_active:
        raise Refusal("OFFICER", N_("工作人员“{username}”已停用"), username=username)
    return officer


def appointments_of(officer: Officer, on: date) -> QuerySet[Appointment]:
    """An officer's appointments on a day, each with its area; none once no longer active."""
    if not officer.is_active:
        return Appointment.objects.none()
    return officer.appointments.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on
    ).select_related("area")


def may(officer: Officer, role: Role, area: Area, on: date) -> bool:
    """Whether an officer holds a role on a day in an area, or in one around it."""
    return any(
        appointment.role == role and area.path.startswith(appointment.area.path)
        for appointment in appointments_of(officer, on)
    )


def require(officer: Officer, role: Role, area: Area, on: date) -> None:
    """Refuse with the code NOT-ALLOWED unless the officer holds the role there on that day."""
    if not may(officer, role, area, on):
        raise Refusal(
            "NOT-ALLOWED",
            N_("“{username}”在{area}没有“{role}”岗位，请由有此岗位的人员办理"),
            username=officer.username,
            area=area.name,
            role=role,
        )


def require_administrator(officer: Officer, area: Area | None, on: date) -> None:
    """Refuse with NOT-ALLOWED all but an administrator there (anywhere when None), or the system.

    So nobody appoints themselves: who manages accounts sees no case, and the other way round.
    """
    if officer.username == SYSTEM:
        return
    if area is not None:
        require(officer, Role.ADMINISTRATOR, area, on)
    elif not appointments_of(officer, on).filter(role=Role.ADMINISTRATOR).exists():
        raise Refusal(
            "NOT-ALLOWED",
            N_("“{username}”没有“{role}”岗位，请由有此岗位的人员办理"),
            username=officer.username,
            role=Role.ADMINISTRATOR,
        )


def areas_of(officer: Officer, on: date) -> QuerySet[Area]:
    """The areas that an officer is appointed in on a day, in whatever role."""
    return areas().filter(pk__in=[a.area_id for a in appointments_of(officer, on)])


def visible_areas(officer: Officer, on: date) -> QuerySet[Area]:
    """Every area whose people an officer may see on a day: where appointed, and all inside.

    An administrator manages accounts and sees nobody's case.
    """
    paths = {
        appointment.area.path
        for appointment in appointments_of(officer, on)
        if appointment.role != Role.ADMINISTRATOR
    }
    if not paths:
        return Area.objects.none()
    return areas().filter(reduce(or_, (Q(path__startswith=path) for path in sorted(paths))))


def require_sight(officer: Officer | None, area: Area, on: date) -> None:
    """Refuse (NOT-VISIBLE) an officer who holds no office in the area, or in one around it.

    None is whoever has the machine itself, and with it the database.
    """
    if officer is None or visible_areas(officer, on).filter(pk=area.pk).exists():
        return
    raise Refusal(
        "NOT-VISIBLE",
        N_("“{username}”在{area}没有岗位，看不到它的数据，请由当地或上级的人员查看"),
        username=officer.username,
        area=area.name,
    )


def officers_within(inside: Sequence[Area]) -> QuerySet[Officer]:
    """The officers who have ever been appointed inside these areas, and nowhere else."""
    if not inside:
        return Officer.objects.none()
    here = reduce(or_, (Q(area__path__startswith=area.path) for area in inside))
    theirs = Appointment.objects.filter(officer=OuterRef("pk"))
    return Officer.objects.filter(Exists(theirs.filter(here)) & ~Exists(theirs.exclude(here)))
