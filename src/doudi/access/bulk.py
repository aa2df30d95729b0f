"""Bulk writes (批量写入): whole columns in one statement, however many rows there are.

The ORM's bulk_create cuts a table into hundreds of statements on SQLite. These functions send
columns: one statement over a JSON array on SQLite, COPY on PostgreSQL. (On SQLite executemany
takes three to four times as long, since every row is then a statement with triggers of its own.)
Constraints and the journal's triggers see every row all the same, and no row is ever dropped
silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection, models

Columns = Mapping[str, Sequence[Any]]
M = TypeVar("M", bound=models.Model)


def insert_columns(model: type[models.Model], columns: Columns) -> int:
    """Insert rows given as columns of equal length, by field name; answers how many.

    Values are prepared by the model's own fields, so dates, moments and UUIDs may be given as
    such. Fields left out take the database's default or fail. Raises IntegrityError as usual.
    """
    fields = [_field(model, name) for name in columns]
    names = ", ".join(f'"{field.column}"' for field in fields)
    prepared = [
        _prepared(field, columns[name]) for name, field in zip(columns, fields, strict=True)
    ]
    rows = list(zip(*prepared, strict=True))
    if not rows:
        return 0
    table = model._meta.db_table  # noqa: SLF001 - Django's API
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            values = ", ".join(f"json_extract(value, '$[{i}]')" for i in range(len(fields)))
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) SELECT {values} FROM json_each(%s)',
                [json.dumps(rows)],
            )
    return len(rows)


def _prepared(field: models.Field[Any, Any], values: Sequence[Any]) -> list[Any]:
    """A column as the driver takes it; what comes again and again is prepared but once."""
    if isinstance(field, models.JSONField):  # its values can't be looked up
        return [field.get_db_prep_save(value, connection) for value in values]
    known: dict[Any, Any] = {}
    for value in values:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
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


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """A column of a model by its field's name; raises TypeError for a relation without one."""
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's API
    if not isinstance(field, models.Field):
        raise TypeError(name)
    return field
