"""Lists of households narrowed and sorted by who lives in them and where, as believed on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from doudi.access.bulk import only
from doudi.registry.models import Disability, Household, Membership, Residence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet


def _true_on(on: date) -> Q:
    """That a circumstance is believed now to hold on a day."""
    return Q(Q(valid_to=None) | Q(valid_to__gte=on), superseded_at=None, valid_from__lte=on)


def living_where(
    areas: Sequence[int], on: date, *, registration: str = "", at_once: int
) -> QuerySet[Household]:
    """The households that live on a day in one of these areas, by number.

    Those of few (`at_once` at most) are fetched by the index of areas; of many each household is
    asked where it lives, so that a page of them is found without going through all.
    """
    homes = Residence.objects.filter(_true_on(on), area__in=areas)
    is_few = homes.order_by()[: at_once + 1].count() <= at_once
    if registration:
        homes = homes.filter(registration=registration)
    found = (
        Household.objects.filter(pk__in=homes.values("household"))
        if is_few
        else Household.objects.filter(Exists(homes.filter(household=OuterRef("pk"))))
    )
    return found.order_by("number")


def with_member_born(
    rows: QuerySet[Household], on: date, *, after: date | None = None, until: date | None = None
) -> QuerySet[Household]:
    """Those of the households that have a member born after a day, or until one (included)."""
    members = Membership.objects.filter(_true_on(on), household=OuterRef("pk"))
    if after is not None:
        members = members.filter(person__birth_date__gt=after)
    if until is not None:
        members = members.filter(person__birth_date__lte=until)
    return rows.filter(Exists(members))


def with_disabled_member(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
    """Those of the households that have a member with a disability certificate."""
    disabled = Disability.objects.filter(_true_on(on)).values("person")
    members = Membership.objects.filter(_true_on(on), person__in=disabled)
    return rows.filter(pk__in=members.values("household"))


def areas_of_homes(households: Sequence[int], on: date) -> dict[int, str]:
    """The code of the area that each of these households lives in on a day; one statement."""
    homes = only(Residence.objects.filter(_true_on(on)), "household", households)
    return dict(homes.values_list("household_id", "area__code"))


def households_by_id(households: Sequence[int]) -> dict[int, Household]:
    """These households by id, for whoever has found them in sight already; one statement."""
    return {each.pk: each for each in only(Household.objects.all(), "id", households)}


def count_members(households: Sequence[int], on: date) -> int:
    """How many persons are members of these households on a day; one statement."""
    return only(Membership.objects.filter(_true_on(on)), "household", households).count()
