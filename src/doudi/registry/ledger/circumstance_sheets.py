"""The sheets of the ledger for each kind of circumstance (情况), one a table of the registry."""

from __future__ import annotations

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import (
    Absence,
    CarePlace,
    ChildScheme,
    DeductionKind,
    DisabilityCategory,
    EmergencyKind,
    IncomeKind,
    OtherBenefitKind,
    ParentSide,
    ParentStatus,
    Schooling,
    SupporterStatus,
    SupportFinding,
    WorkCapacity,
)
from doudi.registry.ledger.columns import (
    DATED,
    HOUSEHOLD,
    PERSON,
    Choices,
    Column,
    ColumnKind,
    LedgerSheet,
    integer,
    money,
    on_the_day,
    words,
    yes_no,
    yes_no_unknown,
)

GRADES: Choices = ((1, N_("一级")), (2, N_("二级")), (3, N_("三级")), (4, N_("四级")))
PERIODS: Choices = ((1, N_("月")), (12, N_("年")))
_MANY = 99

_DISABILITY = (
    words("disability_category", N_("残疾类别"), DisabilityCategory, required=False),
    Column("disability_grade", N_("残疾等级"), ColumnKind.CHOICE, choices=GRADES),
)


def _of_person(
    title: str, table: str, about: str, *columns: Column, key: tuple[str, ...] = ()
) -> LedgerSheet:
    return LedgerSheet(title, table, "person", about, (PERSON, *columns, *DATED), key)


CIRCUMSTANCES: tuple[LedgerSheet, ...] = (
    _of_person(
        "户籍地",
        "Hukou",
        "户口在哪里；社区、街道、区县的区划代码都可以",
        Column(
            "area_code",
            N_("户籍地代码"),
            ColumnKind.AREA_CODE,
            is_required=True,
            hint=N_("6 至 12 位区划代码，例：530111"),
            most=12,
        ),
    ),
    LedgerSheet(
        "死亡",
        "Death",
        "person",
        "死亡当月起停发由系统按规定计算",
        (
            PERSON,
            yes_no_unknown("cremated", N_("火化")),
            yes_no_unknown("state_funeral_grant", N_("领取国家丧葬补助")),
            *on_the_day(N_("死亡日期")),
        ),
    ),
    _of_person(
        N_("电话"),
        "Phone",
        "联系电话",
        Column("number", N_("电话"), ColumnKind.PHONE, is_required=True),
    ),
    _of_person(
        "账户",
        "Account",
        "待遇发到哪个账户；户名不是本人的，须登记代领",
        Column("bank", N_("开户银行"), ColumnKind.TEXT, is_required=True, most=60),
        Column("number", "账号", ColumnKind.ACCOUNT, is_required=True, hint=N_("本列为文本")),
        Column("holder_name", "户名", ColumnKind.NAME, is_required=True, most=60),
        yes_no(
            "agent", N_("代领"), blank=False, hint=N_("户名不是本人且已登记代领的填是；空白视为否")
        ),
    ),
    _of_person(
        "收入",
        "Income",
        "每类收入一行；金额变了，另起一行写明开始日期",
        words("kind", N_("收入类别"), IncomeKind),
        money("amount_fen", "金额"),
        Column(
            "months",
            N_("周期"),
            ColumnKind.CHOICE,
            choices=PERIODS,
            blank=1,
            hint=N_("月：每月金额；年：十二个月合计；空白视为月"),
        ),
        key=("kind",),
    ),
    _of_person(
        "扣减",
        "Deduction",
        "计算收入前扣减的项目，每月金额",
        words("kind", N_("扣减项目"), DeductionKind),
        money("amount_fen", N_("每月金额")),
        key=("kind",),
    ),
    LedgerSheet(
        "财产",
        "Property",
        "household",
        "家庭财产；没有登记的视为经核对未超标准",
        (
            HOUSEHOLD,
            money("financial_fen", N_("金融资产")),
            integer("dwellings", N_("住房套数"), 0, _MANY),
            integer("vehicles", N_("机动车辆数"), 0, _MANY),
            yes_no("business", N_("有经营实体"), blank=False, hint=N_("空白视为否")),
            *DATED,
        ),
    ),
    _of_person(
        "其他待遇",
        "OtherBenefit",
        "从别处领取、与本办待遇相关的待遇，每月金额",
        words("kind", N_("待遇类别"), OtherBenefitKind),
        money("amount_fen", N_("每月金额")),
        key=("kind",),
    ),
    _of_person(
        "残疾证",
        "Disability",
        "残疾证的类别、等级和有效期",
        words("category", N_("残疾类别"), DisabilityCategory),
        Column("grade", N_("残疾等级"), ColumnKind.CHOICE, is_required=True, choices=GRADES),
    ),
    _of_person(
        "照护需求",
        "CareNeed",
        "是否需要长期照护的评定；没有登记的视为未评定",
        yes_no("needs_long_term_care", N_("需要长期照护")),
    ),
    _of_person(
        "自理能力",
        "SelfCare",
        "六项自理能力指标中，不能完成的有几项",
        integer("items_unmet", N_("未达到项数"), 0, 6),
    ),
    _of_person(N_("重病"), "SeriousIllness", "经认定的重特大疾病；只记起止，不记病名"),
    _of_person("在校", "Schooling", "全日制在校", words("stage", N_("在校阶段"), Schooling)),
    _of_person(
        N_("劳动能力"),
        "Work",
        "劳动能力与就业",
        words("capacity", N_("劳动能力"), WorkCapacity),
        yes_no("employed", N_("已就业")),
    ),
    _of_person(
        "不计入", "Absence", "在户中但期间不计入的成员", words("reason", "不计入原因", Absence)
    ),
    _of_person(
        "供养方式",
        "CarePlacement",
        "在家（分散）还是在机构（集中）；没有登记的视为分散",
        words("place", "供养方式", CarePlace),
    ),
    _of_person(
        "义务人结论",
        "Support",
        "对全体赡养、抚养、扶养义务人的调查结论",
        words("finding", N_("调查结论"), SupportFinding),
    ),
    _of_person(
        N_("义务人"),
        "Supporter",
        "每名义务人一行；可以不在同一户",
        Column(
            "tie",
            N_("义务人"),
            ColumnKind.TEXT,
            is_required=True,
            hint=N_("例：长子、次女、弟弟"),
            most=30,
        ),
        Column("birth_date", N_("义务人出生日期"), ColumnKind.DATE, is_required=True, is_past=True),
        money("income_year_fen", N_("年收入"), required=False, hint=N_("元；空白视为不详")),
        yes_no_unknown("property_ok", N_("财产符合规定")),
        *_DISABILITY,
        words("status", N_("义务人情形"), SupporterStatus),
        key=("tie",),
    ),
    _of_person(
        "父母情况",
        "Parent",
        "儿童的父亲、母亲各一行",
        words("side", N_("父或母"), ParentSide),
        words("status", "情况", ParentStatus),
        Column(
            "status_since",
            N_("何时起"),
            ColumnKind.DATE,
            hint=N_("失联、服刑等从哪一天起"),
            is_past=True,
        ),
        *_DISABILITY,
        yes_no("serious_illness", N_("重病"), blank=False, hint=N_("空白视为否")),
        key=("side",),
    ),
    _of_person(
        "保障选择",
        "ChildChoice",
        "同时符合两种保障的儿童，监护人选择了哪一种",
        words("scheme", N_("选择"), ChildScheme),
    ),
    LedgerSheet(
        "急难情形",
        "Emergency",
        "household",
        "临时救助所依据的事件",
        (
            HOUSEHOLD,
            words("kind", N_("困难原因"), EmergencyKind),
            yes_no("emergency", N_("急难型")),
            money("own_costs_fen", N_("自付费用"), hint=N_("元；扣除保险报销后须自己负担的")),
            integer("persons_assisted", N_("救助人数"), 1, _MANY),
            integer("months", N_("救助月数"), 1, 12),
            *on_the_day(N_("发生日期")),
        ),
    ),
)
"""One sheet for each kind of circumstance beside residence and membership."""
