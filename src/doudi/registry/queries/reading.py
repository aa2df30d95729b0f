"""The reading rule: which row of a circumstance counts for a month, as known on a moment.

A row counts when it was recorded, confirmed and not superseded at the moment, and its span
shares a day with the month. Where several of one key do, the one that began last counts: a
month takes the last state seen in it. The rows of several months are read at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection
from django.db.models import Max

from doudi.access.bulk import among
from doudi.access.bulk_reads import read_columns
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
_FOR_EVER = 4_000_000
"""Comes from the database for a span without an end: long after any calendar."""
STRANGER = -1
"""The place of somebody who is not asked about."""


@dataclass(frozen=True, slots=True)
class AsKnown:
    """A stretch of months, as known on a moment."""

    first: Month
    last: Month
    known_at: datetime

    def condition(self) -> tuple[str, list[Any]]:
        """What a row must satisfy to count in some of the months, as SQL, and its parameters."""
        known, parameters = counted_at(self.known_at)
        return (
            f'"valid_from" <= %s AND ("valid_to" IS NULL OR "valid_to" >= %s) AND {known}',
            [as_stored(self.last.last), as_stored(self.first.first), *parameters],
        )


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


def table_of(model: type[Model]) -> str:
    """The name of a table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's API


@dataclass(frozen=True, slots=True, eq=False)
class Owners:
    """The persons or households asked about in some month, by id, in order."""

    ids: Ints

    @classmethod
    def of(cls, *ids: Ints) -> Owners:
        """Those of each month together."""
        return cls(np.unique(np.concatenate(ids)) if ids else np.zeros(0, dtype=np.int64))

    def condition(self, column: str, model: type[Model]) -> tuple[str, list[Any]]:
        """That a row is one of theirs, as SQL, and its parameters.

        Asks for them alone only when they are few beside the rows that the table can have: to
        look each up costs more than to read on.
        """
        most = model._default_manager.aggregate(most=Max("pk"))["most"]  # noqa: SLF001 - Django's API
        if len(self.ids) * 2 >= (most or 0):
            return "1 = 1", []
        is_among, parameter = among(self.ids.tolist())
        return f'"{column}" {is_among}', [parameter]

    def spots(self, ids: Ints) -> Ints:
        """Where each id stands among theirs; `STRANGER` for any other."""
        if len(self.ids) == 0:
            return np.full(len(ids), STRANGER, dtype=np.int64)
        spots = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[spots] == ids, spots, STRANGER)

    def places(self, ids: Ints) -> Ints:
        """For each of them the place among these ids, each of which is theirs; else `STRANGER`."""
        places = np.full(len(self.ids), STRANGER, dtype=np.int64)
        places[self.spots(ids)] = np.arange(len(ids))
        return places


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one kind that count in some month, by owner, word of the key and beginning.

    `spot` is the owner's among the owners; `begun` and `ended` count days since 1970.
    """

    spot: Ints
    key: Ints
    row: Ints
    begun: Ints
    ended: Ints
    values: Sequence[Ints]

    def last_of(self, month: Month) -> Ints:
        """The rows that count for a month: of each owner and key the one that began last."""
        first, last = _day(month.first), _day(month.last)
        rows = np.flatnonzero((self.begun <= last) & (self.ended >= first))
        spot, key = self.spot[rows], self.key[rows]
        is_last = np.ones(len(rows), dtype=bool)
        is_last[:-1] = (spot[1:] != spot[:-1]) | (key[1:] != key[:-1])
        return rows[is_last]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The rows of one kind that count for a month: place of the owner, key, id, and values."""

    place: Ints
    key: Ints
    row: Ints
    values: Sequence[Ints]


def found_rows(rows: Rows, places: Ints, month: Month) -> Found:
    """Those rows that count for a month, of the owners who have a place in it."""
    last = rows.last_of(month)
    place = places[rows.spot[last]]
    here = place != STRANGER
    if not here.all():
        last, place = last[here], place[here]
    return Found(place, rows.key[last], rows.row[last], [each[last] for each in rows.values])


def rows_of(
    model: type[Circumstance],
    owner: str,
    owners: Owners,
    specs: Sequence[Column],
    when: AsKnown,
) -> Rows:
    """The rows of a kind that count for these owners in some month; two statements."""
    theirs, their_parameters = owners.condition(owner, model)
    asked = [owner_key(model, specs), *(_asked(spec) for spec in specs)]
    return read_rows(model, owner, owners, asked, when, theirs, their_parameters)


def read_rows(
    model: type[Circumstance],
    owner: str,
    owners: Owners | None,
    asked: Sequence[str],
    when: AsKnown,
    condition: str,
    parameters: Sequence[Any],
) -> Rows:
    """The rows of a kind under a condition, the first thing asked being their key.

    Without owners, whoever is found is one: `spot` is then the owner's id.
    """
    known, known_parameters = when.condition()
    own, key, row, begun, ended, *values = read_columns(
        [
            f'"{owner}"',
            asked[0],
            '"id"',
            days_since_1970("valid_from"),
            f"COALESCE({days_since_1970('valid_to')}, {_FOR_EVER})",
            *asked[1:],
        ],
        f"FROM {table_of(model)} WHERE {known} AND {condition}",
        [*known_parameters, *parameters],
    )
    spot = own if owners is None else owners.spots(own)
    order = np.lexsort((begun, key, spot))
    order = order[np.searchsorted(spot, 0, sorter=order) :]
    spot, key, row, begun, ended = (each[order] for each in (spot, key, row, begun, ended))
    return Rows(spot, key, row, begun, ended, [each[order] for each in values])


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


def owner_key(model: type[Circumstance], specs: Sequence[Column]) -> str:
    """What tells an owner's rows of one kind apart, as a whole number."""
    if model is Supporter:
        return 'DENSE_RANK() OVER (ORDER BY "tie")'
    spec = next((each for each in specs if each.by), None)
    return word(*spec.by) if spec and spec.by else "0"


def _day(day: date) -> int:
    """A day as days since 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))
