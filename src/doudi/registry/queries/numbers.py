"""The office's own numbers of households and persons, by which others name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.bulk import only
from doudi.registry.models import Household, Person

if TYPE_CHECKING:
    from collections.abc import Sequence


def household_numbers(households: Sequence[int]) -> dict[int, str]:
    """The number of each household, by id; one statement."""
    return dict(only(Household.objects.all(), "id", households).values_list("pk", "number"))


def person_numbers(persons: Sequence[int]) -> dict[int, str]:
    """The office's number of each person, by id; one statement."""
    return dict(only(Person.objects.all(), "id", persons).values_list("pk", "person_number"))
