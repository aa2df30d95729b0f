"""What awaits an officer, from all rooms, grouped by when it is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from doudi.entitlement import queries as entitlement
from doudi.kernel.awaiting import Awaiting
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import Word
from doudi.kernel.workdays import working_days_between
from doudi.payments import queries as payments

if TYPE_CHECKING:
    from datetime import date

    from doudi.access.models import Officer
    from doudi.doors.office.sight import Sight

ROOMS: tuple[Callable[[Officer, date], list[Awaiting]], ...] = (
    payments.awaiting,
    entitlement.awaiting,
)
"""Every room that knows of something to be done."""


class When(Word):
    """When something is due, seen from today (期限)."""

    OVERDUE = "overdue", N_("已超期")
    TODAY = "today", N_("今日到期")
    SOON = "soon", N_("3 个工作日内")
    WEEK = "week", N_("本周到期")
    LATER = "later", N_("以后")
    UNDATED = "undated", N_("没有法定期限")


TONES = {
    When.OVERDUE: "danger",
    When.TODAY: "warning",
    When.SOON: "warning",
    When.WEEK: "blue",
    When.LATER: "",
    When.UNDATED: "",
}
_SOON = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the worklist: what awaits, where it is done, and how its day is told."""

    awaiting: Awaiting
    sentence: str
    verb: str
    address: str
    when: When
    told: str


@dataclass(frozen=True, slots=True)
class Group:
    """What is due at one time."""

    when: When
    tone: str
    tasks: Sequence[Task]


def tasks_of(sight: Sight) -> list[Task]:
    """What awaits an officer, the most urgent first."""
    found = [each for room in ROOMS for each in room(sight.officer, sight.on)]
    found.sort(key=lambda each: (each.due is None, each.due or each.since, each.key))
    return [_task(each, sight.on) for each in found]


def grouped(tasks: Sequence[Task]) -> list[Group]:
    """The tasks by when they are due, in the order of urgency; empty groups are left out."""
    groups = (
        Group(when, TONES[when], [task for task in tasks if task.when is when]) for when in When
    )
    return [group for group in groups if group.tasks]


def _task(awaiting: Awaiting, on: date) -> Task:
    kind, number = awaiting.about
    when = _when(awaiting.due, on)
    return Task(
        awaiting=awaiting,
        sentence=awaiting.sentence(gettext),
        verb=gettext(awaiting.verb),
        address=reverse(kind, kwargs={"number": number}),
        when=when,
        told=_told(awaiting.due, on),
    )


def _when(due: date | None, on: date) -> When:
    """The group that a day belongs to."""
    if due is None:
        return When.UNDATED
    if due < on:
        return When.OVERDUE
    if due == on:
        return When.TODAY
    if _is_soon(due, on):
        return When.SOON
    is_this_week = due <= on + timedelta(days=6 - on.weekday())
    return When.WEEK if is_this_week else When.LATER


def _told(due: date | None, on: date) -> str:
    """How a day is told: days over, today, or the day itself."""
    if due is None:
        return gettext("无期限")
    if due < on:
        return gettext("超期 {days} 天").format(days=(on - due).days)
    return gettext("今日") if due == on else f"{due:%m-%d}"


def _is_soon(due: date, on: date) -> bool:
    """Whether at most three working days are left; in a year without a calendar, three days."""
    if due - on > timedelta(days=5 * _SOON):
        return False
    try:
        return working_days_between(on, due) <= _SOON
    except Refusal:
        return due - on <= timedelta(days=_SOON)
