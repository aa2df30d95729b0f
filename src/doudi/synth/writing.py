"""Writing (成册): rows of the ledger into workbooks or CSV files, as they come, nothing kept.

The same rows give the same bytes: no moment of writing goes into a file.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime, time
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Protocol

from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.spreadsheets import PlainBook, csv_writer
from doudi.registry.ledger.columns import AS_TEXT, LedgerSheet
from doudi.registry.ledger.sheets import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from doudi.synth.rows import Cell, Row

MOST_ROWS = 100_000
"""Rows of one sheet of a workbook; what is more goes into a further workbook."""
MOST_CELLS = 1_500_000
"""Cells of one workbook, half of what an import takes in."""
_WIDE = 20


class Writer(Protocol):
    """Takes rows, a household's at a time, and finishes the files."""

    def write(self, rows: Iterable[Row]) -> None:
        """Write the rows of one household, which stay together."""

    def close(self) -> list[Path]:
        """Finish; answers the files written."""


def writer_for(out: Path, on: date) -> Writer:
    """A workbook when the name ends in .xlsx, a folder of CSV files otherwise.

    Refuses with the code OUT-EXISTS what is there already.
    """
    if out.exists():
        raise Refusal("OUT-EXISTS", N_("{path} 已经存在，请换一个名字或先移走它"), path=out)
    return Workbooks(out, on) if out.suffix == ".xlsx" else CsvFolder(out)


class Workbooks:
    """Workbooks (工作簿) named `out`, `out-002`, …, each of whole households."""

    def __init__(self, out: Path, on: date) -> None:
        """Write to `out`; `on` is the day that the files say they were made."""
        self._out = out
        self._made = datetime.combine(on, time())
        self._finished: list[Path] = []
        self._open: _Workbook | None = None

    def write(self, rows: Iterable[Row]) -> None:
        """Write a household's rows, into a further workbook if this one would grow too big."""
        household = list(rows)
        if self._open and not self._open.has_room(household):
            self._finish()
        if self._open is None:
            self._open = _Workbook(self._path(), self._made)
        for sheet, cells in household:
            self._open.add(sheet, cells)

    def close(self) -> list[Path]:
        """Finish the last workbook."""
        self._finish()
        return self._finished

    def _path(self) -> Path:
        number = len(self._finished) + 1
        return self._out if number == 1 else self._out.with_stem(f"{self._out.stem}-{number:03d}")

    def _finish(self) -> None:
        if self._open:
            self._open.close()
            self._finished.append(self._open.path)
            self._open = None


class _Workbook:
    """One workbook being written, row after row."""

    def __init__(self, path: Path, made: datetime) -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        self._book = PlainBook(self._part, constant_memory=True)
        self._book.set_properties({"created": made})
        self._heading = self._book.add_format({"bold": True, "bg_color": "#DDEBF7"})
        self._text = self._book.add_format({"num_format": "@"})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheets: dict[str, Any] = {}
        self._rows: Counter[str] = Counter()
        self._cells = 0

    def has_room(self, rows: list[Row]) -> bool:
        """Whether these rows still fit."""
        fullest = max(self._rows.values(), default=0)
        cells = sum(len(cells) for _, cells in rows)
        return fullest + len(rows) <= MOST_ROWS and self._cells + cells <= MOST_CELLS

    def add(self, sheet: LedgerSheet, cells: list[Cell]) -> None:
        """Write one row below the last one of its sheet."""
        page = self._sheets.get(sheet.title) or self._begin(sheet)
        self._rows[sheet.title] += 1
        self._cells += len(cells)
        row = self._rows[sheet.title]
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(row, column, datetime.combine(cell, time()), self._date)
            elif isinstance(cell, int):
                page.write_number(row, column, cell)
            elif cell is not None:
                page.write_string(row, column, cell)

    def _begin(self, sheet: LedgerSheet) -> Any:  # noqa: ANN401 - the library is untyped
        page = self._book.add_worksheet(sheet.title)
        self._sheets[sheet.title] = page
        page.freeze_panes(1, 0)
        for number, column in enumerate(sheet.columns):
            as_text = self._text if column.kind in AS_TEXT else None
            page.set_column(number, number, _WIDE, as_text)
            page.write_string(0, number, column.heading, self._heading)
        return page

    def close(self) -> None:
        """Finish the file and give it its name."""
        self._book.close()
        self._part.replace(self.path)


class CsvFolder:
    """A folder of CSV files (逗号分隔文件), one a sheet, in UTF-8 with its mark."""

    def __init__(self, out: Path) -> None:
        """Write to the folder `out`, which comes into being when all is written."""
        self._out = out
        self._part = out.with_name(out.name + ".part")
        rmtree(self._part, ignore_errors=True)
        self._part.mkdir(parents=True)
        self._files = ExitStack()
        self._writers: dict[str, Any] = {}

    def write(self, rows: Iterable[Row]) -> None:
        """Write rows, each to its sheet's file."""
        for sheet, cells in rows:
            writer = self._writers.get(sheet.title) or self._begin(sheet)
            writer.writerow(cells)

    def _begin(self, sheet: LedgerSheet) -> Any:  # noqa: ANN401 - csv's writer has no public type
        number = SHEETS.index(sheet) + 1
        path = self._part / f"{number:02d}-{sheet.title}.csv"
        file = self._files.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        writer = csv_writer(file)
        writer.writerow([column.heading for column in sheet.columns])
        self._writers[sheet.title] = writer
        return writer

    def close(self) -> list[Path]:
        """Finish the files and give the folder its name."""
        self._files.close()
        self._part.rename(self._out)
        return sorted(self._out.iterdir())
