"""Triggers (触发器): how the database itself keeps the journal, whoever writes.

Every table of this project but the journal's own is journaled with all columns that the
database knows. SQLite's triggers work row by row; PostgreSQL's once a statement, from the
transition tables. The text of each trigger is made here, so that what stands in a database can
be compared with what should stand there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from doudi.access import triggers_postgresql, triggers_sqlite
from doudi.access.models import Deed, Entry, Seal

_JOURNAL = (Deed, Entry, Seal)


@dataclass(frozen=True, slots=True)
class Table:
    """A journaled table: its key and columns as they stand in the database.

    Of a hidden column the journal says only that it is there. `guards` are further triggers that
    the model names in `GUARDS` by database; they are set up, missed and compared in the same way.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    hidden: tuple[str, ...]
    guards: Mapping[str, str]


def journaled_models() -> list[type[models.Model]]:
    """Every model of this project whose changes are journaled, by table name."""
    return sorted(
        (
            model
            for model in apps.get_models(include_auto_created=True)
            if model.__module__.startswith("doudi.")
            and model._meta.managed  # noqa: SLF001 - Django's API
            and model not in _JOURNAL
            and getattr(model, "IS_JOURNALED", True)
        ),
        key=_table_of,
    )


def expected_triggers() -> dict[str, str]:
    """Name and text of every trigger (and on PostgreSQL function) that should stand here."""
    maker = _maker()
    expected: dict[str, str] = {}
    for table in journaled_tables():
        expected.update(maker.journal(table.name, table.key, table.columns, table.hidden))
        expected.update(table.guards)
    for model in _JOURNAL:
        expected.update(maker.append_only(_table_of(model)))
    return expected


def standing_triggers() -> dict[str, str]:
    """Name and text of every trigger of ours that stands in the database and is enabled."""
    with connection.cursor() as cursor:
        cursor.execute(_maker().STANDING)
        return dict(cursor.fetchall())


def faulty_triggers() -> list[str]:
    """Names of triggers that are missing, switched off or other than they should be."""
    return sorted(_faulty(expected_triggers()))


def json_of_row(alias: str, table: Table) -> str:
    """SQL for a row as JSON text, just as the triggers write it."""
    return str(_maker().as_json(alias, table.columns, table.hidden))


def install_triggers() -> None:
    """Set up every trigger anew that isn't as it should be, and remove those of gone tables.

    Looks twice: with a function of PostgreSQL go the triggers that call it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        expected = expected_triggers()
        for name in (standing_triggers().keys() - expected.keys()) | _faulty(expected):
            cursor.execute(_maker().drop(name))
        missing = _faulty(expected)
        for name, text in expected.items():
            if name in missing:
                cursor.execute(text)


def _faulty(expected: Mapping[str, str]) -> set[str]:
    """The names of these triggers that do not stand as they should."""
    standing, normal = standing_triggers(), _maker().normal
    return {
        name for name, text in expected.items() if normal(standing.get(name, "")) != normal(text)
    }


def remove_triggers() -> None:
    """Take every trigger away: before tables are rebuilt, and in a test's own database."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in standing_triggers():
            cursor.execute(_maker().drop(name))


def journaled_tables() -> list[Table]:
    """The journaled tables that this database has already."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        return [
            Table(
                name=_table_of(model),
                key=_key_of(model),
                columns=tuple(
                    column.name
                    for column in connection.introspection.get_table_description(
                        cursor, _table_of(model)
                    )
                ),
                hidden=tuple(getattr(model, "JOURNAL_HIDDEN", ())),
                guards=getattr(model, "GUARDS", {}).get(connection.vendor, {}),
            )
            for model in journaled_models()
            if _table_of(model) in present
        ]


def _table_of(model: type[models.Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's API


def _key_of(model: type[models.Model]) -> str:
    key = model._meta.pk  # noqa: SLF001 - Django's API
    if key is None:
        raise TypeError(model)
    return str(key.column)


def _maker() -> Any:  # noqa: ANN401 - one of two modules of the same shape
    return triggers_postgresql if connection.vendor == "postgresql" else triggers_sqlite
