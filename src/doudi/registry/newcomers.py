"""Newcomers (新登记): persons and households as somebody brings them, before they have rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from doudi.kernel.refusals import Fault, Severity
from doudi.kernel.vocabulary import Sex


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be registered.

    `id_number` is the whole number in the clear, empty for one without papers; `person_number`
    is the office's own number, made up for those who bring none. `row` is for the faults.
    """

    name: str
    sex: Sex
    birth_date: date
    id_number: str = ""
    person_number: str = ""
    row: int = 0

    def fault(self, code: str, message: str, column: str, **values: object) -> Fault:
        """A fault of this person, in its row; `column` is the name of the field."""
        return Fault(Severity.ERROR, code, message, row=self.row, column=column, values=values)


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of newcomers: their ids in the order in which they came, or the faults."""

    ids: Sequence[int] = field(default_factory=list)
    faults: Sequence[Fault] = field(default_factory=list)
