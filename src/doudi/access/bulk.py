"""Bulk writes (批量写入): whole columns in one statement, however many rows there are.

The ORM's bulk_create cuts a table into hundreds of statements on SQLite. These functions send
columns: executemany on SQLite, COPY on PostgreSQL. Constraints and the journal's triggers see
every row all the same, and no row is ever dropped silently.
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
    fields = [model._meta.get_field(name) for name in columns]  # noqa: SLF001 - Django's API
    names = ", ".join(f'"{field.column}"' for field in fields)
    prepared = [
        [field.get_db_prep_save(value, connection) for value in columns[name]]
        for name, field in zip(columns, fields, strict=True)
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
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
    return len(rows)


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
    column = rows.model._meta.get_field(field).column  # noqa: SLF001 - Django's API
    table = rows.model._meta.db_table  # noqa: SLF001 - Django's API
    condition, parameter = among(values)
    return rows.extra(where=[f'"{table}"."{column}" {condition}'], params=[parameter])


def update_where(model: type[models.Model], ids: Sequence[int], values: Mapping[str, Any]) -> int:
    """Set the same values on every row with one of these ids, in one statement."""
    if len(ids) == 0:
        return 0
    fields = [model._meta.get_field(name) for name in values]  # noqa: SLF001 - Django's API
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
