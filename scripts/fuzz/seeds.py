"""Files as they should be, to begin from: a good file leads a fuzzer further than noise."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from doudi.kernel.id_numbers import fictional_id_number
from doudi.registry.ledger.sheets import SHEETS
from doudi.registry.ledger.writing import write_ledger

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
    """A ledger of one family, as `doudi ledger export` writes it."""
    dated = {"valid_from": date(2022, 1, 1), "source": "入户调查", "confirmed": True}
    rows = {
        "户": [{"household": "H1", "area": "福保社区", "registration": "urban", **dated}],
        "收入": [{"person": PERSON, "kind": "pension", "amount_fen": 123456, "months": 1, **dated}],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_ledger(path, rows, at=AT)
        return path.read_bytes()


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
