"""What is read from a file, before anybody asks what it means: sheets, rows, cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from doudi.kernel.refusals import Fault

MAX_ROWS = 200_000
"""The most rows of a sheet, its heading not counted."""
MAX_COLUMNS = 512
MAX_CELLS = 3_000_000
"""The most cells of a whole workbook, the empty ones between filled ones counted."""
MAX_TEXT = 32_767
"""The most characters of one cell: Excel's own limit."""


class CellKind(StrEnum):
    """What the file says a cell is."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"  # a date with a time of day
    TIME = "time"  # a time of day without a date: what Excel makes of the date 0
    BOOLEAN = "boolean"
    ERROR = "error"


class Cell(NamedTuple):
    """One cell: its kind, and its content as text.

    A number is the shortest text that gives the stored binary number back, so what a
    spreadsheet has lost of a long number can be seen; a date is ISO; a boolean is 0 or 1.
    """

    kind: CellKind
    text: str = ""


EMPTY = Cell(CellKind.EMPTY)


class Row(NamedTuple):
    """One row, numbered as the clerk sees it: the first is 1."""

    number: int
    cells: list[Cell]


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows that hold anything, and what is odd about it as a whole."""

    name: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its visible sheets, what was noticed, and the digest of its bytes."""

    sheets: list[Sheet]
    faults: list[Fault]
    digest: str
    is_workbook: bool
