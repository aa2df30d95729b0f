"""Lists of households narrowed and sorted by who lives in them and where, as believed on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery

from doudi.access.bulk import only
from doudi.registry.models import Disability, Membership, Residence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from doudi.registry.models import Household


def _true_on(on: date) -> Q:
    """That a circumstance is believed now to hold on a day."""
    return Q(Q(valid_to=None) | Q(valid_to__gte=on), superseded_at=None, valid_from__lte=on)


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


def by_area(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
    """The households sorted by the code of the area that they live in, then by number."""
    homes = Residence.objects.filter(_true_on(on), household=OuterRef("pk"))
    return rows.annotate(home=Subquery(homes.values("area__code")[:1])).order_by("home", "number")


def count_members(households: Sequence[int], on: date) -> int:
    """How many persons are members of these households on a day; one statement."""
    return only(Membership.objects.filter(_true_on(on)), "household", households).count()
