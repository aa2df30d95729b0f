"""What is known of a household by both clocks: true on a day, believed at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from doudi.doors.office.clock import BEIJING
from doudi.doors.office.days import day_sent
from doudi.doors.office.facts import shown_values
from doudi.registry import queries as registry
from doudi.registry.models import Evidence
from doudi.registry.queries import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from doudi.doors.office.sight import Sight
    from doudi.registry.models import Household


@dataclass(frozen=True, slots=True)
class Moment:
    """The two clocks as they were asked for: true on which day, known at the end of which."""

    on: date
    known_on: date
    known_at: datetime
    is_now: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as a page shows it: pairs of heading and value, and the papers that it rests on."""

    held: Held
    values: tuple[tuple[str, str], ...]
    papers: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one owner: the household itself, or a member by name."""

    name: str
    person_number: str
    facts: tuple[Shown, ...]


def asked_moment(query: QueryDict, sight: Sight) -> Moment:
    """The clocks that an address asks for: today and now where it says nothing.

    `all` asks for everything ever recorded by then. Raises Refusal DATE-FMT for what is no date.
    """
    on = day_sent(query.get("on", "")) or sight.on
    known_on = min(day_sent(query.get("known_on", "")) or sight.on, sight.on)
    is_now = known_on == sight.on
    known_at = sight.at if is_now else datetime.combine(known_on, time.max, tzinfo=BEIJING)
    return Moment(on, known_on, known_at, is_now, is_whole=query.get("all") == "1")


def facts_known(household: Household, asked: Moment) -> list[Group]:
    """The facts of a household and its members, the household's own first."""
    held = registry.circumstances_of(
        household, on=None if asked.is_whole else asked.on, known_at=asked.known_at
    )
    grouped: dict[tuple[str, str], list[Shown]] = {}
    for each in with_papers(held):
        person = each.held.person
        owner = (person.person_number, person.name) if person else ("", "")
        grouped.setdefault(owner, []).append(each)
    return [
        Group(name or gettext("全户"), number, tuple(facts))
        for (number, name), facts in sorted(grouped.items())
    ]


def with_papers(facts: Sequence[Held]) -> list[Shown]:
    """Facts with what they say and the papers that they rest on; one statement."""
    behind = registry.evidence_behind(facts)
    return [
        Shown(each, shown_values(each), tuple(behind.get((each.kind.name, each.row.pk), ())))
        for each in facts
    ]
