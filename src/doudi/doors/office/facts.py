"""What a recorded fact says, in the words of the ledger's own columns; numbers are masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from doudi.kernel.money import yuan_grouped
from doudi.registry.ledger.columns import SENSITIVE, Column, ColumnKind
from doudi.registry.ledger.sheets import SHEETS
from doudi.registry.queries import masked_number

if TYPE_CHECKING:
    from doudi.registry.ledger.columns import LedgerSheet
    from doudi.registry.queries import Held

_BESIDE = {
    "person", "household", "valid_from", "valid_to", "source", "confirmed", "note",
    "name", "sex", "birth_date", "id_number", "person_number",
}  # fmt: skip
"""Columns that say whose a fact is, when, or from where; the rest says what."""


def sheet_of(table: str) -> LedgerSheet:
    """The ledger's sheet that fills a table; raises StopIteration for a table without one."""
    return next(sheet for sheet in SHEETS if sheet.table == table)


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns that say what a fact of this table is."""
    return tuple(column for column in sheet_of(table).columns if column.field not in _BESIDE)


def shown_values(held: Held) -> tuple[tuple[str, str], ...]:
    """What a fact says, as pairs of heading and value; what is not filled in is left out."""
    pairs = []
    for column in columns_of(held.kind.model.__name__):
        value = _shown(column, held)
        if value:
            pairs.append((gettext(column.heading), value))
    return tuple(pairs)


def _shown(column: Column, held: Held) -> str:
    """One value as a reader expects it; empty for none."""
    row: Any = held.row
    if column.kind in SENSITIVE:
        return masked_number(row)
    if column.kind is ColumnKind.AREA:
        return str(row.area.name)
    value = getattr(row, column.field)
    if column.kind is ColumnKind.CHOICE:
        return "" if value == "" else gettext(column.label_of(value))
    if value is None or value == "":
        return ""
    return yuan_grouped(value) if column.kind is ColumnKind.MONEY else str(value)
