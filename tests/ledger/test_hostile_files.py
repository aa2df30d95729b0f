"""Files made to harm are refused in one sentence, soon, and without swelling our process."""

from __future__ import annotations

import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.kernel.refusals import Refusal
from doudi.registry.ledger.reading import read_ledger
from tests.ledger.hostile_files import (
    NAMESPACE,
    lying_directory,
    one_cell,
    parts,
    sheet_of,
    whitespace_bomb,
    workbook,
    zipped,
)

Maker = Callable[[Path], Path]


def made_of(rows: str, after: str = "", shared: str = "") -> Maker:
    return lambda path: zipped(path, parts(sheet_of(rows, after), shared))


def written(content: bytes) -> Maker:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def with_part(name: str, text: str) -> Maker:
    return lambda path: zipped(path, parts(sheet_of(one_cell("A1", "1"))) | {name: text})


def outcome_of(path: Path) -> str:
    """The code of the refusal, or F-READ for a file that was read."""
    try:
        read_ledger(path)
    except Refusal as refusal:
        return refusal.code
    return "F-READ"


def many_entries(path: Path) -> Path:
    return zipped(
        path, parts(sheet_of("")) | {f"xl/media/{number}.bin": "" for number in range(400)}
    )


def truncated(path: Path) -> Path:
    workbook(path, ["户编号"])
    path.write_bytes(path.read_bytes()[:-300])
    return path


def ten_million_cells(path: Path) -> Path:
    cells = "".join(f'<c t="n"><v>{n % 10}</v></c>' for n in range(500))
    return zipped(path, parts(sheet_of(f"<row>{cells}</row>" * 20_000)))


DTD = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
TEXT_CELL = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'

HARMFUL: dict[str, tuple[str, Maker]] = {
    "a gigabyte of blanks": ("F-HOSTILE", whitespace_bomb),
    "ten million cells": ("F-SIZE", ten_million_cells),
    "first and last cell of Excel": (
        "F-SIZE",
        made_of(one_cell("A1", "1") + one_cell("XFD1048576", "1048576")),
    ),
    "a cell in the last row": (
        "F-SIZE",
        made_of(one_cell("A1", "1") + one_cell("Z1048576", "1048576")),
    ),
    "few cells far apart": (
        "F-SIZE",
        made_of(one_cell("A1", "1") + one_cell("SA150000", "150000")),
    ),
    "a row that no sheet has": ("F-HOSTILE", made_of(one_cell("A99999999999", "99999999999"))),
    "a column that no sheet has": ("F-HOSTILE", made_of(one_cell("XFE1", "1"))),
    "a place in other digits": ("F-HOSTILE", made_of(one_cell("A٣", "٣"))),
    "a megabyte in one cell": (
        "F-HOSTILE",
        made_of(TEXT_CELL, shared=f"<sst {NAMESPACE}><si><t>{'字母ab' * 250_000}</t></si></sst>"),
    ),
    "a hundred thousand merges": (
        "F-HOSTILE",
        made_of(
            one_cell("A1", "1"),
            "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_000 + "</mergeCells>",
        ),
    ),
    "entities that multiply": ("F-HOSTILE", with_part("xl/worksheets/sheet1.xml", DTD + "<x/>")),
    "an entity from our disk": ("F-HOSTILE", with_part("xl/sharedStrings.xml", XXE + "<x/>")),
    "a macro": ("F-HOSTILE", with_part("xl/vbaProject.bin", "x")),
    "a path that leads out": ("F-HOSTILE", with_part("../../evil.xml", "<x/>")),
    "four hundred parts": ("F-HOSTILE", many_entries),
    "a directory that lies": ("F-TYPE", lying_directory),
    "a workbook cut short": ("F-TYPE", truncated),
    "broken XML": ("F-TYPE", with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData>")),
    "an endless tag": ("F-TYPE", with_part("xl/styles.xml", "<" + "a" * 900_000)),
    "no bytes at all": ("F-SIZE", written(b"")),
    "an old workbook": ("F-TYPE", written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900)),
    "a workbook with a password": (
        "F-TYPE",
        written(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
    ),
    "a page called .xls": ("F-TYPE", written(b"<html><table><tr><td>1</td></tr></table></html>")),
    "plain text called .xlsx": ("F-TYPE", written("户编号,姓名\n1,某人\n".encode())),
    "a document of another office": (
        "F-TYPE",
        lambda path: zipped(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    ),
    "a picture": ("F-TYPE", written(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    code, make = HARMFUL[name]
    path = make(tmp_path / "ledger.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    with pytest.raises(Refusal) as refused:
        read_ledger(path)
    assert refused.value.code == code
    assert refused.value.sentence().count("\n") == 0
    assert time.monotonic() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_a_password_is_named_as_what_to_take_off(tmp_path: Path) -> None:
    _, make = HARMFUL["a workbook with a password"]
    with pytest.raises(Refusal, match="取消密码"):
        read_ledger(make(tmp_path / "ledger.xlsx"))


def test_false_dimensions_and_one_giant_merge_do_no_harm(tmp_path: Path) -> None:
    sheet = sheet_of(
        one_cell("A1", "1"), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    (only,) = read_ledger(zipped(tmp_path / "ledger.xlsx", parts(sheet))).sheets
    assert [fault.code for fault in only.faults] == ["F-MERGE"]
    assert len(only.rows) == 1


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read_ledger(tmp_path / "nowhere.xlsx")
    assert refused.value.code == "F-NONE"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(
    data: st.DataObject, tmp_path: Path
) -> None:
    seed = workbook(tmp_path / "seed.xlsx", ["户编号", "地址"], ["H1", "某路1号"]).read_bytes()
    content = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 4))):
        # The seed's length depends on the minute it is written in, so it sets no bound here.
        place = data.draw(st.integers(0, 2**16)) % len(content)
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "mutant.xlsx"
    path.write_bytes(content)
    assert outcome_of(path).startswith("F-")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_sheet_with_any_text_changed_is_read_or_refused(
    data: st.DataObject, tmp_path: Path
) -> None:
    content = parts(sheet_of(one_cell("A1", "1") + one_cell("B2", "2")))
    name = data.draw(st.sampled_from(sorted(content)))
    text = content[name]
    place = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(alphabet='<>/="&;0A9\x01x é', max_size=6))
    cut = data.draw(st.integers(0, 6))
    content[name] = text[:place] + put + text[place + cut :]
    assert outcome_of(zipped(tmp_path / "mutant.xlsx", content)).startswith("F-")


def test_the_reader_of_workbooks_is_called_in_the_child_alone() -> None:
    house = Path(__file__).parents[2] / "src"
    callers = [
        path.name
        for path in house.rglob("*.py")
        if "import python_calamine" in path.read_text("utf-8")
    ]
    assert callers == ["child.py"]


def test_a_zip_with_two_entries_of_one_name_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "ledger.xlsx", parts(sheet_of("")))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(Refusal) as refused:
        read_ledger(path)
    assert refused.value.code == "F-HOSTILE"
