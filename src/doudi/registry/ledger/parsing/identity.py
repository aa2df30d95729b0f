"""Cells that say who somebody is or where to reach them: names, numbers, accounts, phones."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from doudi.kernel.bank_accounts import read_bank_account
from doudi.kernel.id_numbers import read_id_number
from doudi.kernel.names import read_name
from doudi.kernel.phones import read_phone
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.ledger.parsing.plain import content, read_identifier
from doudi.registry.ledger.reading import Cell, CellKind

if TYPE_CHECKING:
    from doudi.registry.ledger.columns import Column
    from doudi.registry.ledger.parsing.desk import Desk, Told

_LIKE_AN_ID_NUMBER = re.compile(r"[0-9]{14,19}[Xx]?")
_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff'’-]")
_EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number, and loses the rest."""


def read_person_name(cell: Cell, column: Column, desk: Desk) -> str:
    """A name; refuses and remarks with the codes of `kernel.names`."""
    del column

    def read(text: str) -> Told:
        name = read_name(text)
        return name.text, name.notices

    return desk.once("name", content(cell), read)


def read_own_id_number(cell: Cell, column: Column, desk: Desk) -> str:
    """An ID number; refuses and remarks with the codes of `kernel.id_numbers`."""
    del column
    if cell.kind is CellKind.NUMBER and len(cell.text) > _EXACT_DIGITS:
        raise Refusal(
            "ID-XLNUM", N_("证件号被 Excel 存成数字，末 3 位已丢失，请把该列设为文本后重填")
        )

    def read(text: str) -> Told:
        found = read_id_number(text, desk.on)
        return found.number, found.notices

    return desk.once("id", content(cell), read)


def read_person_reference(cell: Cell, column: Column, desk: Desk) -> str:
    """Whom a row is about: an ID number, put right, or else the office's own number."""
    if cell.kind is CellKind.TEXT:
        plain = _BLANKS.sub("", unicodedata.normalize("NFKC", cell.text))
        if not _LIKE_AN_ID_NUMBER.fullmatch(plain):
            return read_identifier(cell, column, desk)
    return read_own_id_number(cell, column, desk)


def read_account(cell: Cell, column: Column, desk: Desk) -> str:
    """A bank account's number; refuses and remarks with the codes of `kernel.bank_accounts`."""
    del column
    if cell.kind is CellKind.NUMBER and len(cell.text) > _EXACT_DIGITS:
        raise Refusal(
            "ACC-XLNUM", N_("账号被 Excel 存成数字，末几位已丢失，请把该列设为文本后重填")
        )
    account = read_bank_account(content(cell))
    desk.remarks.extend(account.notices)
    return account.number


def read_phone_number(cell: Cell, column: Column, desk: Desk) -> str:
    """A phone number; refuses and remarks with the code PHONE."""
    del column
    phone = read_phone(content(cell))
    desk.remarks.extend(phone.notices)
    return phone.number
