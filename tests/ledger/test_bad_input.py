"""The table of bad inputs: what a clerk types in a cell, and the code that comes back for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from doudi.kernel.id_numbers import fictional_id_number
from doudi.registry.ledger.check import check_ledger
from doudi.registry.ledger.reading import read_ledger
from tests.ledger.build import GRANDMOTHER, GRANDSON, one_sheet
from tests.ledger.hostile_files import parts, sheet_of, workbook, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.kernel.refusals import Fault

TODAY = date(2022, 6, 30)
WRONG_DIGIT = GRANDMOTHER[:-1] + ("0" if GRANDMOTHER[-1] != "0" else "1")
WIDE = "".join(chr(ord(c) + 0xFEE0) for c in GRANDMOTHER)
X_ENDING = next(
    number
    for order in range(999)
    if (number := fictional_id_number(date(1950, 3, 1), order)).endswith("X")
)

CELLS: list[tuple[str, dict[str, Any], str]] = [
    # identity numbers
    ("人员", {"证件号": WRONG_DIGIT}, "E ID-CHK"),
    ("人员", {"证件号": fictional_id_number(date(2030, 1, 1), 3)}, "E ID-FUTURE"),
    ("人员", {"证件号": "530111185001010017"}, "E ID-AGE"),
    ("人员", {"证件号": "530111199013010017"}, "E ID-DATE"),
    ("人员", {"证件号": X_ENDING.lower()}, "N ID-CASE"),
    ("人员", {"证件号": WIDE}, "N ID-WIDTH"),
    ("人员", {"证件号": "٥" + GRANDMOTHER[1:]}, "E ID-CHAR"),
    ("人员", {"证件号": f" {GRANDMOTHER[:6]}-{GRANDMOTHER[6:]}"}, "N ID-TRIM"),
    ("人员", {"证件号": GRANDMOTHER[:17]}, "E ID-LEN"),
    ("人员", {"证件号": "530111500301002"}, "W ID-15"),
    ("人员", {"证件号": "X" + GRANDMOTHER[1:]}, "E ID-CHAR"),
    ("人员", {"证件号": 530111196001010011}, "E ID-XLNUM"),
    ("人员", {"证件号": "111111111111111111"}, "E ID-FAKE"),
    ("人员", {"证件号": None, "性别": "女", "出生日期": "1950-03-01"}, "W ID-NONE"),
    ("人员", {"证件号": None, "人员编号": None}, "E ID-NONE"),
    ("人员", {"出生日期": "1950-03-02"}, "E ID-BIRTH"),
    ("人员", {"性别": "男"}, "E ID-SEX"),
    ("收入", {"证件号": WRONG_DIGIT}, "E ID-CHK"),
    ("收入", {"证件号": 530111196001010011}, "E ID-XLNUM"),
    # names and text
    ("人员", {"姓名": "阿依古丽•买买提"}, "N NAME-DOT"),
    ("人员", {"姓名": "赵"}, "W NAME-LEN"),
    ("人员", {"姓名": "张三1"}, "W NAME-DIGIT"),
    ("人员", {"姓名": "不详"}, "E NAME-EMPTY"),
    ("人员", {"姓名": None}, "E NAME-EMPTY"),
    ("人员", {"姓名": "张\ue81e"}, "E NAME-PUA"),
    ("人员", {"姓名": "张\u200b三"}, "E TXT-CTRL"),
    ("人员", {"姓名": "张😀"}, "E TXT-CTRL"),
    ("户", {"备注": "长" * 2001}, "E TXT-LEN"),
    ("户", {"住址": "长" * 201}, "E TXT-LEN"),
    # money
    ("收入", {"金额": -1}, "E MNY-NEG"),
    ("收入", {"金额": "1e18"}, "E MNY-MAX"),
    ("收入", {"金额": 999999999999}, "E MNY-MAX"),
    ("收入", {"金额": "0.005"}, "E MNY-FEN"),
    ("收入", {"金额": 0.125}, "E MNY-FEN"),
    ("收入", {"金额": "NaN"}, "E MNY-NAN"),
    ("收入", {"金额": "—"}, "E MNY-NAN"),
    ("收入", {"金额": "#REF!"}, "E MNY-NAN"),
    ("收入", {"金额": "￥1,200.00元"}, "N MNY-FMT"),
    ("收入", {"金额": "1 200"}, "E MNY-FMT"),
    ("收入", {"金额": "1.2万"}, "E MNY-UNIT"),
    ("收入", {"金额": None}, "E EMPTY"),
    # accounts and phones
    ("账户", {"账号": "6217000000000000005"}, "E ACC-LUHN"),
    ("账户", {"账号": "1234567890123456"}, "W ACC-BOOK"),
    ("账户", {"账号": "12"}, "E ACC-LEN"),
    ("账户", {"账号": "62170000ABCD00000"}, "E ACC-LEN"),
    ("账户", {"账号": 6217000000000000004}, "E ACC-XLNUM"),
    ("电话", {"电话": "1380000000"}, "E PHONE"),
    ("电话", {"电话": "+86 138-0000-0000"}, "N PHONE"),
    # dates
    ("收入", {"开始日期": "2022.3.5"}, "N DATE-FMT"),
    ("收入", {"开始日期": "2022年3月5日"}, "N DATE-FMT"),
    ("收入", {"开始日期": "20220305"}, "N DATE-FMT"),
    ("收入", {"开始日期": 20220305}, "N DATE-FMT"),
    ("收入", {"开始日期": "3/5/2022"}, "E DATE-AMB"),
    ("收入", {"开始日期": "26-3-5"}, "E DATE-AMB"),
    ("收入", {"开始日期": "2022-02-30"}, "E DATE-FMT"),
    ("收入", {"开始日期": 44562}, "E DATE-FMT"),
    ("收入", {"开始日期": "1900-02-29"}, "E DATE-1900"),
    ("收入", {"开始日期": "1900-01-01"}, "E DATE-DEF"),
    ("收入", {"结束日期": "9999-12-31"}, "E DATE-DEF"),
    ("收入", {"开始日期": "2022-03-05 08:30"}, "N DATE-TIME"),
    ("收入", {"结束日期": "2021-12-31"}, "E PER-ORDER"),
    ("死亡", {"死亡日期": "2022-07-01"}, "E DATE-FUTURE"),
    ("人员", {"证件号": None, "性别": "女", "出生日期": "2022-07-01"}, "E DATE-FUTURE"),
    # words, whole numbers, places
    ("收入", {"收入类别": "工资"}, "E WORD"),
    ("残疾证", {"残疾等级": "五级"}, "E WORD"),
    ("人员", {"与户主关系": None}, "E EMPTY"),
    ("待遇", {"最后发放月份": "2022-13"}, "E MONTH-FMT"),
    ("待遇", {"最后发放月份": "2022年5月", "停发决定日期": "2022-05-20"}, "N MONTH-FMT"),
    ("待遇", {"最后发放月份": "2022-05"}, "E EMPTY"),
    ("待遇", {"渐退月数": 13}, "E INT-FMT"),
    ("户", {"户编号": "H 1"}, "E NUM-FMT"),
    ("户", {"户编号": 12345678901234567}, "E NUM-XLNUM"),
]


def faults_of(path: Path, sheet: str = "") -> list[Fault]:
    return check_ledger(read_ledger(path, sheet), TODAY).faults


def codes_of(path: Path, sheet: str = "") -> set[str]:
    return {f"{fault.severity} {fault.code}" for fault in faults_of(path, sheet)}


@pytest.mark.parametrize(("title", "cells", "code"), CELLS)
def test_a_cell_gets_its_code(title: str, cells: dict[str, Any], code: str, tmp_path: Path) -> None:
    codes = codes_of(one_sheet(tmp_path / "ledger.xlsx", title, **cells))
    assert code in codes
    if code[0] != "E":
        assert not {other for other in codes if other.startswith("E")}


@pytest.mark.parametrize("title", ["户", "人员", "收入", "账户", "电话", "残疾证", "死亡", "待遇"])
def test_a_usual_row_has_no_fault(title: str, tmp_path: Path) -> None:
    assert codes_of(one_sheet(tmp_path / "ledger.xlsx", title)) == set()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "=HYPERLINK(1)", "'; DROP TABLE"]
)
def test_what_looks_like_code_is_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(f"户编号,所在社区,户籍性质,住址,开始日期\nH1,福保社区,城镇,{text},2022-01-01\n")
    ledger = check_ledger(read_ledger(path, "户"), TODAY)
    assert ledger.sheets["户"].records[0].values["address"] == text


@pytest.mark.parametrize("name", ["䶮一", "㼆二", "𬱖三"])
def test_rare_characters_are_kept(name: str, tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "ledger.xlsx", "人员", 姓名=name)
    ledger = check_ledger(read_ledger(path), TODAY)
    assert ledger.sheets["人员"].records[0].values["name"] == name


def test_no_fault_shows_a_whole_number_of_a_person(tmp_path: Path) -> None:
    for cells in ({"证件号": WRONG_DIGIT}, {"与户主关系": GRANDSON}, {"户编号": GRANDSON + " x"}):
        for fault in faults_of(one_sheet(tmp_path / "ledger.xlsx", "人员", **cells)):
            told = fault.found + fault.sentence()
            assert WRONG_DIGIT not in told
            assert GRANDSON not in told


def dated_workbook(path: Path, serial: float, *, from_1904: bool = False) -> Path:
    """A 收入 sheet whose start is a date cell with this serial number."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": from_1904})
    page = book.add_worksheet("收入")
    page.write_row(0, 0, ["证件号", "收入类别", "金额", "开始日期"])
    page.write_row(1, 0, [GRANDMOTHER, "工资性收入", 100])
    page.write_number(1, 3, serial, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    return path


@pytest.mark.parametrize(("serial", "code"), [(0, "DATE-1900"), (60, "DATE-1900"), (1, "DATE-DEF")])
def test_days_that_only_a_spreadsheet_knows_are_refused(
    serial: int, code: str, tmp_path: Path
) -> None:
    assert f"E {code}" in codes_of(dated_workbook(tmp_path / "ledger.xlsx", serial))


def test_a_workbook_that_counts_from_1904_is_read_right_and_told(tmp_path: Path) -> None:
    path = dated_workbook(tmp_path / "ledger.xlsx", 43634, from_1904=True)
    ledger = check_ledger(read_ledger(path), date(2024, 7, 1))
    (told,) = [fault for fault in ledger.faults if fault.code == "F-1904"]
    assert told.severity == "W"
    assert "2023-06-19" in told.sentence()
    assert ledger.sheets["收入"].records[0].values["valid_from"] == date(2023, 6, 19)


def test_a_float_is_read_as_it_is_shown(tmp_path: Path) -> None:
    texts = ["证件号", "收入类别", "金额", "开始日期", GRANDMOTHER, "工资性收入", "2022-01-01"]
    cells = [f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts]
    number = "<c><v>0.30000000000000004</v></c>"
    rows = f"<row>{''.join(cells[:4])}</row><row>{cells[4]}{cells[5]}{number}{cells[6]}</row>"
    path = zipped(tmp_path / "ledger.xlsx", parts(sheet_of(rows), name="收入"))
    ledger = check_ledger(read_ledger(path), TODAY)
    assert [fault.code for fault in ledger.faults if fault.column == "金额"] == ["MNY-FLT"]
    assert ledger.sheets["收入"].records[0].values["amount_fen"] == 30


def test_the_same_person_with_other_data_is_told_with_both_rows(tmp_path: Path) -> None:
    headings = ["人员编号", "姓名", "证件号", "户编号", "与户主关系", "开始日期"]
    path = workbook(
        tmp_path / "ledger.xlsx",
        headings,
        ["P1", "赵一", GRANDMOTHER, "H1", "户主", "2022-01-01"],
        ["P2", "钱二", GRANDSON, "H1", "孙子女", "2022-01-01"],
        ["P1", "赵二", GRANDMOTHER, "H1", "户主", "2022-01-01"],
        name="人员",
    )
    (told,) = [fault for fault in faults_of(path) if fault.code == "F-DUPROW"]
    assert (told.row, told.values["other"]) == (4, 2)


def test_one_person_on_two_rows_in_two_households_is_told(tmp_path: Path) -> None:
    headings = ["人员编号", "姓名", "证件号", "户编号", "与户主关系", "开始日期"]
    path = workbook(
        tmp_path / "ledger.xlsx",
        headings,
        ["P1", "赵一", GRANDMOTHER, "H1", "户主", "2022-01-01"],
        ["P1", "赵一", GRANDMOTHER, "H2", "户主", "2022-01-01"],
        name="人员",
    )
    assert "E HH-DUP" in codes_of(path)


def test_one_fact_twice_is_left_out_or_contradicts(tmp_path: Path) -> None:
    headings = ["证件号", "收入类别", "金额", "开始日期"]
    row = [GRANDMOTHER, "工资性收入", "100", "2022-01-01"]
    same = workbook(tmp_path / "a.xlsx", headings, row, row, name="收入")
    assert "N F-DUPROW" in codes_of(same)
    other = [GRANDMOTHER, "工资性收入", "200", "2022-01-01"]
    differing = workbook(tmp_path / "b.xlsx", headings, row, other, name="收入")
    assert "E F-DUPROW" in codes_of(differing)


def test_programmes_that_exclude_each_other_are_told(tmp_path: Path) -> None:
    headings = [
        "待遇编号",
        "救助项目",
        "户编号",
        "证件号",
        "领款人证件号",
        "申请日期",
        "确认日期",
        "确认机关",
    ]
    who = ["H1", GRANDMOTHER, GRANDMOTHER, "2021-10-08", "2021-11-02", "区民政局"]
    path = workbook(
        tmp_path / "ledger.xlsx",
        headings,
        ["A1", "特困供养", *who],
        ["A2", "重度残疾人护理补贴", *who],
        name="待遇",
    )
    assert "E SCH-EXCL" in codes_of(path)
