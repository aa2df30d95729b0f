"""Amounts of money (金额) in cells: a number as it is shown, or text as a clerk writes it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from doudi.kernel.money import parse_yuan, yuan
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.ledger.parsing.plain import content
from doudi.registry.ledger.reading import Cell, CellKind

if TYPE_CHECKING:
    from doudi.registry.ledger.columns import Column
    from doudi.registry.ledger.parsing.desk import Desk

_AS_SHOWN = Context(prec=15)
"""A spreadsheet shows fifteen digits of the binary number that it stores."""
_SCIENTIFIC = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
_LONG = re.compile(r"[0-9]{16,}(\.[0-9]*)?")
_PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?")


def read_money(cell: Cell, column: Column, desk: Desk) -> int:
    """Yuan in a cell, as fen; refuses with the codes of `kernel.money.parse_yuan`.

    A stored number is read as it is shown (MNY-FLT tells when that differs), signs and
    separators are read and told (MNY-FMT).
    """
    del column
    if cell.kind is CellKind.ERROR:
        raise Refusal(
            "MNY-NAN", N_("“{text}”不是金额，请填写数字，没有就留空"), text=cell.text[:20]
        )
    text = content(cell)
    if cell.kind is CellKind.NUMBER or _SCIENTIFIC.fullmatch(text):
        text = _as_shown(text, desk)
    if _LONG.fullmatch(text):
        raise Refusal("MNY-MAX", N_("金额“{text}”超过一千万元的上限，请核对"), text=text[:20])
    fen = parse_yuan(text[:40])
    if not _PLAIN.fullmatch(unicodedata.normalize("NFKC", text)):
        desk.notice("MNY-FMT", N_("已识别为 {yuan}"), yuan=yuan(fen))
    return fen


def _as_shown(text: str, desk: Desk) -> str:
    """A stored number as a spreadsheet shows it, without an exponent."""
    stored = Decimal(text)
    shown = f"{_AS_SHOWN.plus(stored).normalize():f}"
    if Decimal(shown) != stored:
        desk.notice("MNY-FLT", N_("按显示值 {shown} 读取"), shown=shown)
    return shown
