"""Files as clerks keep them: encodings, separators, headings, hidden and merged cells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.kernel.refusals import Refusal
from doudi.registry.ledger.check import check_ledger
from doudi.registry.ledger.reading import CellKind, read_ledger
from doudi.registry.ledger.reading.csv_file import decode
from doudi.registry.ledger.sheets import SHEETS
from doudi.registry.ledger.writing import write_template
from tests.ledger.build import AT
from tests.ledger.hostile_files import workbook

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.registry.ledger.check import Ledger

TODAY = date(2022, 6, 30)
PLAIN = {"strings_to_urls": False, "strings_to_formulas": False}
"""Text is written as text, whatever it begins with."""
HOUSEHOLDS = "户编号,所在社区,户籍性质,住址,开始日期\nH1,福保社区,城镇,某路1号,2022-01-01\n"


def checked(path: Path, sheet: str = "") -> Ledger:
    return check_ledger(read_ledger(path, sheet), TODAY)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (HOUSEHOLDS.encode("utf-8"), "UTF-8"),
        (HOUSEHOLDS.encode("utf-8-sig"), "UTF-8"),
        (HOUSEHOLDS.encode("utf-16"), "UTF-16"),
        (HOUSEHOLDS.encode("gb18030"), "GB18030"),
    ],
)
def test_an_encoding_is_decided_and_told(content: bytes, encoding: str, tmp_path: Path) -> None:
    ledger = checked(written(tmp_path / "户.csv", content))
    (told,) = [fault for fault in ledger.faults if fault.code == "F-ENC"]
    assert told.values["encoding"] == encoding
    assert ledger.sheets["户"].records[0].values["household"] == "H1"


@given(st.text(min_size=1))
def test_text_in_utf_8_never_comes_out_as_something_else(text: str) -> None:
    assert decode(text.encode("utf-8")) in ((text, "UTF-8"), (text.lstrip("\ufeff"), "UTF-8"))


def test_broken_bytes_are_named_by_their_row(tmp_path: Path) -> None:
    content = HOUSEHOLDS.encode("utf-8") + b"H2,\xff\xff,\n"
    with pytest.raises(Refusal, match="第 3 行") as refused:
        read_ledger(written(tmp_path / "户.csv", content))
    assert refused.value.code == "F-BYTE"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_read_and_told(separator: str, tmp_path: Path) -> None:
    content = HOUSEHOLDS.replace(",", separator).encode()
    ledger = checked(written(tmp_path / "户.csv", content))
    assert "F-CSV" in {fault.code for fault in ledger.faults}
    assert ledger.sheets["户"].records[0].values["address"] == "某路1号"


def test_lines_that_end_in_returns_alone_are_lines(tmp_path: Path) -> None:
    ledger = checked(written(tmp_path / "户.csv", HOUSEHOLDS.replace("\n", "\r").encode()))
    assert len(ledger.sheets["户"].records) == 1


def test_a_quote_that_never_closes_is_refused(tmp_path: Path) -> None:
    content = HOUSEHOLDS.replace("某路1号", '"某路1号').encode()
    with pytest.raises(Refusal) as refused:
        read_ledger(written(tmp_path / "户.csv", content))
    assert refused.value.code == "F-CSV"


def test_a_csv_file_needs_the_name_of_its_sheet(tmp_path: Path) -> None:
    path = written(tmp_path / "data.csv", HOUSEHOLDS.encode())
    with pytest.raises(Refusal, match="--sheet") as refused:
        checked(path)
    assert refused.value.code == "F-SHEET"
    assert checked(path, "户").rows == 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "户.csv", content)
    codes = set()
    try:
        checked(path)
    except Refusal as refusal:
        codes.add(refusal.code)
    assert codes <= {"F-SIZE", "F-TYPE", "F-BYTE", "F-CSV", "F-SHEET"}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(st.text(max_size=12), min_size=15, max_size=15))
def test_any_text_in_any_cell_is_a_value_or_a_fault(cells: list[str], tmp_path: Path) -> None:
    (sheet,) = [sheet for sheet in SHEETS if sheet.title == "待遇"]
    headings = [column.heading for column in sheet.columns]
    clean = ["A1", *(cell.encode("utf-8", "replace").decode() for cell in cells)]
    path = workbook(tmp_path / "ledger.xlsx", headings, clean, name="待遇", **PLAIN)
    ledger = checked(path)
    for record in ledger.sheets["待遇"].records:
        assert record.is_whole or ledger.faults


def test_missing_strange_and_reordered_columns_are_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "ledger.xlsx",
        ["开始日期", "户编号", "备注2", "户籍性质"],
        ["2022-01-01", "H1", "?", "城镇"],
    )
    told = {fault.sentence() for fault in checked(path).faults if fault.code == "F-COL"}
    assert {"缺少列：所在社区", "未识别的列“备注2”，没有导入"} <= told
    assert "列的顺序与模板不同，已按列名匹配" in told


def test_a_heading_may_stand_below_a_title(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "ledger.xlsx",
        ["某街道 2022 年台账"],
        ["户编号", "所在社区", "户籍性质", "开始日期"],
        ["H1", "福保社区", "城镇", "2022-01-01"],
    )
    assert [record.row for record in checked(path).sheets["户"].records] == [3]


def oddities(path: Path) -> set[str]:
    return {f"{fault.severity} {fault.code}" for fault in checked(path).faults}


def test_merged_hidden_and_reckoned_cells_are_told(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("户")
    page.write_row(0, 0, ["户编号", "所在社区", "户籍性质", "住址", "开始日期"])
    for row in (1, 2, 3):
        page.write_row(row, 0, [f"H{row}", "福保社区", "城镇", "", "2022-01-01"])
    page.merge_range(1, 3, 2, 3, "某路1号")
    page.set_row(3, None, None, {"hidden": True})
    page.write_formula(3, 3, '="某路"&"2号"', None, "某路2号")
    old = book.add_worksheet("旧名单")
    old.write(0, 0, "赵一")
    old.hide()
    book.close()
    told = [fault.sentence() for fault in checked(path).faults]
    assert {"E F-MERGE", "W F-HIDDEN", "N F-FORMULA"} <= oddities(path)
    assert "D2:D3 为合并单元格，请取消合并并逐行填写" in told
    assert any("“旧名单”（1 行）" in sentence for sentence in told)


def test_a_formula_without_a_result_is_an_error(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "户"
    page.append(["户编号", "所在社区", "户籍性质", "住址", "开始日期"])
    page.append(["H1", "福保社区", "城镇", '="某路"&"1号"', "2022-01-01"])
    book.save(tmp_path / "ledger.xlsx")
    assert "E F-FORMULA" in oddities(tmp_path / "ledger.xlsx")


def test_an_empty_template_has_nothing_to_import(tmp_path: Path) -> None:
    write_template(tmp_path / "ledger.xlsx", at=AT)
    with pytest.raises(Refusal) as refused:
        checked(tmp_path / "ledger.xlsx")
    assert refused.value.code == "F-SIZE"


def test_a_template_has_every_sheet_and_its_numbers_as_text(tmp_path: Path) -> None:
    write_template(tmp_path / "ledger.xlsx", at=AT)
    reading = read_ledger(tmp_path / "ledger.xlsx")
    assert [sheet.name for sheet in reading.sheets] == [*(s.title for s in SHEETS), "说明"]
    assert all(cell.kind is CellKind.TEXT for cell in reading.sheets[0].rows[0].cells)


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, at=AT)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
