"""Plain cells: text, identifiers, whole numbers, and words out of a closed list."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.text import MAX_NOTE, clean_text
from doudi.registry.ledger.reading import Cell, CellKind

if TYPE_CHECKING:
    from doudi.registry.ledger.columns import Column
    from doudi.registry.ledger.parsing.desk import Desk

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number, and loses the rest."""


def content(cell: Cell) -> str:
    """The text of a cell, whatever its kind; refuses an error value with F-ERROR."""
    if cell.kind is CellKind.ERROR:
        raise Refusal("F-ERROR", N_("单元格是错误值 {value}，请改正或留空"), value=cell.text)
    if cell.kind is CellKind.BOOLEAN:
        return "是" if cell.text == "1" else "否"
    return cell.text.strip().strip("\ufeff\u200b").strip()


def read_text(cell: Cell, column: Column, desk: Desk) -> str:
    """Any text that can be seen, lines included; refuses with TXT-CTRL and TXT-LEN."""
    del desk
    return clean_text(content(cell), limit=column.most or MAX_NOTE)


def read_identifier(cell: Cell, column: Column, desk: Desk) -> str:
    """A number of the office's own, letters allowed; refuses with NUM-XLNUM and NUM-FMT."""
    refuse_lost_digits(cell, column.heading)
    text = unicodedata.normalize("NFKC", read_text(cell, column, desk))
    if re.search(r"\s", text):
        raise Refusal("NUM-FMT", N_("“{heading}”中间不能有空格"), heading=column.heading)
    return text


def refuse_lost_digits(cell: Cell, heading: str) -> None:
    """Refuse a long number that a spreadsheet stored as a number: its last digits are lost."""
    if cell.kind is CellKind.NUMBER and len(cell.text.lstrip("-")) > _EXACT_DIGITS:
        raise Refusal(
            "NUM-XLNUM",
            N_("“{heading}”被 Excel 存成数字，末几位可能已丢失，请把该列设为文本后重填"),
            heading=heading,
        )


def read_integer(cell: Cell, column: Column, desk: Desk) -> int:
    """A whole number within the column's bounds; refuses with INT-FMT."""
    del desk
    text = unicodedata.normalize("NFKC", content(cell))
    if _INTEGER.fullmatch(text) is None or not column.least <= int(text) <= column.most:
        raise Refusal(
            "INT-FMT",
            N_("“{text}”不对，请填 {least} 至 {most} 的整数"),
            text=text[:20],
            least=column.least,
            most=column.most,
        )
    return int(text)


def read_choice(cell: Cell, column: Column, desk: Desk) -> object:
    """The value of a word out of the column's list; refuses any other with WORD."""
    del desk
    text = unicodedata.normalize("NFKC", content(cell))
    for value, label in column.choices:
        if text in (unicodedata.normalize("NFKC", label), str(value)):
            return value
    raise Refusal(
        "WORD",
        N_("“{text}”不是可选项，请填：{labels}"),
        text=text[:20],
        labels="、".join(column.labels),
    )


def read_area_code(cell: Cell, column: Column, desk: Desk) -> str:
    """The national code of a place, 6 to 12 digits; refuses with AREA."""
    del desk
    text = unicodedata.normalize("NFKC", content(cell))
    if re.fullmatch(r"[1-9][0-9]{5,11}", text) is None:
        raise Refusal(
            "AREA",
            N_("“{text}”不是区划代码，{heading}应为 6 至 12 位数字"),
            text=text[:20],
            heading=column.heading,
        )
    return text
