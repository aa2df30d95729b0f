"""CSV text (逗号分隔文本): its encoding and its separator are decided and told, never guessed."""

from __future__ import annotations

import codecs
import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.kernel.spreadsheets import unquoted
from doudi.registry.ledger.reading.cells import (
    EMPTY,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Cell,
    CellKind,
    Row,
    Sheet,
)
from doudi.registry.ledger.reading.hostile import oversized

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 64 * 1024 * 1024
"""The most bytes of a file: as text they may take four times as many."""
MAX_ROW_TEXT = 1_000_000
"""The most characters of one row: csv would take a row of any length in before we saw it."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SEPARATORS = {",": ",", ";": ";", "\t": "Tab"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def read_csv(content: bytes, name: str) -> tuple[Sheet, list[Fault]]:
    """One sheet of text cells, called `name`, and how it was read.

    Raises Refusal F-SIZE (nothing in it, or too much), F-BYTE (names the row), F-CSV.
    """
    if len(content) > MAX_BYTES:
        raise oversized(N_("文件超过 64 MB，请分成几个文件导入"))
    text, encoding = decode(content)
    separator = _separator(text)
    rows = _rows(text, separator)
    if not rows:
        raise oversized(N_("文件是空的，请填写后再导入"))
    heading = "、".join(cell.text for cell in rows[0].cells if cell.text)[:60]
    told = [
        Fault(
            Severity.NOTICE,
            "F-ENC",
            N_("已按 {encoding} 读取，首行：{heading}"),
            name,
            values={"encoding": encoding, "heading": heading},
        )
    ]
    if separator != ",":
        told.append(
            Fault(
                Severity.NOTICE,
                "F-CSV",
                N_("各列以“{separator}”分隔，已照此读取"),
                name,
                values={"separator": _SEPARATORS[separator]},
            )
        )
    return Sheet(name, rows), told


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: a mark decides, then strict UTF-8, then GB18030.

    GB18030 comes last since it takes almost any bytes: UTF-8 names would come out as others.
    """
    for mark, codec, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(codec), encoding
            except UnicodeDecodeError as error:
                raise _broken(content, len(mark) + error.start, encoding) from None
    furthest, told = -1, ""
    for codec, encoding in (("utf-8", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return content.decode(codec), encoding
        except UnicodeDecodeError as error:
            if error.start > furthest:
                furthest, told = error.start, encoding
    raise _broken(content, furthest, told)


def _broken(content: bytes, position: int, encoding: str) -> Refusal:
    """Names the row of bytes that are no text."""
    before = content[:position]
    row = max(before.count(b"\n"), before.count(b"\r")) + 1
    return Refusal(
        "F-BYTE",
        N_("按 {encoding} 读取时，第 {row} 行有无法识别的字节；请在 Excel 中另存为 UTF-8 的 CSV"),
        encoding=encoding,
        row=row,
    )


def _separator(text: str) -> str:
    """The separator that the heading uses most; a comma when it uses none."""
    lines = (found[0][:MAX_ROW_TEXT] for found in islice(_LINE.finditer(text), MAX_ROWS))
    heading = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=heading.count)


class _Feed:
    """Hands lines to the reader of rows, and refuses when one row takes in too many."""

    def __init__(self, text: str) -> None:
        self._lines = _LINE.finditer(text)
        self._fed = 0
        self.rows = 0

    def __iter__(self) -> Iterator[str]:
        """The lines with their ends, as they stand."""
        for found in self._lines:
            self._fed += found.end() - found.start()
            if self._fed > MAX_ROW_TEXT:
                raise oversized(
                    N_("第 {row} 行超过一百万字，请核对引号和换行是否完整"), row=self.rows + 1
                )
            if found[0]:
                yield found[0]

    def took(self, row: int) -> None:
        """Begin to count anew: the reader has finished a row."""
        self.rows, self._fed = row, 0


def _rows(text: str, separator: str) -> list[Row]:
    """The rows that hold anything; nothing is kept before all is known to be within bounds."""
    cells = 0
    for _, fields in _read(text, separator):
        cells += len(fields)
        if cells > MAX_CELLS:
            raise oversized(N_("表格超过 {limit} 个单元格，请分成几个文件导入"), limit=MAX_CELLS)
    return [
        Row(number, [Cell(CellKind.TEXT, unquoted(field)) if field else EMPTY for field in fields])
        for number, fields in _read(text, separator)
        if any(fields)
    ]


def _read(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of text, numbered as a spreadsheet would show them."""
    csv.field_size_limit(MAX_TEXT)
    feed = _Feed(text)
    try:
        for number, fields in enumerate(
            csv.reader(feed, delimiter=separator, strict=True), start=1
        ):
            if len(fields) > MAX_COLUMNS or number > MAX_ROWS + 1:
                raise oversized(
                    N_("第 {row} 行超出上限（{rows} 行、{columns} 列），请分成几个文件导入"),
                    row=number,
                    rows=MAX_ROWS,
                    columns=MAX_COLUMNS,
                )
            feed.took(number)
            yield number, fields
    except csv.Error:
        raise Refusal(
            "F-CSV",
            N_("第 {row} 行的引号没有成对，或一格的文字过长，请改正后再导入"),
            row=feed.rows + 1,
        ) from None
