"""Builders of ledgers: a small family on paper, and files made of rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from doudi.access.models import Role
from doudi.kernel.id_numbers import fictional_id_number
from doudi.registry.ledger.sheets import sheet_titled
from doudi.registry.ledger.writing import write_ledger
from tests.ledger.hostile_files import workbook
from tests.registry.build import an_officer

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.access.models import Officer

AT = datetime(2022, 1, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
MOMENT = AT.isoformat()
SINCE = date(2022, 1, 1)
GRANDMOTHER = fictional_id_number(date(1950, 3, 1), 2)
GRANDSON = fictional_id_number(date(2012, 5, 1), 3)
CARD = "6217000000000000004"

Rows = dict[str, list[dict[str, Any]]]


def a_clerk() -> Officer:
    """An officer who may see the subdistrict."""
    return an_officer("clerk", Role.COUNTER_CLERK)


def a_family() -> Rows:
    """A grandmother and her grandson, as a clerk would write them down."""
    dated = {"valid_from": SINCE, "source": "入户调查", "confirmed": True}
    return {
        "户": [{"household": "H1", "area": "福保社区", "registration": "urban", **dated}],
        "人员": [
            person("H1", "赵一", GRANDMOTHER, "head"),
            person("H1", "赵二", GRANDSON, "grandchild"),
        ],
        "收入": [
            {
                "person": GRANDMOTHER,
                "kind": "pension",
                "amount_fen": 123456,
                "months": 1,
                **dated,
            }
        ],
        "残疾证": [{"person": GRANDMOTHER, "category": "physical", "grade": 2, **dated}],
        "账户": [
            {
                "person": GRANDMOTHER,
                "bank": "某银行",
                "number": CARD,
                "holder_name": "赵一",
                "agent": False,
                **dated,
            }
        ],
    }


def person(household: str, name: str, id_number: str, relation: str, **more: Any) -> dict[str, Any]:
    """A row of the sheet 人员."""
    return {
        "household": household,
        "name": name,
        "id_number": id_number,
        "relation": relation,
        "lives_with": True,
        "independent": True,
        "valid_from": SINCE,
        "source": "户口簿",
        "confirmed": True,
        **more,
    }


def ledger_file(path: Path, rows: Rows) -> Path:
    """A workbook with the ledger's own sheets."""
    write_ledger(path, rows, at=AT)
    return path


def one_sheet(path: Path, title: str, **cells: Any) -> Path:
    """A workbook with one sheet and one row, its cells by heading; others take what is usual."""
    sheet = sheet_titled(title)
    assert sheet is not None
    headings = [column.heading for column in sheet.columns]
    assert set(cells) <= set(headings)
    given = {**USUAL.get(title, {}), **cells}
    return workbook(path, headings, [given.get(heading) for heading in headings], name=title)


USUAL: dict[str, dict[str, Any]] = {
    "户": {"户编号": "H1", "所在社区": "福保社区", "户籍性质": "城镇", "开始日期": "2022-01-01"},
    "人员": {
        "人员编号": "P1",
        "姓名": "赵一",
        "证件号": GRANDMOTHER,
        "户编号": "H1",
        "与户主关系": "户主",
        "开始日期": "2022-01-01",
    },
    "收入": {
        "证件号": GRANDMOTHER,
        "收入类别": "工资性收入",
        "金额": "1200.00",
        "开始日期": "2022-01-01",
    },
    "账户": {
        "证件号": GRANDMOTHER,
        "开户银行": "某银行",
        "账号": CARD,
        "户名": "赵一",
        "开始日期": "2022-01-01",
    },
    "电话": {"证件号": GRANDMOTHER, "电话": "13800000000", "开始日期": "2022-01-01"},
    "残疾证": {
        "证件号": GRANDMOTHER,
        "残疾类别": "肢体",
        "残疾等级": "二级",
        "开始日期": "2022-01-01",
    },
    "死亡": {"证件号": GRANDMOTHER, "死亡日期": "2022-01-02"},
    "待遇": {
        "待遇编号": "A1",
        "救助项目": "重度残疾人护理补贴",
        "户编号": "H1",
        "证件号": GRANDMOTHER,
        "领款人证件号": GRANDMOTHER,
        "申请日期": "2021-10-08",
        "确认日期": "2021-11-02",
        "确认机关": "区民政局",
    },
}
