"""Sealed columns (加密列) of all rooms: found in the models' own words, as their triggers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from doudi.access.keys import office_keys
from doudi.kernel.sealing import SealedColumn, Unopened, unseal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models

_SAMPLE = 10


def sealed_columns() -> list[tuple[type[models.Model], SealedColumn]]:
    """Every sealed column that is sealed anew when keys change, with its model, in a fixed order.

    Not in it: what stands for good under the key of its time, as the journal does, for which old
    keys are kept: the accounts that payments were made to.
    """
    found = [
        (model, column)
        for model in apps.get_models()
        if model.__module__.startswith("doudi.")
        for column in getattr(model, "SEALED", ())
    ]
    return sorted(found, key=lambda each: (table_of(each[0]), each[1].column))


def table_of(model: type[models.Model]) -> str:
    """The table of a model."""
    return model._meta.db_table  # noqa: SLF001 - Django's API


def unopened_samples() -> Iterator[tuple[str, int]]:
    """Table and row of sealed values that do not open, among the first and last of each column."""
    keys = office_keys()
    for model, column in sealed_columns():
        rows = model._default_manager.exclude(**{column.column: ""})  # noqa: SLF001 - Django's API
        for order in ("pk", "-pk"):
            sample = rows.order_by(order).values_list("pk", "uid", column.column)[:_SAMPLE]
            for row, uid, sealed in sample:
                try:
                    unseal(sealed, purpose=column.purpose, place=str(uid), keys=keys)
                except Unopened:
                    yield table_of(model), row
