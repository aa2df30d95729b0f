"""The words that persons are found by, made at registration, and made again where they lack.

An ID number's end is indexed by the newest key; after a change of keys it is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.access.bulk import insert_columns, only
from doudi.access.journal import deed
from doudi.registry.actions.writing import take_turn
from doudi.registry.models import Findable, SealedField
from doudi.registry.numbers import index_tails, opened_number
from doudi.registry.queries.finding import TAIL, persons_to_make_findable
from doudi.registry.sounds import words_of_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from doudi.access.models import Officer

PERSONS_A_BLOCK = 2000
_WHY = "补建检索词"


def insert_words(persons: Sequence[int], names: Sequence[str], numbers: Sequence[str]) -> None:
    """Write the words of persons by id; an empty number has no end to be found by."""
    owners: list[int] = []
    words: list[str] = []
    for person, name in zip(persons, names, strict=True):
        found = words_of_name(name)
        owners += [person] * len(found)
        words += found
    with_number = [
        (person, number) for person, number in zip(persons, numbers, strict=True) if number
    ]
    owners += [person for person, _ in with_number]
    words += [f"{TAIL}{index}" for index in index_tails([number for _, number in with_number])]
    insert_columns(Findable, {"person": owners, "word": words})


@dataclass(frozen=True, slots=True)
class Made:
    """The persons of one block: the last one's id, and how many."""

    last: int
    persons: int


def make_findable(*, after: int = 0, actor: Officer, at: datetime) -> Made | None:
    """Make the words of the next persons beyond the id `after` who lack them, or bear old keys'.

    Answers None when nobody is left; whoever is stopped goes on from where he was.
    Refuses SEAL-BROKEN where a number does not open.
    """
    with deed(actor=actor, act="make_findable", why=_WHY, at=at):
        take_turn()
        persons = list(persons_to_make_findable(after)[:PERSONS_A_BLOCK])
        numbers = [
            opened_number(SealedField.ID_NUMBER, each.id_number_sealed, each.uid)
            if each.id_number_sealed
            else ""
            for each in persons
        ]
        ids = [each.pk for each in persons]
        only(Findable.objects.all(), "person", ids).delete()
        insert_words(ids, [each.name for each in persons], numbers)
    return Made(persons[-1].pk, len(persons)) if persons else None
