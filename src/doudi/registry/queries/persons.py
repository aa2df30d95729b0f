"""A person's file: where they belong and belonged, and who saw their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from doudi.access.bulk import only
from doudi.registry.models import Look, Membership

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from doudi.registry.models import Household, Person


def memberships_of(person: Person) -> list[Membership]:
    """A person's memberships as believed now, the latest first, each with its household."""
    rows = Membership.objects.filter(person=person, superseded_at=None)
    return list(rows.select_related("household").order_by("-valid_from", "-pk"))


def homes_on(persons: Sequence[int], on: date) -> dict[int, Household]:
    """The household that each of these persons belongs to on a day, as believed now."""
    there = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), superseded_at=None, valid_from__lte=on
    )
    rows = only(there, "person", persons).select_related("household").order_by("valid_from")
    return {row.person_id: row.household for row in rows}


def looks_at(person: Person) -> QuerySet[Look]:
    """Every look at a person's numbers, the latest first."""
    return Look.objects.filter(person=person).select_related("officer").order_by("-at", "-pk")
