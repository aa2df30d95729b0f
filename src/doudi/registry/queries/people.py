"""Reads of persons and households by number, of members and accounts on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet

from doudi.access.bulk import only
from doudi.access.queries import visible_areas
from doudi.kernel.id_numbers import LENGTH, masked_id_number
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.models import Account, Household, Membership, Person, Residence, SealedField
from doudi.registry.numbers import number_indexes, opened_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from doudi.access.models import Officer

_MADE = r"^P[0-9]{8}$"
"""Numbers that we make up for persons who bring none."""


def counting(on: date, known_at: datetime) -> Q:
    """That a circumstance held on a day, confirmed and believed at a moment."""
    return Q(
        Q(valid_to=None) | Q(valid_to__gte=on),
        Q(superseded_at=None) | Q(superseded_at__gt=known_at),
        valid_from__lte=on,
        recorded_at__lte=known_at,
        confirmed_at__lte=known_at,
    )


def household_numbered(number: str) -> Household:
    """The household with this number; refuses others with the code HH-UNKNOWN."""
    household = Household.objects.filter(number=number).first()
    if household is None:
        raise Refusal("HH-UNKNOWN", N_("没有户编号“{number}”，请核对"), number=number)
    return household


def household_ids(numbers: Sequence[str]) -> dict[str, int]:
    """The id of each household with one of these numbers."""
    rows = only(Household.objects.all(), "number", numbers)
    return dict(rows.values_list("number", "pk"))


def person_ids(numbers: Sequence[str]) -> dict[str, int]:
    """The id of each person with one of these numbers: an ID number, or the office's own."""
    ids = numbered_persons(numbers)
    by_index = number_indexes(
        SealedField.ID_NUMBER,
        [number for number in numbers if number not in ids and len(number) == LENGTH],
    )
    found = persons_of_indexes(list(by_index))
    return ids | {by_index[index]: person.pk for index, person in found.items()}


def numbered_persons(numbers: Sequence[str]) -> dict[str, int]:
    """The id of each person with one of these numbers of the office's own."""
    rows = only(Person.objects.all(), "person_number", numbers)
    return dict(rows.values_list("person_number", "pk"))


def persons_of_indexes(indexes: Sequence[str]) -> dict[str, Person]:
    """The person behind each keyed index of an ID number, whichever key of the two it is by."""
    found = {}
    for column in ("id_number_next_index", "id_number_index"):
        for person in only(Person.objects.all(), column, indexes):
            found[str(getattr(person, column))] = person
    return found


def person_by_id_number(number: str) -> Person | None:
    """The person with this ID number, looked up by its keyed index; None when there is none."""
    found = persons_of_indexes(list(number_indexes(SealedField.ID_NUMBER, [number])))
    return next(iter(found.values()), None)


def last_made_number() -> int:
    """The highest number that we made up for a person so far; 0 when none."""
    rows = Person.objects.filter(person_number__regex=_MADE)
    last = rows.aggregate(last=Max("person_number"))["last"]
    return int(last[1:]) if last else 0


def members(household: Household, on: date, known_at: datetime) -> list[Membership]:
    """The memberships of a household on a day, as known at a moment, each with its person.

    The dead are members still until their membership is ended.
    """
    rows = Membership.objects.filter(counting(on, known_at), household=household)
    return list(rows.select_related("person").order_by("valid_from", "person_id"))


def current_accounts(persons: Sequence[int], on: date, known_at: datetime) -> dict[int, Account]:
    """The account that each of these persons is paid into on a day; those with none are absent."""
    rows = only(Account.objects.filter(counting(on, known_at)), "person", persons)
    return {account.person_id: account for account in rows}


def account_number(sealed: str, uid: UUID) -> str:
    """An account's number in the clear, for the bank's file alone.

    To show it to somebody use `actions.reveal_account_number`, which leaves a trace.
    """
    return opened_number(SealedField.ACCOUNT, sealed, uid)


def masked_id(person: Person) -> str:
    """An ID number as others may see it; empty for a person without papers."""
    if not person.id_number_sealed:
        return ""
    number = opened_number(SealedField.ID_NUMBER, person.id_number_sealed, person.uid)
    return masked_id_number(number)


def households_visible_to(officer: Officer, on: date) -> QuerySet[Household]:
    """The households that live on a day where the officer may see people, as believed now."""
    here = Residence.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        superseded_at=None,
        valid_from__lte=on,
        area__in=visible_areas(officer, on),
    )
    return Household.objects.filter(pk__in=here.values("household")).order_by("number")


def persons_visible_to(officer: Officer, on: date) -> QuerySet[Person]:
    """The members on a day, as believed now, of the households that the officer may see."""
    there = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        superseded_at=None,
        valid_from__lte=on,
        household__in=households_visible_to(officer, on).order_by(),
    )
    return Person.objects.filter(pk__in=there.values("person")).order_by("person_number")


def is_free_or_seen(person: int, officer: Officer, on: date) -> bool:
    """Whether the officer may see a person, or nobody may: one who is in no household on a day.

    Of anybody else it must not even be told that they are registered.
    """
    if persons_visible_to(officer, on).filter(pk=person).exists():
        return True
    return not Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), person=person, superseded_at=None
    ).exists()
