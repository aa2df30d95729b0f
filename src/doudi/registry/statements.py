"""Statements (陈述): facts as somebody brings them, before they are recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from doudi.kernel.refusals import Fault, Refusal, Severity
from doudi.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as it is to be recorded of a person or a household (`owner`, its id).

    `values` are the columns of its kind, words and ids as stored; an account or a phone gives
    its `number` in the clear. Only what an officer has confirmed counts for money. `row` is the
    row of a sheet that it comes from, for the faults.
    """

    owner: int
    values: Mapping[str, Any]
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    note: str = ""
    confirmed: bool = True
    row: int = 0

    @property
    def span(self) -> Span:
        """The days it speaks of; refuses an end before the start with PER-ORDER."""
        return Span(self.valid_from, self.valid_to)

    def fault(
        self,
        code: str,
        message: str,
        column: str = "",
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> Fault:
        """A fault of this statement, in its row; `column` is the name of the field."""
        return Fault(severity, code, message, row=self.row, column=column, values=values)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of statements: counts of rows, and the faults; with an error nothing is saved.

    `ended` are earlier facts that ended because a later one begins; each has a notice.
    """

    new: int = 0
    corrected: int = 0
    ended: int = 0
    confirmed: int = 0
    unchanged: int = 0
    faults: Sequence[Fault] = field(default_factory=list)
    notices: Sequence[Fault] = field(default_factory=list)

    @property
    def is_saved(self) -> bool:
        """Whether the statements were recorded."""
        return not self.faults


def refuse(faults: Sequence[Fault]) -> None:
    """Raise the first fault, an error before a warning, as a Refusal; nothing when none."""
    for fault in sorted(faults, key=lambda each: each.severity is not Severity.ERROR):
        raise Refusal(fault.code, fault.message, **fault.values)
