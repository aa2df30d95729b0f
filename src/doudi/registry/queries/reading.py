"""The reading rule: which row of a circumstance counts for a month, as known on a moment.

A row counts when it was recorded, confirmed and not superseded at the moment, and its span
shares a day with the month. Where several of one key do, the one that began last counts: a
month takes the last state seen in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from doudi.access.bulk import among
from doudi.kernel.months import Month
from doudi.registry.models import Circumstance, Supporter
from doudi.registry.queries.columns import (
    DAY,
    Column,
    Ints,
    days_since_1970,
    empty,
    selected,
    word,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from numpy.typing import NDArray


_NO_DAY = -2_000_000
"""Comes from the database for a day that is null: long before any calendar."""


@dataclass(frozen=True, slots=True)
class AsKnown:
    """A month, as known on a moment."""

    month: Month
    known_at: datetime

    def condition(self) -> tuple[str, list[Any]]:
        """What a row must satisfy to count, as SQL, and its parameters."""
        known, parameters = counted_at(self.known_at)
        return (
            f'"valid_from" <= %s AND ("valid_to" IS NULL OR "valid_to" >= %s) AND {known}',
            [as_stored(self.month.last), as_stored(self.month.first), *parameters],
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one kind that count: place of the owner, word of the key, id, and values."""

    place: Ints
    key: Ints
    row: Ints
    values: Sequence[Ints]


def counted_at(known_at: datetime) -> tuple[str, list[Any]]:
    """That a row was believed and confirmed on a moment, as SQL, and its parameters."""
    return (
        (
            '"recorded_at" <= %s AND "confirmed_at" <= %s'
            ' AND ("superseded_at" IS NULL OR "superseded_at" > %s)'
        ),
        [as_stored(known_at)] * 3,
    )


def as_stored(when: date | datetime) -> Any:  # noqa: ANN401 - as the database's driver takes it
    """A day or a moment as it stands in the database: SQLite keeps moments as text in UTC."""
    if isinstance(when, datetime):
        return connection.ops.adapt_datetimefield_value(when)
    return connection.ops.adapt_datefield_value(when)


def whole_numbers(sql: str, parameters: Sequence[Any], width: int) -> NDArray[np.int64]:
    """What a statement answers, as a table of whole numbers of so many columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        flat = np.fromiter(chain.from_iterable(cursor), dtype=np.int64)
    return flat.reshape(-1, width)


def table_of(model: type[Model]) -> str:
    """The name of a table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's API


@dataclass(frozen=True, slots=True)
class Owners:
    """Persons or households by id, and whether it pays to ask the database for them alone."""

    ids: Ints
    order: Ints
    narrow: bool

    @classmethod
    def of(cls, ids: Ints, *, all_there_are: int) -> Owners:
        """Ask for these alone only when they are few among all: a long list costs more."""
        return cls(ids, np.argsort(ids, kind="stable"), narrow=len(ids) * 4 < all_there_are)

    def condition(self, column: str) -> tuple[str, list[Any]]:
        """That a row is one of theirs, as SQL, and its parameters."""
        if not self.narrow:
            return "1 = 1", []
        is_among, parameter = among(self.ids.tolist())
        return f'"{column}" {is_among}', [parameter]

    def places(self, ids: Ints) -> Ints:
        """The place of each id; -1 for a stranger."""
        if len(self.ids) == 0:
            return np.full(len(ids), -1, dtype=np.int64)
        spots = np.minimum(np.searchsorted(self.ids, ids, sorter=self.order), len(self.ids) - 1)
        places = self.order[spots]
        return np.where(self.ids[places] == ids, places, -1)


def found_rows(
    model: type[Circumstance],
    owner: str,
    owners: Owners,
    specs: Sequence[Column],
    when: AsKnown,
) -> Found:
    """The rows of a kind that count for these owners; one statement."""
    known, parameters = when.condition()
    theirs, their_parameters = owners.condition(owner)
    asked = [
        f'"{owner}"',
        _key(model, specs),
        '"id"',
        days_since_1970("valid_from"),
        *(_asked(spec) for spec in specs),
    ]
    table = whole_numbers(
        f"SELECT {', '.join(asked)} FROM {table_of(model)} WHERE {known} AND {theirs}",
        [*parameters, *their_parameters],
        len(asked),
    )
    places = owners.places(table[:, 0])
    table, places = table[places >= 0], places[places >= 0]
    last = last_begun(places, table[:, 1], table[:, 3])
    kept = table[last]
    return Found(places[last], kept[:, 1], kept[:, 2], [kept[:, 4 + i] for i in range(len(specs))])


def scattered(spec: Column, size: int, places: Ints, values: Ints) -> NDArray[Any]:
    """A whole column, with the values in their places and the absent value in all others."""
    whole = empty(spec, size)
    if spec.dtype == DAY:
        days = values.astype(DAY)
        days[values == _NO_DAY] = np.datetime64("NaT")
        whole[places] = days
    else:
        whole[places] = values
    return whole


def _asked(spec: Column) -> str:
    """A column as asked for; no null may come, for whole numbers have none."""
    return f"COALESCE({selected(spec)}, {_NO_DAY})" if spec.dtype == DAY else selected(spec)


def _key(model: type[Circumstance], specs: Sequence[Column]) -> str:
    """What tells an owner's rows of one kind apart, as a whole number."""
    if model is Supporter:
        return 'DENSE_RANK() OVER (ORDER BY "tie")'
    spec = next((each for each in specs if each.by), None)
    return word(*spec.by) if spec and spec.by else "0"


def last_begun(places: Ints, keys: Ints, days: Ints) -> Ints:
    """Of the rows of each owner and key, the one that began last: their positions, in order."""
    order = np.lexsort((days, keys, places))
    places, keys = places[order], keys[order]
    is_last = np.ones(len(order), dtype=bool)
    is_last[:-1] = (places[1:] != places[:-1]) | (keys[1:] != keys[:-1])
    return order[is_last]
