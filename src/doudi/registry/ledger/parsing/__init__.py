"""Parsers (解析) of cells by the kind of their column: a value, or a refusal with its code."""

from __future__ import annotations

from collections.abc import Callable

from doudi.registry.ledger.columns import Column, ColumnKind
from doudi.registry.ledger.parsing.amounts import read_money
from doudi.registry.ledger.parsing.dates import read_date, read_month
from doudi.registry.ledger.parsing.desk import Desk
from doudi.registry.ledger.parsing.identity import (
    read_account,
    read_own_id_number,
    read_person_name,
    read_person_reference,
    read_phone_number,
)
from doudi.registry.ledger.parsing.plain import (
    read_area_code,
    read_choice,
    read_identifier,
    read_integer,
    read_text,
)
from doudi.registry.ledger.reading import Cell

Parser = Callable[[Cell, Column, Desk], object]

_PARSERS: dict[ColumnKind, Parser] = {
    ColumnKind.TEXT: read_text,
    ColumnKind.NAME: read_person_name,
    ColumnKind.HOUSEHOLD: read_identifier,
    ColumnKind.PERSON: read_person_reference,
    ColumnKind.ID_NUMBER: read_own_id_number,
    ColumnKind.PERSON_NUMBER: read_identifier,
    ColumnKind.PHONE: read_phone_number,
    ColumnKind.ACCOUNT: read_account,
    ColumnKind.AREA: read_text,
    ColumnKind.AREA_CODE: read_area_code,
    ColumnKind.MONEY: read_money,
    ColumnKind.INTEGER: read_integer,
    ColumnKind.DATE: read_date,
    ColumnKind.MONTH: read_month,
    ColumnKind.CHOICE: read_choice,
}

__all__ = ["Desk", "read_cell"]


def read_cell(cell: Cell, column: Column, desk: Desk) -> object:
    """The value of a cell that is not empty; remarks are left on the desk.

    Raises Refusal with a code of the table of bad inputs where there is no such value.
    """
    return _PARSERS[column.kind](cell, column, desk)
