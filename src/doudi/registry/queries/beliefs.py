"""What is believed now of some persons or households: what new statements are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.bulk import only
from doudi.registry.checks.shape import NUMBER_INDEX, STORED_ONLY
from doudi.registry.models import (
    Account,
    Circumstance,
    Death,
    Household,
    Membership,
    Person,
    Phone,
    Residence,
    SealedField,
)
from doudi.registry.numbers import index_numbers, is_index_current, opened_number
from doudi.registry.planning import Belief
from doudi.registry.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from doudi.registry.kinds import Kind


def believed(kind: Kind, owners: Sequence[int]) -> QuerySet[Circumstance]:
    """The rows of a kind that are believed of these owners now, confirmed or only claimed."""
    rows = kind.model._default_manager.filter(superseded_at=None)  # noqa: SLF001 - Django's API
    return only(rows, kind.owner.removesuffix("_id"), owners)


def as_belief(kind: Kind, row: Circumstance) -> Belief:
    """A row as what it states; a sealed number stays sealed, beside its index."""
    columns = [*kind.words, *kind.model.VALUES]
    values = {column: getattr(row, column) for column in columns}
    if isinstance(row, Account | Phone):
        values |= {column: getattr(row, column) for column in STORED_ONLY}
        values[NUMBER_INDEX] = _current_index(row)
    return Belief(
        row.pk,
        row.recorded_at,
        Statement(
            owner=getattr(row, kind.owner),
            values=values,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=row.source,
            note=row.note,
            confirmed=row.confirmed_at is not None,
        ),
    )


def _current_index(row: Account | Phone) -> str:
    """The index of a number by the newest key, as a statement's is; while keys change, made anew.

    Else the same number would seem another one.
    """
    if is_index_current(row.number_index):
        return row.number_index
    field = SealedField.ACCOUNT if isinstance(row, Account) else SealedField.PHONE
    return index_numbers(field, [opened_number(field, row.number_sealed, row.uid)])[0]


def births(persons: Sequence[int]) -> dict[int, date]:
    """The day of birth of each of these persons."""
    return dict(only(Person.objects.all(), "id", persons).values_list("pk", "birth_date"))


def deaths(persons: Sequence[int]) -> dict[int, date]:
    """The day of death, as believed now, of those of these persons who died."""
    rows = only(Death.objects.filter(superseded_at=None), "person", persons)
    return dict(rows.values_list("person_id", "valid_from"))


def memberships_in(households: Sequence[int]) -> QuerySet[Membership]:
    """The memberships believed now in these households."""
    return only(Membership.objects.filter(superseded_at=None), "household", households)


def area_names_of(households: Iterable[int]) -> Mapping[int, str]:
    """The name of the area where each of these households lived last, as believed now."""
    rows = only(Residence.objects.filter(superseded_at=None), "household", list(households))
    names = rows.order_by("valid_from").values_list("household_id", "area__name")
    return dict(names)


def household_numbers(households: Sequence[int]) -> dict[int, str]:
    """The number of each of these households."""
    return dict(only(Household.objects.all(), "id", households).values_list("pk", "number"))
