"""Files as they should be, to begin from: a good file leads a fuzzer further than noise."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from doudi.kernel.id_numbers import fictional_id_number
from doudi.kernel.spreadsheets import PlainBook
from doudi.registry.ledger.sheets import SHEETS

AT = datetime(2022, 1, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ROOT = Path(__file__).parents[2]
PERSON = fictional_id_number(date(1950, 3, 1), 2)

RETURN_FILE = (
    "R|DOUDI1|2022-06-1|0123456789abcdef|CNY|20220610|2|1200.00\r\n"
    "D|000001|0004|700.00|00|\r\nD|000002|0012|500.00|02|账号不存在\r\nT|2|1200.00\r\n"
)
REFORM = (
    "name: 低保标准提高 10 元\nreason: 测算提标所需资金\nchanges:\n"
    '  - {path: dibao.standard, from: 2022-01, to: 2022-06, value: "710.00"}\n'
)
JURISDICTION = "code: '530111009'\nname: {zh: 某街道, en: A subdistrict}\nabove: '530111'\n"
PARAMETERS = (
    "dibao.standard:\n  values:\n    2022-01-01:\n"
    '      {value: "700.00", document: paper, article: 一, confidence: H, status: assumed}\n'
)
DOCUMENTS = "paper: {title: 某通知, number: 某发〔2022〕1号}\n"


def workbook() -> bytes:
    """A ledger of a few sheets with texts, a number and a date, as a spreadsheet would save it."""
    written = io.BytesIO()
    book = PlainBook(written)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in SHEETS[:3]:
        page = book.add_worksheet(sheet.title)
        for place, column in enumerate(sheet.columns):
            page.write_string(0, place, column.heading)
            page.write_string(1, place, (column.labels or [PERSON])[0])
        page.write_number(2, 0, 1234.5)
        page.write_datetime(2, 1, datetime(2022, 1, 1), day)  # noqa: DTZ001 - cells know no zone
        page.write_boolean(2, 2, True)  # noqa: FBT003 - the library's signature
    book.close()
    return written.getvalue()


def small_workbook() -> bytes:
    """The same without what a reader does not need: small enough to be unpacked often."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as whole,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as small,
    ):
        for name in whole.namelist():
            if "theme" not in name and "docProps" not in name:
                small.writestr(name, whole.read(name))
    return kept.getvalue()


def tables() -> list[bytes]:
    """A CSV file for every sheet, in the encodings and with the separators that offices use."""
    encodings, separators = ("utf-8", "utf-8-sig", "gb18030", "utf-16"), (",", ";", "\t")
    files = []
    for number, sheet in enumerate(SHEETS):
        separator = separators[number % 3]
        heading = separator.join(column.heading for column in sheet.columns)
        row = separator.join(f'"{(column.labels or [PERSON])[0]}"' for column in sheet.columns)
        files.append(f"{heading}\r\n{row}\r\n".encode(encodings[number % 4]))
    return files


def cases() -> list[bytes]:
    """The case files of our own tests."""
    folder = ROOT / "tests" / "policy" / "cases"
    return [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))[::12]]


WORDS = [
    PERSON, "530199500301002", "2022-06", "2022H1", "1,234.50", "￥1200元", "1.5万", "-3.00",
    "2022-06-30T09:00+08:00", "6217000000000000004", "13800000000", "古丽·买买提", "2022年6月",
    "44713", "1234567890123456789", "9999-12-31T23:59-23:59",
]  # fmt: skip
"""Single words as they stand in cells, options and addresses."""
