"""Vast files, and small ones that unfold to vast ones: refused within seconds and 500 MB."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.measured import measured
from tests.ledger.hostile_files import NAMESPACE, one_cell, parts, sheet_of, zipped

MOST_MB = 500
MOST_SECONDS = 30
"""Generous: each takes a few seconds here, on two cores that others use too."""
GIGABYTE = 1 << 30
HEADING = "户编号,所在社区,户籍性质,住址,开始日期\n".encode()
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghijk", "bcdefghijkl", strict=True)
)
Maker = Callable[[Path], None]


def gigabyte_in_a_cell(path: Path) -> None:
    """One text of a gigabyte in two megabytes of workbook."""
    content = parts(sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in content.items():
            if name != "xl/sharedStrings.xml":
                archive.writestr(name, text)
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f"<sst {NAMESPACE}><si><t>".encode())
            for _ in range(64):
                part.write(b"a" * (GIGABYTE // 64))
            part.write(b"</t></si></sst>")


def million_rows(path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001))
    zipped(path, parts(sheet_of(rows)))


def long_text_in_many_cells(path: Path) -> None:
    """A text that is kept once and stands in a hundred thousand cells: three gigabytes."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    shared = f"<sst {NAMESPACE}><si><t>{'字' * 30_000}</t></si></sst>"
    zipped(path, parts(sheet_of(rows), shared))


def nested_zips(path: Path) -> None:
    """A workbook with zips in zips inside, which nobody has a reason to open."""
    inner = path.with_name("inner.zip")
    zipped(inner, {"zeros": "0" * 10_000_000})
    for _ in range(4):
        content = inner.read_bytes()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", content)
    zipped(path, parts(sheet_of(one_cell("A1", "1"))))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/embeddings/inner.zip", inner.read_bytes())


def workbook_in_a_zip(path: Path) -> None:
    inner = path.with_name("inner.xlsx")
    zipped(inner, parts(sheet_of(one_cell("A1", "1"))))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ledger.xlsx", inner.read_bytes())


def million_entries(path: Path) -> None:
    """A directory of a million parts behind a file that has one."""
    zipped(path, {"a": ""})
    content = path.read_bytes()
    begin = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    directory = content[begin:end] * 1_000_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), begin, 0)
    path.write_bytes(content[:begin] + directory + tail)


def ten_million_cells(path: Path) -> None:
    path.write_bytes(HEADING + (b"1," * 99 + b"1\n") * 100_000)


def sparse(beginning: bytes, size: int = GIGABYTE) -> Maker:
    """A file of this size, most of it zeros that take no place on the disk."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(beginning)
            file.truncate(size)

    return write


def written(content: bytes) -> Maker:
    return lambda path: path.write_bytes(content) and None


def millions_of_return_lines(path: Path) -> None:
    path.write_bytes(b"R|DOUDI1|2022-06-1|0|CNY|20220610|9|1.00\n" + b"D\n" * 10_000_000)


VAST: dict[str, tuple[str, str, str, Maker]] = {
    "a cell of a gigabyte": ("ledger", "xlsx", "F-HOSTILE", gigabyte_in_a_cell),
    "a sheet of a million rows": ("ledger", "xlsx", "F-SIZE", million_rows),
    "a long text in many cells": ("ledger", "xlsx", "F-SIZE F-HOSTILE", long_text_in_many_cells),
    "zips in zips": ("ledger", "xlsx", "F-READ", nested_zips),
    "a workbook in a zip": ("ledger", "xlsx", "F-TYPE", workbook_in_a_zip),
    "a directory of a million parts": ("ledger", "xlsx", "F-HOSTILE", million_entries),
    "a workbook of a gigabyte": ("ledger", "xlsx", "F-SIZE", sparse(b"PK\x03\x04")),
    "a quoted cell of a gigabyte": ("ledger", "csv", "F-SIZE", sparse(HEADING + b'"')),
    "a quoted cell of fifty megabytes": (
        "ledger", "csv", "F-CSV", written(HEADING + b'"' + b"a\n" * 25_000_000),
    ),
    "a row of quoted lines": (
        "ledger", "csv", "F-SIZE", written(HEADING + b'"a\n",' * 10_000_000),
    ),
    "a million columns": ("ledger", "csv", "F-SIZE", written(b"," * 1_000_000)),
    "sixty million columns": ("ledger", "csv", "F-SIZE", written(b"," * 60_000_000)),
    "ten million cells": ("ledger", "csv", "F-SIZE", ten_million_cells),
    "thirty million empty lines": ("ledger", "csv", "F-SIZE", written(b"\n" * 30_000_000)),
    "a character of four bytes in fifty megabytes": (
        "ledger", "csv", "F-SIZE", written("𠀀".encode() + b"a" * 50_000_000),
    ),
    "a return file of a gigabyte": ("return", "txt", "RET-SIZE", sparse(b"R|DOUDI1|")),
    "ten million lines of a return file": (
        "return", "txt", "RET-SIZE", millions_of_return_lines,
    ),
    "a case that multiplies": ("case", "yaml", "YAML-SYNTAX", written(LAUGHS.encode())),
    "a reform that multiplies": ("reform", "yaml", "REFORM-ALIAS", written(LAUGHS.encode())),
    "a case without a bottom": ("case", "yaml", "YAML-SYNTAX", written(b"[" * 1_900_000)),
    "a reform without a bottom": ("reform", "yaml", "YAML-SYNTAX", written(b"[" * 60_000)),
    "a case of a gigabyte": ("case", "yaml", "YAML-SIZE", sparse(b"title: ")),
    "a reform of a gigabyte": ("reform", "yaml", "YAML-SIZE", sparse(b"name: ")),
}  # fmt: skip


@pytest.mark.parametrize("name", VAST)
def test_a_vast_file_is_refused_soon_and_in_little_memory(name: str, tmp_path: Path) -> None:
    reader, ending, codes, make = VAST[name]
    path = tmp_path / f"vast.{ending}"
    make(path)
    found = measured(reader, path)
    assert found.code in codes.split(), found
    assert found.seconds < MOST_SECONDS, found
    assert max(found.own, found.child) < MOST_MB, found


PARAMETER_FILES: dict[str, tuple[str, Maker]] = {
    "one that multiplies": ("YAML-SYNTAX", written(LAUGHS.encode())),
    "one without a bottom": ("YAML-SIZE", written(b"a: " + b"[" * 900 + b"]" * 900)),
    "one of a gigabyte": ("YAML-SIZE", sparse(b"a: ")),
}


@pytest.mark.parametrize("name", PARAMETER_FILES)
def test_a_vast_file_of_parameters_is_refused_soon(name: str, tmp_path: Path) -> None:
    code, make = PARAMETER_FILES[name]
    folder = tmp_path / "530111002"
    folder.mkdir()
    (folder / "jurisdiction.yaml").write_text(
        "name: {zh: 某街道, en: Subdistrict}\nabove: '530111'\n", encoding="utf-8"
    )
    make(folder / "more.yaml")
    found = measured("parameters", folder)
    assert (found.code, found.own < MOST_MB, found.seconds < MOST_SECONDS) == (code, True, True)


def test_a_file_without_an_end_is_not_read(tmp_path: Path) -> None:
    endless = tmp_path / "ledger.csv"
    endless.symlink_to("/dev/zero")
    assert measured("ledger", endless).code == "F-NONE"
