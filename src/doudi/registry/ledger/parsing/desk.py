"""What a parser of cells has at hand (案头): the day of the reading, and where to leave remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.refusals import Fault, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

Told = tuple[str, tuple[Fault, ...]]
"""A text as it is kept, and what was remarked while it was read."""


@dataclass(slots=True)
class Desk:
    """The day of the reading, the remarks on the cell in hand, and what is known already.

    A remark is a notice of what was repaired, or a warning that somebody must confirm; what
    can't be read at all is raised as a Refusal instead.
    """

    on: date
    remarks: list[Fault] = field(default_factory=list)
    _known: dict[tuple[str, str], Told] = field(default_factory=dict)

    def notice(self, code: str, message: str, **values: object) -> None:
        """Leave a remark on what was repaired."""
        self.remarks.append(Fault(Severity.NOTICE, code, message, values=values))

    def once(self, kind: str, text: str, read: Callable[[str], Told]) -> str:
        """Read a text, or remember what it was: one person's number stands in many rows."""
        told = self._known.get((kind, text))
        if told is None:
            told = self._known[kind, text] = read(text)
        self.remarks.extend(told[1])
        return told[0]
