"""A row's image as the journal's page shows it: codes, days and sums; nobody's words or numbers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.kernel.names import masked_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.access.models import Entry

_NAMES = {"name", "holder_name"}
_HIDDEN = {"birth_date"}
_PLAIN = re.compile(r"[A-Za-z0-9_.:+/ -]{0,40}")
"""A code, a day, a moment: what has other signs in it somebody wrote."""
_LONG_NUMBER = re.compile(r"[0-9]{7,}|[0-9A-Fa-f]{24,}")
_ELIDED = "…"


@dataclass(frozen=True, slots=True)
class Changed:
    """A column of a row that a deed changed: what stood there before, and after; masked."""

    column: str
    before: str
    after: str


def changes_in(entry: Entry) -> list[Changed]:
    """The columns that differ between the images of an entry, each value masked."""
    before, after = _row(entry.before), _row(entry.after)
    return list(_differing(before, after))


def _row(image: str | None) -> dict[str, object]:
    return dict(json.loads(image)) if image else {}


def _differing(before: dict[str, object], after: dict[str, object]) -> Iterator[Changed]:
    for column in dict.fromkeys((*before, *after)):
        old, new = before.get(column), after.get(column)
        if old != new and column != "id":
            yield Changed(column, _shown(column, old), _shown(column, new))


def _shown(column: str, value: object) -> str:
    """A value, if it says nothing of anybody; a name by its first character; else only that."""
    if value is None:
        return ""
    text = str(value)
    if column in _NAMES:
        return masked_name(text)
    if column in _HIDDEN or not _PLAIN.fullmatch(text) or _LONG_NUMBER.search(text):
        return _ELIDED if text else ""
    return text
