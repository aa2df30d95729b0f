"""The circumstances (情况) of a household and its members as rows, by both clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from doudi.access.bulk import only
from doudi.kernel.bank_accounts import masked_account
from doudi.kernel.phones import masked_phone
from doudi.registry.kinds import KINDS, Kind, kind_of
from doudi.registry.models import (
    Account,
    Circumstance,
    Membership,
    Person,
    Phone,
    Residence,
    SealedField,
)
from doudi.registry.numbers import opened_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from doudi.registry.models import Household


@dataclass(frozen=True, slots=True)
class Held:
    """A recorded fact: its kind, its row, and the person it is about; None for the household."""

    kind: Kind
    row: Circumstance
    person: Person | None


def circumstances_of(household: Household, *, on: date | None, known_at: datetime) -> list[Held]:
    """What was believed at a moment to hold on a day, confirmed or claimed, kind by kind.

    Of the household and of whoever belonged to it on that day. With `on` None: everything ever
    recorded by that moment, superseded or not, also of former members. One statement a kind.
    """
    memberships = Membership.objects.filter(_recorded(on, known_at), household=household)
    persons = list(memberships.order_by().values_list("person_id", flat=True).distinct())
    return [
        Held(kind, row, getattr(row, "person", None) if kind.owner == "person_id" else None)
        for kind in KINDS
        for row in _rows(kind, household, persons).filter(_recorded(on, known_at))
    ]


def circumstances_of_person(person: Person, *, on: date | None, known_at: datetime) -> list[Held]:
    """The same of one person alone, its memberships included."""
    return [
        Held(kind, row, person)
        for kind in KINDS
        if kind.owner == "person_id"
        for row in _ordered(kind, [person.pk]).filter(_recorded(on, known_at))
    ]


def fact_in(household: Household, kind: Kind, row: int, *, on: date) -> Held | None:
    """A recorded fact of a household, or of somebody in it on a day; None for any other.

    Also one that is believed no longer. A membership is the household's whenever it was.
    """
    rows = kind.model._default_manager.select_related("recorded_by").filter(pk=row)  # noqa: SLF001 - Django's API
    if kind.model is Membership or kind.owner == "household_id":
        rows = rows.filter(Q(household=household))
    else:
        there = Membership.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=on),
            household=household,
            superseded_at=None,
            valid_from__lte=on,
        )
        rows = rows.filter(Q(person__in=there.values("person")))
    found = rows.first()
    return None if found is None else fact_of(found)


def fact_of(row: Circumstance) -> Held:
    """A row with its kind and its person."""
    kind = kind_of(type(row))
    return Held(kind, row, getattr(row, "person", None) if kind.owner == "person_id" else None)


def standing_beside(row: Circumstance) -> list[Held]:
    """What is believed now of the days that a row speaks of, in the row's place."""
    kind = kind_of(type(row))
    same = {column: getattr(row, column) for column in (kind.owner, *kind.words)}
    rows = kind.model._default_manager.filter(superseded_at=None, **same)  # noqa: SLF001 - Django's API
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=row.valid_from))
    if row.valid_to is not None:
        rows = rows.filter(valid_from__lte=row.valid_to)
    return [fact_of(each) for each in rows.select_related("recorded_by").order_by("valid_from")]


def masked_number(row: Account | Phone) -> str:
    """The number of an account or a phone as others may see it."""
    if isinstance(row, Account):
        return masked_account(opened_number(SealedField.ACCOUNT, row.number_sealed, row.uid))
    return masked_phone(opened_number(SealedField.PHONE, row.number_sealed, row.uid))


def _rows(kind: Kind, household: Household, persons: Sequence[int]) -> QuerySet[Circumstance]:
    """The rows of a kind about a household, or about these persons."""
    if kind.model is Membership:
        rows = Membership.objects.filter(household=household)
        return rows.select_related("recorded_by", "person").order_by("person", "valid_from")
    return _ordered(kind, [household.pk] if kind.owner == "household_id" else persons)


def _ordered(kind: Kind, owners: Sequence[int]) -> QuerySet[Circumstance]:
    """The rows of a kind of these owners, by owner, with what a page says beside each."""
    owner = kind.owner.removesuffix("_id")
    beside = ["recorded_by", "confirmed_by"]
    beside += ["person"] if owner == "person" else []
    beside += ["area"] if kind.model is Residence else []
    rows = kind.model._default_manager.select_related(*beside)  # noqa: SLF001 - Django's API
    return only(rows, owner, owners).order_by(owner, *kind.words, "valid_from", "pk")


def _recorded(on: date | None, known_at: datetime) -> Q:
    """Recorded by a moment; and, with a day, believed then to hold on it."""
    if on is None:
        return Q(recorded_at__lte=known_at)
    return Q(
        Q(valid_to=None) | Q(valid_to__gte=on),
        Q(superseded_at=None) | Q(superseded_at__gt=known_at),
        valid_from__lte=on,
        recorded_at__lte=known_at,
    )
