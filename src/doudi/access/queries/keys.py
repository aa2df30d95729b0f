"""Reads about the office's keys (密钥): which there are, what each still holds, what is to be done.

What a value was sealed by, its first two characters say; what an index was made by, its number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import Left

from doudi.access.keys import office_keys
from doudi.access.models import KeyCheck
from doudi.access.sealed_columns import sealed_columns
from doudi.kernel.sealing import Suite, sealed_beginnings

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from doudi.kernel.sealing import SealedColumn

_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """A version of the key; `values` are those it holds that would be sealed anew at a change.

    The newest seals; `is_in_use` says whether look-ups of unique values are by it already.
    """

    version: int
    suite: Suite
    is_newest: bool
    is_in_use: bool
    made_at: datetime | None
    values: int


def key_versions() -> list[KeyVersion]:
    """Every version of the key, oldest first; one query a sealed column and one for the checks."""
    keys = office_keys()
    checks = {check.version: check for check in KeyCheck.objects.all()}
    held: Counter[int] = Counter()
    versions = {
        beginning: key.version for key in keys.keys for beginning in sealed_beginnings(key.version)
    }
    for model, column in sealed_columns():
        rows = _with_values(model, column).values("beginning").annotate(rows=Count("pk")).order_by()
        for row in rows:
            held[versions.get(row["beginning"], 0)] += row["rows"]
    return [
        KeyVersion(
            version=key.version,
            suite=key.suite,
            is_newest=key == keys.newest,
            is_in_use=key.version in checks and checks[key.version].is_in_use,
            made_at=checks[key.version].made_at if key.version in checks else None,
            values=held[key.version],
        )
        for key in sorted(keys.keys, key=lambda key: key.version)
    ]


def rows_to_index(model: type[Model], column: SealedColumn, version: int) -> QuerySet[Model]:
    """The rows whose second index is not by the key of this version yet, in order."""
    is_by_it = Q(**{f"{column.next_index}__startswith": f"{version}:"})
    return _with_values(model, column).exclude(is_by_it).order_by("pk")


def rows_to_seal(model: type[Model], column: SealedColumn, version: int) -> QuerySet[Model]:
    """The rows that are not sealed and indexed by the key of this version yet, in order."""
    is_done = Q(
        Q(**{f"{column.index}__startswith": f"{version}:"}),
        beginning__in=sealed_beginnings(version),
    )
    return _with_values(model, column).exclude(is_done).order_by("pk")


def _with_values(model: type[Model], column: SealedColumn) -> QuerySet[Model]:
    """The rows that have a sealed value, with how it begins."""
    rows: QuerySet[Model] = model._default_manager.exclude(**{column.column: ""})  # noqa: SLF001 - Django's API
    with_beginning: QuerySet[Model] = rows.annotate(beginning=Left(column.column, _BEGINNING))
    return with_beginning
