"""Bulk writes (批量写入): whole columns in one statement, however many rows there are.

The ORM's bulk_create cuts a table into hundreds of statements on SQLite. These functions send
columns: COPY on PostgreSQL; on SQLite a bare table of the connection's own, and one statement that
takes all from it. (There executemany into the table itself takes three times as long, since every
row is then a statement with triggers of its own.) Constraints and the journal's triggers see every
row all the same, and no row is ever dropped silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from django.db import connection, models

Column = Sequence[Any] | np.ndarray[Any, Any]
Columns = Mapping[str, "Column | Same"]
M = TypeVar("M", bound=models.Model)

_BLOCK = 10_000
"""How many rows are handed to PostgreSQL at a time."""
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
"""What means something else to COPY."""


@dataclass(frozen=True, slots=True)
class Same:
    """A column that says the same in every row."""

    value: Any


def insert_columns(model: type[models.Model], columns: Columns) -> int:
    """Insert rows given as columns of equal length, by field name; answers how many.

    Whole numbers may come as NumPy columns, and what is the same in all rows as `Same`, once.
    Values are prepared by the model's own fields, so dates, moments and UUIDs may be given as
    such. Fields left out take the database's default or fail. Raises IntegrityError as usual.
    """
    fields = [_field(model, name) for name in columns]
    names = ", ".join(f'"{field.column}"' for field in fields)
    rows = next((len(each) for each in columns.values() if not isinstance(each, Same)), 0)
    if rows == 0:
        return 0
    prepared = [
        _prepared(field, columns[name], rows) for name, field in zip(columns, fields, strict=True)
    ]
    table = model._meta.db_table  # noqa: SLF001 - Django's API
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for block in _as_copied(prepared):
                    copy.write(block)
        else:
            _through_a_table_of_its_own(cursor, table, names, prepared)
    return rows


def _through_a_table_of_its_own(
    cursor: Any,  # noqa: ANN401 - Django's cursors have no common type
    table: str,
    names: str,
    columns: Sequence[Sequence[Any]],
) -> None:
    """Put the rows into a bare table of this connection, and all from there in one statement.

    The bare table lies in memory (`temp_store` in the settings), and is empty between two calls.
    """
    held = ", ".join(f"c{place}" for place in range(len(columns)))
    bare = f"temp.doudi_rows_{len(columns)}"
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {bare} ({held})")
    cursor.executemany(
        f"INSERT INTO {bare} VALUES ({', '.join(['%s'] * len(columns))})",
        list(zip(*columns, strict=True)),
    )
    cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {held} FROM {bare} ORDER BY rowid')
    cursor.execute(f"DELETE FROM {bare}")


def _as_copied(columns: Sequence[Sequence[Any]]) -> Iterator[str]:
    """The rows as COPY reads them, in blocks: columns by tabs, rows by lines."""
    texts = [list(map(_copied, column)) for column in columns]
    for start in range(0, len(texts[0]), _BLOCK):
        block = (column[start : start + _BLOCK] for column in texts)
        yield "\n".join(map("\t".join, zip(*block, strict=True))) + "\n"


def _copied(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """A value as COPY reads it."""
    if isinstance(value, str):
        return value.translate(_ESCAPED)
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _prepared(field: models.Field[Any, Any], values: Column | Same, rows: int) -> Sequence[Any]:
    """A column as the driver takes it; what comes again and again is prepared but once."""
    if isinstance(values, Same):
        return [field.get_db_prep_save(values.value, connection)] * rows
    if isinstance(values, np.ndarray):
        numbers: list[Any] = values.tolist()
        return numbers
    if isinstance(field, models.JSONField):  # its values can't be looked up
        return [None if value is None else json.dumps(value) for value in values]
    known: dict[Any, Any] = {
        value: field.get_db_prep_save(value, connection) for value in set(values)
    }
    return [known[value] for value in values]


def among(values: Sequence[Any]) -> tuple[str, Any]:
    """An SQL condition `IN …` for any number of ids or texts, and its one parameter.

    `IN (%s, %s, …)` ends at the database's limit of parameters; this does not.
    """
    plain = [value if isinstance(value, str) else int(value) for value in values]
    if connection.vendor == "postgresql":
        return "= ANY(%s)", plain
    return "IN (SELECT value FROM json_each(%s))", json.dumps(plain)


def only(rows: models.QuerySet[M], field: str, values: Sequence[Any]) -> models.QuerySet[M]:
    """Narrow a queryset to the rows whose field is one of any number of ids or texts."""
    column = _field(rows.model, field).column
    table = rows.model._meta.db_table  # noqa: SLF001 - Django's API
    condition, parameter = among(values)
    return rows.extra(  # noqa: S610 - names come from the model, the value is bound
        where=[f'"{table}"."{column}" {condition}'], params=[parameter]
    )


def update_where(model: type[models.Model], ids: Sequence[int], values: Mapping[str, Any]) -> int:
    """Set the same values on every row with one of these ids, in one statement."""
    if len(ids) == 0:
        return 0
    fields = [_field(model, name) for name in values]
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)
    prepared = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]
    condition, parameter = among(ids)
    table = model._meta.db_table  # noqa: SLF001 - Django's API
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET {settings} WHERE "id" {condition}', [*prepared, parameter]
        )
        return int(cursor.rowcount)


def update_columns(model: type[models.Model], ids: Sequence[int], columns: Columns) -> int:
    """Give each row with one of these ids values of its own, in one statement; answers how many.

    Columns are as long as `ids`, by field name, and prepared as `insert_columns` does.
    """
    if len(ids) == 0:
        return 0
    fields = [_field(model, name) for name in columns]
    prepared = [
        _prepared(field, columns[name], len(ids))
        for name, field in zip(columns, fields, strict=True)
    ]
    table = model._meta.db_table  # noqa: SLF001 - Django's API
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            parameters: list[Any] = [list(ids), *prepared]
            settings = ", ".join(f'"{field.column}" = v.c{i}' for i, field in enumerate(fields))
            given = ", ".join(
                f"unnest(%s::{field.db_type(connection)}[]) AS c{i}"
                for i, field in enumerate(fields)
            )
            cursor.execute(
                f'UPDATE "{table}" SET {settings}'
                f" FROM (SELECT unnest(%s::bigint[]) AS row, {given}) v"
                f' WHERE "{table}"."id" = v.row',
                parameters,
            )
        else:
            settings = ", ".join(
                f"\"{field.column}\" = json_extract(v.value, '$[{i}]')"
                for i, field in enumerate(fields, start=1)
            )
            cursor.execute(
                f'UPDATE "{table}" SET {settings} FROM json_each(%s) AS v'
                f' WHERE "{table}"."id" = json_extract(v.value, \'$[0]\')',
                [json.dumps(list(zip(ids, *prepared, strict=True)))],
            )
        return int(cursor.rowcount)


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """A column of a model by its field's name; raises TypeError for a relation without one."""
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's API
    if not isinstance(field, models.Field):
        raise TypeError(name)
    return field
