"""What happened to a person's record: facts recorded and given up, numbers looked at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext

from doudi.doors.office.households.happened import Happening, facts_happened
from doudi.registry import queries as registry
from doudi.registry.models import SealedField

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from doudi.registry.models import Person


def happenings_of(person: Person, known_at: datetime) -> list[tuple[int, list[Happening]]]:
    """What happened to a person's record by a moment, year by year, the latest first."""
    held = registry.circumstances_of_person(person, on=None, known_at=known_at)
    years: dict[int, list[Happening]] = defaultdict(list)
    found = [*facts_happened(held), *_looks(person)]
    for each in sorted(found, key=lambda each: each.at, reverse=True):
        years[localtime(each.at).year].append(each)
    return sorted(years.items(), reverse=True)


def _looks(person: Person) -> Iterator[Happening]:
    """Who saw a number of theirs in the clear, and what for."""
    for look in registry.looks_at(person):
        yield Happening(
            look.at,
            "shield-check",
            gettext("查看完整{field}").format(field=gettext(SealedField(look.field).label)),
            look.officer.name,
            look.why,
        )
