"""The hash chain (哈希链) over the journal: what exactly is hashed, line by line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from doudi.access.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

GENESIS = "0" * 64
"""What the first seal stands on."""

_CHUNK = 5000
_HASHED = (
    "deed_id",
    "deed__actor_id",
    "deed__act",
    "deed__why",
    "table",
    "row",
    "operation",
    "before",
    "after",
)
"""What of an entry is hashed, after its number and its deed's moment."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a stretch of the journal comes to: how many entries, from where to where, and hash."""

    count: int
    first: int
    last: int
    digest: str


def sum_up(*, after: int, last: int | None, previous: str, sealed_by: int, at: datetime) -> Sum:
    """Hash the entries beyond `after` up to `last` (None: all), on top of the digest `previous`.

    The particulars of the seal itself are hashed first. Entries go by their number, so that one
    changed, taken out, put in or moved changes the digest.
    """
    running = sha256(_line([previous, sealed_by, _moment(at)]))
    count, first, highest = 0, 0, after
    for number, moment, *rest in _entries(after, last):
        first = first or number
        highest = number
        count += 1
        running.update(_line([number, _moment(moment), *rest]))
    return Sum(count, first, highest, running.hexdigest())


def _entries(after: int, last: int | None) -> Iterator[tuple[Any, ...]]:
    rows = Entry.objects.filter(pk__gt=after).order_by("pk")
    if last is not None:
        rows = rows.filter(pk__lte=last)
    return rows.values_list("pk", "deed__at", *_HASHED).iterator(chunk_size=_CHUNK)


def _line(values: list[object]) -> bytes:
    """One line of JSON: quotes and brackets keep the parts apart."""
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _moment(at: datetime) -> str:
    """A moment to the microsecond in UTC, the same text on either database."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
