"""T-INJ: no text of somebody's becomes a formula in what we hand out, or comes back changed."""

from __future__ import annotations

import ast
import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.kernel.refusals import Fault, Severity
from doudi.kernel.spreadsheets import PlainBook, csv_writer, is_risky, quoted, unquoted
from doudi.kernel.vocabulary import Programme
from doudi.payments import bank_file, workbook
from doudi.payments.contents import Contents, Item, Part, Sealed
from doudi.registry.ledger.circumstance_sheets import CIRCUMSTANCES
from doudi.registry.ledger.marking import write_marked
from doudi.registry.ledger.reading import Cell, CellKind, Reading, Row, Sheet, read_ledger
from doudi.registry.ledger.reading.csv_file import read_csv
from doudi.registry.ledger.writing import write_ledger
from doudi.synth.writing import writer_for
from tests.ledger.build import AT

SOURCE = Path(__file__).parents[2] / "src"
SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"]
BEFORE = ["", " ", "  ", "'", '"', "\u3000", "\u200b", " '", "'\"", "“", "\n"]
DANGEROUS = [
    f"{before}{sign}{after}"
    for before in BEFORE
    for sign in SIGNS
    for after in ("cmd|'/C calc'!A0", "1+1", 'HYPERLINK("http://x")', "")
]
dangerous = st.sampled_from(DANGEROUS) | st.builds(
    lambda before, sign, after: f"{before}{sign}{after}",
    st.text(" '\"\t\u3000", max_size=3), st.sampled_from(SIGNS), st.text(max_size=8),
)  # fmt: skip
storable = dangerous.filter(lambda text: text.encode("utf-8", "ignore").decode() == text)
kept = st.sampled_from([text for text in DANGEROUS if text == text.strip() and "\r" not in text])
relaxed = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def guarded_cells(content: Path | bytes) -> list[str]:
    """The texts of a workbook, after making sure that none is a formula or could become one."""
    book = openpyxl.load_workbook(content if isinstance(content, Path) else io.BytesIO(content))
    texts = []
    for sheet in book:
        for cell in (each for row in sheet for each in row if each.value is not None):
            assert cell.data_type != "f", cell.value
            assert cell.hyperlink is None, cell.value
            if cell.data_type == "s":
                assert cell.quotePrefix or not is_risky(cell.value), cell.value
                texts.append(cell.value)
    return texts


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_could_be_a_formula_is_known_for_one(text: str) -> None:
    assert is_risky(text)
    assert quoted(text) == f"'{text}"


@given(st.text() | dangerous | dangerous.map(quoted))
def test_quoting_can_be_undone_whatever_the_text(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert quoted(text).startswith("'") or not is_risky(quoted(text))


@pytest.mark.parametrize("text", ["张三", "H1", "某路1号-2", "", "'quoted'", "1200.00", "a=b"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert quoted(text) == text


@relaxed
@given(texts=st.lists(storable, min_size=1, max_size=6))
def test_no_text_of_any_workbook_is_a_formula(texts: list[str]) -> None:
    file = io.BytesIO()
    book = PlainBook(file)
    page, bold = book.add_worksheet("a"), book.add_format({"bold": True})
    for row, text in enumerate(texts):
        page.write_string(row, 0, text)
        page.write_string(row, 1, text, bold)
    book.close()
    guarded_cells(file.getvalue())
    sheet = openpyxl.load_workbook(io.BytesIO(file.getvalue()))["a"]
    assert all(sheet.cell(row + 1, 2).font.bold for row in range(len(texts)))


@pytest.mark.parametrize(
    "way", ["write", "write_row", "write_column", "write_formula", "write_url", "write_rich_string"]
)
def test_a_sheet_knows_no_other_way_to_write_a_text(way: str) -> None:
    book = PlainBook(io.BytesIO())
    with pytest.raises(TypeError):
        getattr(book.add_worksheet("a"), way)(0, 0, "=1+1")
    book.close()


@relaxed
@given(text=kept)
def test_an_exported_ledger_brings_back_the_same_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    row = {"household": text, "address": text, "area": text, "source": text}
    write_ledger(path, {"户": [row]}, at=AT)
    guarded_cells(path)
    (sheet,) = [each for each in read_ledger(path).sheets if each.name == "户"]
    found = [cell.text for cell in sheet.rows[1].cells if cell.kind is CellKind.TEXT]
    assert found == [text] * 4


@relaxed
@given(texts=st.lists(kept, min_size=2, max_size=5))
def test_csv_brings_back_the_same_text(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    writer = csv_writer(file)
    writer.writerow(["a,b", "c", "d", "e", "f"])
    writer.writerow(texts)
    (_, row) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert all(cell.startswith("'") for cell in row)
    sheet, _ = read_csv(file.getvalue().encode("utf-8-sig"), "户")
    assert [cell.text for cell in sheet.rows[1].cells] == texts


@relaxed
@given(text=storable)
def test_the_marked_copy_of_a_faulty_file_is_guarded_too(text: str, tmp_path: Path) -> None:
    cells = [Cell(CellKind.TEXT, text), Cell(CellKind.ERROR, text), Cell(CellKind.NUMBER, "1e999")]
    sheets = [Sheet(name, [Row(1, cells)]) for name in ("户", "a/b*c:[]", "A B C", "x" * 60, "")]
    fault = Fault(Severity.ERROR, "F-X", "{text}", "户", 1, "姓名", text, {"text": text})
    path = tmp_path / "copy.xlsx"
    write_marked(path, Reading(sheets, [], "", is_workbook=True), [fault], at=AT)
    guarded_cells(path)


def sealed(text: str) -> Sealed:
    """A run of one payment, every word of it what somebody wrote."""
    part = Part(month="2022-06", kind="regular", amount_fen=100)
    item = Item(
        number=1, award=text, programme=Programme.DIBAO, payee="P1", account="6217000000000000004",
        holder=text, bank=text, amount_fen=100, parts=(part,),
    )  # fmt: skip
    contents = Contents(run="2022-06-1", month="2022-06", area="530111", items=(item,))
    return Sealed(contents, "0" * 64, date(2022, 6, 20))


@relaxed
@given(text=storable)
def test_payroll_and_bank_file_are_guarded(text: str) -> None:
    run = sealed(text)
    guarded_cells(workbook.write(run, {1: workbook.Payee(text, text)}, text))
    payment = bank_file.write(run).decode("gb18030").split("\r\n")[1].split("|")
    assert all(payment[place].startswith("'") for place in (3, 4, 6))


@pytest.mark.parametrize("name", ["out.xlsx", "out"])
def test_made_up_ledgers_are_guarded(name: str, tmp_path: Path) -> None:
    sheet = CIRCUMSTANCES[0]
    writer = writer_for(tmp_path / name, date(2022, 1, 1))
    writer.write([(sheet, ["=1+1"] * len(sheet.columns))])
    (path,) = writer.close()
    if name.endswith("xlsx"):
        guarded_cells(path)
    else:
        assert path.read_text("utf-8-sig").splitlines()[1].startswith("'=1+1,")


def test_only_one_module_writes_spreadsheets() -> None:
    """A further exporter has to go through it: its own way out would be caught here."""
    writers = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{each.name}" for each in node.names)]
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names = [f"{node.value.id}.{node.attr}"]
            roots = {"xlsxwriter", "openpyxl", "pandas", "polars", "xlwt", "odf", "pyexcel"}
            if any(
                each.split(".")[0] in roots or each in ("csv.writer", "csv.DictWriter")
                for each in names
            ):
                writers.add(path.name)
    assert writers == {"spreadsheets.py"}


def test_a_marked_copy_is_whole_or_absent_and_for_its_owner_alone(tmp_path: Path) -> None:
    reading = Reading(
        [Sheet("户", [Row(1, [Cell(CellKind.TEXT, "某人")])])], [], "", is_workbook=True
    )
    path = tmp_path / "copy.xlsx"
    broken = Sheet("户", [Row(2, [Cell(CellKind.DATE, "no date")])])
    with pytest.raises(ValueError, match="Invalid isoformat"):
        write_marked(path, Reading([broken], [], "", is_workbook=True), [], at=AT)
    assert list(tmp_path.iterdir()) == []
    write_marked(path, reading, [], at=AT)
    assert [each.name for each in tmp_path.iterdir()] == ["copy.xlsx"]
    assert path.stat().st_mode & 0o077 == 0
