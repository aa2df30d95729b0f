"""The office's own numbers of households and persons, and their masked names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.bulk import only
from doudi.kernel.names import masked_name
from doudi.registry.models import Household, Person

if TYPE_CHECKING:
    from collections.abc import Sequence


def household_numbers(households: Sequence[int]) -> dict[int, str]:
    """The number of each household, by id; one statement."""
    return dict(only(Household.objects.all(), "id", households).values_list("pk", "number"))


def person_numbers(persons: Sequence[int]) -> dict[int, str]:
    """The office's number of each person, by id; one statement."""
    return dict(only(Person.objects.all(), "id", persons).values_list("pk", "person_number"))


def masked_names(persons: Sequence[int]) -> dict[int, str]:
    """The masked name of each person, by id; one statement."""
    rows = only(Person.objects.all(), "id", persons).values_list("pk", "name")
    return {person: masked_name(name) for person, name in rows}
