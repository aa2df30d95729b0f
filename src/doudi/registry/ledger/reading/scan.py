"""One walk (扫描) through an XML part of a workbook: counts, places and oddities, no content."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from doudi.kernel.refusals import N_
from doudi.registry.ledger.reading.cells import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from doudi.registry.ledger.reading.findings import SheetFindings
from doudi.registry.ledger.reading.hostile import damaged, hostile, oversized

if TYPE_CHECKING:
    from collections.abc import Sized

MAX_ELEMENTS = 10_000_000
"""The most XML elements of a workbook: bounds the time of a walk."""
MAX_ODD = 10_000
"""The most merged cells, errors, names of elements: far more than a clerk makes."""
_EXCEL_ROWS, _EXCEL_COLUMNS = 1_048_576, 16_384
_TOLD = 20
"""How many places of one kind are kept to be told."""
_DIGITS = "0123456789"
_TRUE = ("1", "true")
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii")


class Budget:
    """What all parts of one workbook may use together."""

    def __init__(self) -> None:
        """Start with everything."""
        self.elements_left = MAX_ELEMENTS
        self.cells_left = MAX_CELLS


class Scan:
    """The state of one walk; `parser` is fed with bytes and calls back here."""

    def __init__(self, budget: Budget) -> None:
        """Make a parser that refuses document types, so entities can't be declared."""
        self.budget = budget
        self.findings = SheetFindings()
        self.sheets: dict[str, tuple[str, bool]] = {}
        self.targets: dict[str, str] = {}
        self.counts_from_1904 = False
        self._local: dict[str, str] = {}
        self._letters: dict[str, int] = {}
        self._row = self._column = 0
        self._row_text = ""
        self._row_is_hidden = self._row_has_values = False
        self._rows = self._cells = 0
        self._reference = self._type = ""
        self._has_value = self._has_formula = False
        self._first_row = 0
        self._text_length = 0
        self._error: str | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = _refuse_other_encodings
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    @property
    def area(self) -> int:
        """The cells from the first to the last filled row and column, empty ones included."""
        if not self.findings.columns:
            return 0
        width = max(self.findings.columns) - min(self.findings.columns) + 1
        return (self.findings.last_row - self._first_row + 1) * width

    def _refuse_doctype(self, *_: object) -> None:
        raise hostile(N_("文件异常：含有文档类型声明，已拒绝；请用空白模板重新填写"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; most are cells and values, so these come first."""
        local = self._local.get(name)
        if local is None:
            local = self._local[name] = name.rpartition(":")[2]
            _bound(self._local)
        if local == "v":
            self._has_value = True
            self._text_length = 0
            self._error = "" if self._type == "e" else None
        elif local == "c":
            self._start_cell(attributes)
        elif local in ("si", "is"):
            self._text_length = 0
            self._has_value = local == "is"
        else:
            handler = _HANDLERS.get(local)
            if handler is not None:
                handler(self, attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """Note where a cell is; refuse places that no sheet has."""
        self._type = attributes.get("t", "")
        self._has_value = self._has_formula = False
        reference = self._reference = attributes.get("r", "")
        letters = reference.rstrip(_DIGITS)
        if not reference:
            self._column += 1
        else:
            self._column = self._letters.get(letters) or self._column_of(letters)
            digits = reference[len(letters) :]
            if digits != self._row_text:
                self._row, self._row_text = _bounded_row(digits), digits

    def _column_of(self, letters: str) -> int:
        """The number of a column by its letters; refuses what Excel can't have."""
        number = 0
        for letter in letters[:4]:
            if not "A" <= letter <= "Z":
                raise _impossible()
            number = number * 26 + ord(letter) - ord("A") + 1
        if not 1 <= number <= _EXCEL_COLUMNS:
            raise _impossible()
        self._letters[letters] = number
        return number

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._end_row()
        text = attributes.get("r")
        self._row = _bounded_row(text) if text is not None else self._row + 1
        self._row_text = str(self._row)
        self._column = 0
        self._row_is_hidden = attributes.get("hidden") in _TRUE

    def _start_formula(self, _: dict[str, str]) -> None:
        self._has_formula = True

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self.findings.merges.append(attributes.get("ref", "")[:40])
        _bound(self.findings.merges)

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = (_bounded_row(attributes.get(key, "")) for key in ("min", "max"))
            self.findings.hidden_columns.append((first, last))
            _bound(self.findings.hidden_columns)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        is_hidden = attributes.get("state", "visible") != "visible"
        name = attributes.get("name", "")
        if name in self.sheets:  # the reader would hand the first one over twice
            raise hostile(N_("文件异常：有两张同名的工作表，已拒绝；请改名后再试"))
        self.sheets[name] = (relation, is_hidden)
        _bound(self.sheets)

    def _start_relationship(self, attributes: dict[str, str]) -> None:
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        _bound(self.targets)

    def _start_properties(self, attributes: dict[str, str]) -> None:
        self.counts_from_1904 = attributes.get("date1904") in _TRUE

    def _characters(self, text: str) -> None:
        self._text_length += len(text)
        if self._error is not None:
            self._error += text[:20]

    def _end(self, name: str) -> None:
        """An element ends: every one is counted here."""
        self.budget.elements_left -= 1
        if self.budget.elements_left < 0:
            raise oversized(N_("表格内容太多，请分成几个文件导入"))
        local = self._local[name]
        if local == "c":
            self._end_cell()
        elif local in ("si", "is") and self._text_length > MAX_TEXT:
            raise hostile(N_("文件异常：单元格文字过长，已拒绝；请用空白模板重新填写"))
        elif local == "sheetData":
            self._end_row()

    def _end_cell(self) -> None:
        """Count a filled cell, and keep what is odd about it."""
        found = self.findings
        if self._has_formula:
            # A formula that nobody has reckoned yet leaves its value empty; a text may be so.
            self._has_value &= self._text_length > 0 or self._type == "str"
            places = found.formulas if self._has_value else found.unvalued_formulas
            if len(places) < _TOLD:
                places.append(self._reference)
        if not self._has_value:
            return
        if self._error is not None:
            found.errors[self._row, self._column] = self._error
            self._error = None
            _bound(found.errors)
        self._row_has_values = True
        self._cells += 1
        self._first_row = self._first_row or self._row
        found.last_row = max(found.last_row, self._row)
        found.columns.add(self._column)
        if self._cells > self.budget.cells_left:
            raise oversized(
                N_("第 {row} 行时已超过 {limit} 个单元格，请分成几个文件导入"),
                row=self._row,
                limit=MAX_CELLS,
            )
        if self._column > MAX_COLUMNS:
            raise oversized(
                N_("单元格 {cell} 超出 {limit} 列，请删除多余的列后再试"),
                cell=self._reference,
                limit=MAX_COLUMNS,
            )

    def _end_row(self) -> None:
        """Count a filled row."""
        if not self._row_has_values:
            return
        self._row_has_values = False
        self._rows += 1
        if self._row_is_hidden and len(self.findings.hidden_rows) < _TOLD:
            self.findings.hidden_rows.append(self._row)
        if self._rows > MAX_ROWS + 1 or self._row > MAX_ROWS + 1:
            raise oversized(
                N_("第 {row} 行超出 {limit} 行的上限，请删除多余的行或分成几个文件导入"),
                row=self._row,
                limit=MAX_ROWS,
            )


_HANDLERS = {
    "row": Scan._start_row,  # noqa: SLF001 - a table of this module's own
    "f": Scan._start_formula,  # noqa: SLF001
    "mergeCell": Scan._start_merge,  # noqa: SLF001
    "col": Scan._start_column,  # noqa: SLF001
    "sheet": Scan._start_sheet,  # noqa: SLF001
    "Relationship": Scan._start_relationship,  # noqa: SLF001
    "workbookPr": Scan._start_properties,  # noqa: SLF001
}


def _refuse_other_encodings(_version: str, encoding: str | None, _standalone: int) -> None:
    """Refuse a part that two readers may read in two ways: workbooks are in UTF-8 or UTF-16."""
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise damaged()


def _bounded_row(digits: str) -> int:
    """A row number that Excel can have; refuses any other."""
    if not 1 <= len(digits) <= len(str(_EXCEL_ROWS)) or not (digits.isascii() and digits.isdigit()):
        raise _impossible()
    number = int(digits)
    if not 1 <= number <= _EXCEL_ROWS:
        raise _impossible()
    return number


def _bound(kept: Sized) -> None:
    """Refuse a workbook with absurdly many of anything that is kept while walking."""
    if len(kept) > MAX_ODD:
        raise hostile(N_("文件异常：合并单元格或错误值过多，已拒绝；请用空白模板重新填写"))


def _impossible() -> Exception:
    return hostile(N_("文件异常：单元格位置不存在，已拒绝；请用空白模板重新填写"))
