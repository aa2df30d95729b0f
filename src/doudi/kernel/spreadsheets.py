"""Cells for others' spreadsheets (表格文件): what somebody wrote is text, and never a formula.

A spreadsheet takes a text that begins with `=` for a formula: when a CSV file is opened, and in a
workbook as soon as a clerk edits the cell. So everything we hand out goes through here. In a
workbook such a text carries the mark of a quoted one, which is no part of the text; in CSV it gets
an apostrophe, which an import takes off again.
"""

from __future__ import annotations

import copy
import csv
import re
from typing import IO, TYPE_CHECKING, Any, NoReturn

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_RISKY = re.compile(r"[\s\u200b\u2060\ufeff'\"‘’“”]*(?:[=+\-@＝＋－＠]|(?<=[\t\r\n]))")
"""A sign that begins a formula, behind blanks and quotes too; or a tab or return at the start."""
_QUOTE = "'"
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return _RISKY.match(text) is not None


def quoted(text: str) -> str:
    """A text as it may stand in CSV: a risky one behind an apostrophe."""
    return _QUOTE + text if is_risky(text) else text


def unquoted(text: str) -> str:
    """The text that `quoted` was given; any other stays as it is."""
    return text[1:] if text.startswith(_QUOTE) and is_risky(text[1:]) else text


def csv_writer(file: IO[str]) -> CsvWriter:
    """A writer of CSV rows to an open file."""
    return CsvWriter(file)


class CsvWriter:
    """Writes rows of CSV: texts quoted where they are risky, numbers and dates as they are."""

    def __init__(self, file: IO[str]) -> None:
        """Write to an open file, whose newlines are left to us."""
        self._writer = csv.writer(file)

    def writerow(self, cells: Iterable[object]) -> None:
        """Write one row; None is an empty cell."""
        self._writer.writerow([_in_csv(cell) for cell in cells])


def _in_csv(cell: object) -> str:
    if cell is None:
        return ""
    return quoted(cell) if isinstance(cell, str) else str(cell)


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library is untyped
    """A sheet of texts, numbers, dates and truths; it knows no formula and no link."""

    book: PlainBook

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:  # noqa: ANN401 - the library is untyped
        """Write a text by the place of its cell; a risky one carries the mark of a quoted text."""
        look = self.book.quoting(cell_format) if is_risky(string) else cell_format
        done: int = super().write_string(row, col, string, look)
        return done

    def write(self, *_: object) -> NoReturn:
        """Not here: it guesses what a text is."""
        raise TypeError

    write_row = write_column = write_formula = write_array_formula = write
    write_dynamic_array_formula = write_url = write_rich_string = write


class PlainBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook of plain sheets; every text in it is written as text."""

    worksheet_class = PlainSheet

    def __init__(self, target: Path | IO[bytes], **options: object) -> None:
        """Write to a path or an open file, with XlsxWriter's options."""
        where = target if hasattr(target, "write") else str(target)
        super().__init__(where, {**options, "strings_to_formulas": False, "strings_to_urls": False})
        self._quoting: dict[int, Any] = {}

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:  # noqa: ANN401
        """A further sheet; a name that no sheet can bear is mended."""
        del worksheet_class
        sheet = super().add_worksheet(self._bearable(name or ""))
        sheet.book = self
        return sheet

    def quoting(self, look: Any) -> Any:  # noqa: ANN401
        """The same look with the mark of a quoted text; None is the plain look."""
        if id(look) not in self._quoting:
            marked = self.add_format()
            if look is not None:
                own = {"xf_index", "_format_key", "xf_format_indices", "dxf_format_indices"}
                kept = {key: each for key, each in vars(look).items() if key not in own}
                vars(marked).update(copy.copy(kept))
            marked.set_quote_prefix()
            self._quoting[id(look)] = marked
        return self._quoting[id(look)]

    def _bearable(self, name: str) -> str:
        """A name of a sheet without signs that are not allowed, and unlike any other's."""
        plain = _NOT_IN_NAMES.sub(" ", name).strip().strip(_QUOTE).strip() or "Sheet"
        plain = "".join(each for each in plain if not "\ud800" <= each <= "\udfff")
        taken = {sheet.get_name().lower() for sheet in self.worksheets()}
        told, number = plain[:_LONGEST_NAME], 1
        while told.lower() in taken or told.lower() == "history":
            number += 1
            ending = f" {number}"
            told = plain[: _LONGEST_NAME - len(ending)] + ending
        return told
