"""What is asked of the journal: by whom, which act, between which days, which row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from doudi.access.models import Role
from doudi.access.queries import entries, entries_of_row, officers_within
from doudi.doors.office.clock import BEIJING
from doudi.doors.office.days import day_sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from doudi.access.models import Entry
    from doudi.doors.office.sight import Sight

READING = (Role.DISTRICT_INSPECTOR, Role.ADMINISTRATOR)
"""Who reads the journal: the inspector what was done to cases, the administrator to accounts."""
_ACCOUNTS = "access_"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search of the journal; what is empty does not narrow it."""

    officer: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None
    row: str = ""


def asked_by(query: Mapping[str, str]) -> Asked:
    """The search that a page's query says; refuses DATE-FMT what is no day."""
    plain = {name: str(value).replace("\0", "").strip() for name, value in query.items()}
    return Asked(
        plain.get("officer", ""),
        plain.get("act", ""),
        day_sent(plain.get("since", "")),
        day_sent(plain.get("until", "")),
        plain.get("row", ""),
    )


def found(asked: Asked, sight: Sight) -> QuerySet[Entry]:
    """The entries that fit, the latest first, of officers who work inside the reader's areas alone.

    An inspector reads what was done to cases, an administrator what was done to accounts. Refuses
    JRN-ROW-FMT a row that is not written `table:row`.
    """
    mine = [each for each in sight.appointments if each.role in READING]
    is_inspector = any(each.role == Role.DISTRICT_INSPECTOR for each in mine)
    rows = entries_of_row(asked.row) if asked.row else entries()
    rows = rows.filter(deed__actor__in=officers_within([each.area for each in mine]))
    if not is_inspector:
        rows = rows.filter(table__startswith=_ACCOUNTS)
    if asked.officer:
        rows = rows.filter(deed__actor__username=asked.officer)
    if asked.act:
        rows = rows.filter(deed__act=asked.act)
    if asked.since:
        rows = rows.filter(deed__at__gte=_start(asked.since))
    if asked.until:
        rows = rows.filter(deed__at__lt=_start(asked.until + timedelta(days=1)))
    return rows


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)
