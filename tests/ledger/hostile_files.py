"""Makes the files that a reader must survive: bombs, tricks and things under a false name."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def parts(sheet: str, shared: str = "", name: str = "户") -> dict[str, str]:
    """The parts of a smallest workbook around one sheet's XML."""
    kinds = (
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{kinds}</Types>',
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {NAMESPACE} xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": shared or f"<sst {NAMESPACE}/>",
    }


def sheet_of(rows: str, after: str = "") -> str:
    """A sheet's XML around rows."""
    return f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData>{after}</worksheet>"


def zipped(path: Path, content: dict[str, str]) -> Path:
    """Write parts as a compressed zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path


def one_cell(reference: str, row: str) -> str:
    """A row with one number."""
    return f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'


def workbook(path: Path, *rows: list[Any], name: str = "户", **options: Any) -> Path:
    """An honest workbook with one sheet."""
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def whitespace_bomb(path: Path) -> Path:
    """A gigabyte of blanks in a megabyte."""
    content = parts(sheet_of(one_cell("A1", "1")))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            if not name.startswith("xl/worksheets"):
                archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f"<worksheet {NAMESPACE}><sheetData>".encode())
            blank = b" " * (16 * 1024 * 1024)
            for _ in range(64):
                part.write(blank)
            part.write(b"</sheetData></worksheet>")
    return path


def lying_directory(path: Path) -> Path:
    """A zip whose directory says that the sheet is small."""
    rows = "".join(one_cell(f"A{n}", str(n)) for n in range(1, 20_000))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(sheet_of(rows)).items():
            archive.writestr(name, text)
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    told = buffer.getvalue().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(told)
    return path
