"""How a circumstance becomes a column: what is read of a table, and what its absence means.

A column of a frozen record is declared with its type, so that the record is at once what other
rooms read and the list of what is to be fetched. Everything comes from the database as whole
numbers: words by their place in the vocabulary, days since 1970, fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_type_hints

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from doudi.kernel.vocabulary import Word
from doudi.registry.models import Circumstance

Ints = NDArray[np.int64]
Words = NDArray[np.int8]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]

NO, UNKNOWN, YES = 0, 1, 2
"""The three answers of a column of type `Words` that is a question."""
NONE = 0
"""What stands for no word at all: the first word of a vocabulary is 1."""
NOT_KNOWN = -1
"""What stands for a number that nobody has stated."""

DAY, WORD, FLAG, INT = "datetime64[D]", "int8", "bool", "int64"
"""Types of columns. The expression of a `DAY` is the name of its field; its absence is NaT."""

_EPOCH_JULIAN = "2440587.5"
"""The Julian day number of 1970-01-01 as SQLite counts."""
_FULL_CODE = "000000000000"
"""An area code has at most twelve digits; a shorter one is filled up with noughts."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is read of a circumstance, as which type, and what stands where there is no row.

    With `by`, a field of the table and its vocabulary, there is one column for each word.
    """

    model: type[Circumstance]
    expression: str
    dtype: str
    absent: int = 0
    by: tuple[str, type[Word]] | None = None


def declared(record: type) -> dict[str, Column]:
    """The columns that a record declares, by the name of its field."""
    return {
        name: note
        for name, hint in get_type_hints(record, include_extras=True).items()
        for note in getattr(hint, "__metadata__", ())
        if isinstance(note, Column)
    }


def code_of(word: Word) -> int:
    """The whole number that stands for a word: its place in its vocabulary, from 1."""
    return list(type(word)).index(word) + 1


def word_of(vocabulary: type[Word], code: int) -> Word | None:
    """The word that a number stands for; None for 0, which is no word."""
    return list(vocabulary)[code - 1] if code else None


def number(name: str, *, null: int | None = None) -> str:
    """A whole number; `null` says what stands for one that is not known."""
    return f'"{name}"' if null is None else f'COALESCE("{name}", {null})'


def word(name: str, vocabulary: type[Word]) -> str:
    """A word, as its place in the vocabulary; 0 where it is empty."""
    cases = " ".join(f"WHEN '{each.value}' THEN {code_of(each)}" for each in vocabulary)
    return f'CASE "{name}" {cases} ELSE {NONE} END'


def flag(name: str) -> str:
    """Yes or no, as 1 or 0."""
    return f'CAST("{name}" AS INTEGER)'


def question(name: str) -> str:
    """Yes, no or not known, as 2, 0 or 1."""
    return f'CASE WHEN "{name}" IS NULL THEN {UNKNOWN} WHEN "{name}" THEN {YES} ELSE {NO} END'


def full_code(name: str) -> str:
    """An area code filled up to twelve digits, as a number: 530111 becomes 530111000000."""
    return f"CAST(substr(\"{name}\" || '{_FULL_CODE}', 1, {len(_FULL_CODE)}) AS BIGINT)"


def days_since_1970(name: str) -> str:
    """A day as a number, in the words of the database at hand: they count differently."""
    if connection.vendor == "postgresql":
        return f"(\"{name}\" - DATE '1970-01-01')"
    return f'CAST(julianday("{name}") - {_EPOCH_JULIAN} AS INTEGER)'


def selected(spec: Column) -> str:
    """What a column asks of its table, as SQL."""
    return days_since_1970(spec.expression) if spec.dtype == DAY else spec.expression


def empty(spec: Column, size: int) -> NDArray[Any]:
    """A column of so many places where nobody has a row."""
    absent = np.datetime64("NaT") if spec.dtype == DAY else spec.absent
    return np.full(size, absent, dtype=spec.dtype)


def as_days(numbers: Ints) -> Days:
    """Days since 1970 as dates."""
    return numbers.astype(DAY)
