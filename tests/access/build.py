"""An office to test in: its system, its areas, and officers as they are needed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

from doudi.access.actions import add_officer, appoint_officer, load_areas, open_office
from doudi.access.queries import find_area

if TYPE_CHECKING:
    from doudi.access.models import Officer, Role

AT = datetime(2022, 1, 4, 1, 0, tzinfo=UTC)
ON = date(2022, 1, 4)

_numbers = count(1)


def the_system() -> Officer:
    """The system's own officer, in an office with its areas."""
    system = open_office(at=AT)
    load_areas(actor=system, at=AT)
    return system


def an_officer(role: Role | None = None, area: str = "六甲街道", since: date = ON) -> Officer:
    """Somebody who works here, appointed when a role is given."""
    system = the_system()
    username = f"officer{next(_numbers)}"
    officer = add_officer(username=username, name="某某", actor=system, at=AT)
    if role is not None:
        appoint_officer(
            officer, role=role, area=find_area(area), valid_from=since, actor=system, at=AT
        )
    return officer
