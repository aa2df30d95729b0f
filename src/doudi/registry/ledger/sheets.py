"""The whole ledger (台账) declared: every sheet, and every column with its Chinese heading.

The template, the check, the import and the export all read this one declaration.
"""

from __future__ import annotations

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme, Registration, Relation, Sex
from doudi.registry.ledger.circumstance_sheets import CIRCUMSTANCES
from doudi.registry.ledger.columns import (
    DATED,
    HOUSEHOLD,
    RECORD,
    Column,
    ColumnKind,
    LedgerSheet,
    words,
    yes_no,
)

HOUSEHOLDS = LedgerSheet(
    "户",
    "Residence",
    "household",
    "每户一行；搬家或户籍性质变了，另起一行写明开始日期",
    (
        Column(
            "household",
            "户编号",
            ColumnKind.HOUSEHOLD,
            is_required=True,
            hint=N_("本办公室自己的编号，一户一号"),
            most=32,
        ),
        Column(
            "area",
            N_("所在社区"),
            ColumnKind.AREA,
            is_required=True,
            hint=N_("社区名称或 12 位区划代码"),
        ),
        words("registration", "户籍性质", Registration),
        Column("address", "住址", ColumnKind.TEXT, blank="", most=200),
        *DATED,
    ),
)

PERSONS = LedgerSheet(
    "人员",
    "Membership",
    "person",
    "每人一行；换了户或与户主关系变了，另起一行写明开始日期；不在任何户中的代领人等，户编号留空",
    (
        Column(
            "person_number",
            N_("人员编号"),
            ColumnKind.PERSON_NUMBER,
            hint=N_("本办公室自己的编号；留空则由系统编号"),
            most=32,
        ),
        Column("name", "姓名", ColumnKind.NAME, is_required=True, most=60),
        words("sex", "性别", Sex, required=False),
        Column(
            "birth_date", "出生日期", ColumnKind.DATE, hint=N_("有证件号时可以留空"), is_past=True
        ),
        Column(
            "id_number", "证件号", ColumnKind.ID_NUMBER, hint=N_("18 位公民身份号码，本列为文本")
        ),
        Column("household", "户编号", ColumnKind.HOUSEHOLD, hint=N_("“户”表中的户编号"), most=32),
        words("relation", "与户主关系", Relation, required=False),
        yes_no("lives_with", N_("共同生活"), blank=True, hint=N_("空白视为是")),
        yes_no(
            "independent", N_("能独立生活"), blank=True, hint=N_("成年子女是否具备条件；空白视为是")
        ),
        Column("valid_from", "开始日期", ColumnKind.DATE, hint=N_("从哪一天起在该户")),
        Column("valid_to", "结束日期", ColumnKind.DATE, hint=N_("到哪一天止；仍在该户则留空")),
        *RECORD,
    ),
)


AWARDS = LedgerSheet(
    "待遇",
    "",
    "number",
    "已由有权机关确认的待遇；没有确认的不填在这里",
    (
        Column(
            "number", "待遇编号", ColumnKind.TEXT, is_required=True, hint="一项待遇一号", most=40
        ),
        words("programme", "救助项目", Programme),
        HOUSEHOLD,
        Column("person", "证件号", ColumnKind.PERSON, hint="享受人；按户享受的留空"),
        Column("payee", "领款人证件号", ColumnKind.PERSON, is_required=True, hint="款发给谁"),
        Column("applied_on", "申请日期", ColumnKind.DATE, is_required=True, is_past=True),
        Column("decided_on", "确认日期", ColumnKind.DATE, is_required=True, is_past=True),
        Column("decided_by", "确认机关", ColumnKind.TEXT, is_required=True, most=60),
        Column(
            "due_from",
            "本账起发月份",
            ColumnKind.MONTH,
            hint="此前由别处发放的，从哪个月起由本账发放；空白视为从头起",
        ),
        Column("last_month", "最后发放月份", ColumnKind.MONTH, hint="停发的填最后发放的月份"),
        Column("stopped_on", "停发决定日期", ColumnKind.DATE, is_past=True),
        Column("stop_reason", "停发原因", ColumnKind.TEXT, blank="", most=200),
        Column("taper_from", "渐退开始月份", ColumnKind.MONTH, hint="就业后渐退的填写"),
        Column(
            "taper_months",
            "渐退月数",
            ColumnKind.INTEGER,
            blank=0,
            hint="1 至 12 的整数",
            least=1,
            most=12,
        ),
        Column("taper_decided_on", "渐退决定日期", ColumnKind.DATE, is_past=True),
        Column("source", "来源", ColumnKind.TEXT, blank="台账", most=100),
    ),
)

SHEETS: tuple[LedgerSheet, ...] = (HOUSEHOLDS, PERSONS, *CIRCUMSTANCES, AWARDS)
"""Every sheet, in the order in which it is read and written."""

GUIDE_TITLE = "说明"
FAULTS_TITLE = "问题清单"
OURS_TO_SKIP = (GUIDE_TITLE, FAULTS_TITLE)
"""Sheets that we write for reading only."""


def sheet_titled(title: str) -> LedgerSheet | None:
    """The sheet of this title; None when the ledger has none such."""
    return next((sheet for sheet in SHEETS if sheet.title == title.strip()), None)
