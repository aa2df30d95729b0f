"""A household's file (户档案) as lists and headings show it: where it lives, who belongs to it.

Each answers for many households in one statement: a list's rows cost no query each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from doudi.access.bulk import only
from doudi.kernel.vocabulary import Relation
from doudi.registry.models import Death, Membership, Residence
from doudi.registry.queries.people import counting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.registry.models import Person


def residences_of(households: Sequence[int], on: date, known_at: datetime) -> dict[int, Residence]:
    """Where each of these households lives on a day, as known at a moment, with the area."""
    rows = only(Residence.objects.filter(counting(on, known_at)), "household", households)
    found = rows.select_related("area").order_by("valid_from")
    return {residence.household_id: residence for residence in found}


def members_of(
    households: Sequence[int], on: date, known_at: datetime
) -> dict[int, list[Membership]]:
    """The memberships of each household on a day, the head first, each with its person."""
    rows = only(Membership.objects.filter(counting(on, known_at)), "household", households)
    found: dict[int, list[Membership]] = defaultdict(list)
    for membership in rows.select_related("person").order_by("valid_from", "person_id"):
        found[membership.household_id].append(membership)
    for memberships in found.values():
        memberships.sort(key=lambda each: each.relation != Relation.HEAD)
    return dict(found)


def head_of(memberships: Iterable[Membership]) -> Person | None:
    """The head among the members of a household; None where there is none on that day."""
    heads = (each.person for each in memberships if each.relation == Relation.HEAD)
    return next(heads, None)


@dataclass(frozen=True, slots=True)
class DeathIn:
    """A death: of whom, on which day, and in which household."""

    person: int
    day: date
    household: int


def deaths_in(area: Area, first: date, last: date) -> list[DeathIn]:
    """The deaths between two days, as believed now, in the households that live in an area."""
    here = Residence.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=first),
        superseded_at=None,
        valid_from__lte=last,
        area__path__startswith=area.path,
    )
    deaths = Death.objects.filter(
        superseded_at=None, valid_from__range=(first, last), confirmed_at__isnull=False
    )
    memberships = Membership.objects.filter(
        superseded_at=None,
        person__in=deaths.values("person"),
        household__in=here.values("household"),
    )
    days = dict(deaths.values_list("person_id", "valid_from"))
    return [
        DeathIn(person, days[person], household)
        for person, household in memberships.values_list("person_id", "household_id").distinct()
    ]
