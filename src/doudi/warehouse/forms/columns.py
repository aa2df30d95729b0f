"""Columns that stand straight in a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Side = Literal["left", "right"]


def width(text: str) -> int:
    """How many cells a text takes: two for a wide character, none for a combining mark.

    >>> width("低保 Dibao")
    10
    """
    return sum(map(_cells, text))


def aligned(rows: Sequence[Sequence[str]], sides: Sequence[Side]) -> list[str]:
    """Each row as one line, every column as wide as its widest cell; `sides` is one a column."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(_padded, row, widths, sides)).rstrip() for row in rows]


def _padded(text: str, cells: int, side: Side) -> str:
    space = " " * (cells - width(text))
    return space + text if side == "right" else text + space


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
