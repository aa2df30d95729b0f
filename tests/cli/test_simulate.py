"""The command `doudi simulate`: its tables, picture, workbook and data, and what it refuses."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # what we have written ourselves

import openpyxl
import pytest

from tests.entitlement.build import an_award, liujia
from tests.registry.build import a_household, a_person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door

pytestmark = pytest.mark.django_db

TEN_MORE = (
    'name: \'=HYPERLINK("http://x","<b>&")\'\nreason: 测算\n'
    "changes: [{path: dibao.standard, from: 2022-02, value: '710.00'}]\n"
)
SPAN = ("--from", "2022-01", "--to", "2022-02", "--area", "六甲街道")


@pytest.fixture
def reform(tmp_path: Path) -> Path:
    """A register with one household on Dibao, and a file that raises the standard by ten yuan."""
    liujia()
    an_award(a_household(a_person(born="1980-01-01")))
    file = tmp_path / "reform.yaml"
    file.write_text(TEN_MORE, "utf-8")
    return file


def test_the_tables_tell_what_a_reform_would_do(door: Door, reform: Path) -> None:
    result = door("simulate", reform, *SPAN, at="2022-03-01")
    told = result.stdout
    assert "dibao.standard  低保标准  2022-02–2022-02  700.00  710.00" in told
    assert " ".join(told.split()).count("2022-02 1 700.00 710.00 10.00 1 0") == 1
    assert "受益" in told
    assert "增加不超过 10.00" in told
    assert "没有写入任何记录" in told
    assert "规则只是提示" in told
    assert "已试算 2/2" in result.stderr


def test_english_is_spoken_throughout(door: Door, reform: Path) -> None:
    told = door("simulate", reform, *SPAN, language="en").stdout
    assert "Nothing was written" in told
    assert "by programme" in told


def test_data_bear_the_same_figures(door: Door, reform: Path) -> None:
    data = json.loads(door("simulate", reform, *SPAN, "--json").stdout)
    assert data["total"]["change_fen"] == 1_000
    assert data["by_month"]["2022-02"]["after_fen"] == 71_000
    assert data["households"]["gains"]["median_fen"] == 1_000


def test_picture_and_workbook_hold_text_as_text(door: Door, reform: Path, tmp_path: Path) -> None:
    picture, book = tmp_path / "a.svg", tmp_path / "a.xlsx"
    door("simulate", reform, *SPAN, "--chart", picture, "--workbook", book, at="2022-03-01")
    root = ET.fromstring(picture.read_bytes())  # noqa: S314 - what we have written ourselves
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert '试算：=HYPERLINK("http://x","<b>&")' in texts
    assert "+10.00" in texts
    sheets = openpyxl.load_workbook(BytesIO(book.read_bytes()))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert len(sheets.sheetnames) == 9
    again = tmp_path / "b.xlsx"
    door("simulate", reform, *SPAN, "--workbook", again, at="2022-03-01")
    assert again.read_bytes() == book.read_bytes()


def test_what_is_wrong_is_one_sentence(door: Door, reform: Path, tmp_path: Path) -> None:
    reform.write_text(TEN_MORE.replace("710.00", "710.005"), "utf-8")
    for words in (
        ("simulate", reform, *SPAN),
        ("simulate", tmp_path / "none.yaml", *SPAN),
        ("simulate", reform, *SPAN[:4]),
        ("simulate", reform, "--from", "2022-1", *SPAN[2:]),
    ):
        result = door(*words, status=2)
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
