"""The closed words (代码表) that the registry records and the rules read.

Their values are the keys of a case file; the Chinese label of each is what a clerk reads and
writes in the ledger. `registry` and `policy` are strangers: what they share is here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from doudi.kernel.refusals import N_


class Word(StrEnum):
    """A member of a closed list: its value is the code, its `label` the Chinese word."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Keep the label beside the code."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    def __str__(self) -> str:
        """The code."""
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and label of each, as Django wants them."""
        return [(word.value, word.label) for word in cls]

    @classmethod
    def labelled(cls, label: str) -> Self | None:
        """The word with this Chinese label or this code; None when there is none."""
        return next((word for word in cls if label in (word.label, word.value)), None)


class Programme(Word):
    """A programme (救助项目) that awards money."""

    DIBAO = "dibao", N_("低保")
    DIBAO_SINGLE = "dibao_single", N_("低保单人保")
    TEKUN = "tekun", N_("特困供养")
    ORPHAN = "orphan", N_("孤儿基本生活费")
    UNATTENDED = "unattended", N_("事实无人抚养儿童基本生活补贴")
    DISABILITY_LIVING = "disability_living", N_("困难残疾人生活补贴")
    DISABILITY_CARE = "disability_care", N_("重度残疾人护理补贴")
    TEMPORARY_ASSISTANCE = "temporary_assistance", N_("临时救助")
    FUNERAL = "funeral", N_("基本殡葬服务费补助")


EXCLUSIVE: tuple[frozenset[Programme], ...] = tuple(
    frozenset(pair)
    for pair in (
        (Programme.TEKUN, Programme.DIBAO_SINGLE),
        (Programme.TEKUN, Programme.DISABILITY_LIVING),
        (Programme.TEKUN, Programme.DISABILITY_CARE),
        (Programme.TEKUN, Programme.ORPHAN),
        (Programme.TEKUN, Programme.UNATTENDED),
        (Programme.ORPHAN, Programme.UNATTENDED),
        (Programme.ORPHAN, Programme.DISABILITY_LIVING),
    )
)
"""Programmes that no person holds in the same month (互斥): 国发〔2015〕52号; 特困人员认定办法
第九条, 第十四条; 民发〔2019〕62号 第三条."""


class Relation(Word):
    """What a member is to the head of the household (与户主关系), GB/T 4761 made short."""

    HEAD = "head", N_("户主")
    SPOUSE = "spouse", N_("配偶")
    CHILD = "child", N_("子女")
    PARENT = "parent", N_("父母")
    GRANDCHILD = "grandchild", N_("孙子女")
    GRANDPARENT = "grandparent", N_("祖父母")
    SIBLING = "sibling", N_("兄弟姐妹")
    OTHER = "other", N_("其他")


class Sex(Word):
    """Sex (性别) as registered."""

    FEMALE = "F", N_("女")
    MALE = "M", N_("男")


class Registration(Word):
    """Kind of hukou (户籍性质)."""

    URBAN = "urban", N_("城镇")
    RURAL = "rural", N_("农村")


class Absence(Word):
    """Why a member is not counted although of the household (不计入原因)."""

    PRISON = "prison", N_("服刑")
    COMPULSORY_REHABILITATION = "compulsory_rehabilitation", N_("强制隔离戒毒")
    DECLARED_MISSING = "declared_missing", N_("宣告失踪")
    CLERGY_3_YEARS = "clergy_3_years", N_("宗教教职离家三年以上")


class Schooling(Word):
    """Full-time schooling (在校情况)."""

    COMPULSORY = "compulsory", N_("义务教育")
    SENIOR = "senior", N_("普通高中")
    VOCATIONAL = "vocational", N_("中等职业学校")
    UNDERGRADUATE = "undergraduate", N_("本专科")
    POSTGRADUATE = "postgraduate", N_("研究生")


class IncomeKind(Word):
    """Kind of income (收入类别), monthly or over twelve months."""

    WAGE = "wage", N_("工资性收入")
    BUSINESS = "business", N_("经营净收入")
    PROPERTY = "property", N_("财产净收入")
    PENSION = "pension", N_("职工养老金")
    UNEMPLOYMENT = "unemployment", N_("失业保险金")
    MAINTENANCE_RECEIVED = "maintenance_received", N_("赡养抚养扶养费")
    DONATION = "donation", N_("捐赠")
    COMPENSATION = "compensation", N_("赔偿")
    RESIDENTS_PENSION_CENTRAL = "residents_pension_central", N_("城乡居民基础养老金（中央）")
    RESIDENTS_PENSION_LOCAL = "residents_pension_local", N_("城乡居民养老金（地方及个人账户）")
    SPECIAL_CARE = "special_care", N_("优待抚恤金")
    SCHOLARSHIP = "scholarship", N_("奖学金")
    FAMILY_PLANNING = "family_planning", N_("计划生育奖励扶助")
    BRAVERY = "bravery", N_("见义勇为奖励")
    RELIEF = "relief", N_("社会救助款物")
    DISABILITY_SUBSIDIES = "disability_subsidies", N_("残疾人两项补贴")
    OLDEST_OLD_ALLOWANCE = "oldest_old_allowance", N_("高龄津贴")
    CHILD_ALLOWANCE = "child_allowance", N_("儿童基本生活费")
    MEDICAL_INSURANCE = "medical_insurance", N_("医疗保险待遇")
    OTHER = "other", N_("其他收入")


class DeductionKind(Word):
    """What is taken off income before it counts (扣减项目)."""

    SOCIAL_INSURANCE = "social_insurance", N_("社会保险费")
    TAX = "tax", N_("个人所得税")
    MAINTENANCE_PAID = "maintenance_paid", N_("支付的赡养抚养扶养费")
    WORK_COST = "work_cost", N_("必要就业成本")


class DisabilityCategory(Word):
    """Category of disability (残疾类别), GB/T 26341."""

    VISION = "vision", N_("视力")
    HEARING = "hearing", N_("听力")
    SPEECH = "speech", N_("言语")
    PHYSICAL = "physical", N_("肢体")
    INTELLECTUAL = "intellectual", N_("智力")
    MENTAL = "mental", N_("精神")
    MULTIPLE = "multiple", N_("多重")


class WorkCapacity(Word):
    """Capacity for work (劳动能力)."""

    NONE = "none", N_("无")
    PARTIAL = "partial", N_("部分")
    FULL = "full", N_("有")


class CarePlace(Word):
    """Where a person is cared for (供养方式)."""

    HOME = "home", N_("分散")
    INSTITUTION = "institution", N_("集中")


class SupporterStatus(Word):
    """What a person with a duty of support is in law (义务人情形)."""

    ORDINARY = "ordinary", N_("一般")
    TEKUN = "tekun", N_("特困")
    DIBAO = "dibao", N_("低保")
    PRISON = "prison", N_("服刑")
    DECLARED_MISSING = "declared_missing", N_("宣告失踪")
    NO_CAPACITY = "no_capacity", N_("无民事行为能力")


class ParentStatus(Word):
    """What became of a child's parent (父母情况)."""

    ALIVE = "alive", N_("健在")
    DEAD = "dead", N_("死亡")
    DECLARED_MISSING = "declared_missing", N_("宣告失踪")
    LOST_CONTACT = "lost_contact", N_("失联")
    PRISON = "prison", N_("服刑")
    COMPULSORY_REHABILITATION = "compulsory_rehabilitation", N_("强制隔离戒毒")
    CUSTODY_REVOKED = "custody_revoked", N_("撤销监护资格")
    EXPELLED = "expelled", N_("遣送出境")


class ChildScheme(Word):
    """The scheme chosen for a child that fits two (儿童保障选择)."""

    CHILD = "child", N_("儿童福利")
    TEKUN = "tekun", N_("特困供养")


class SupportFinding(Word):
    """What an officer found of all who owe a person support (赡养抚养扶养情况)."""

    NONE = "none", N_("无义务人")
    UNABLE = "unable", N_("义务人无能力")
    ABLE = "able", N_("义务人有能力")


class ParentSide(Word):
    """Which parent (父或母)."""

    FATHER = "father", N_("父亲")
    MOTHER = "mother", N_("母亲")


class OtherBenefitKind(Word):
    """A benefit from elsewhere that excludes or lowers one of ours (其他待遇)."""

    WORK_INJURY_CARE = "work_injury_care", N_("工伤生活护理费")
    NURSING_ALLOWANCE = "nursing_allowance", N_("其他护理补贴")


class EmergencyKind(Word):
    """What befell a household (困难原因), for temporary assistance."""

    ILLNESS = "illness", N_("重大疾病")
    ACCIDENT = "accident", N_("意外事故")
    FIRE = "fire", N_("火灾")
    DISASTER = "disaster", N_("自然灾害")
    EDUCATION = "education", N_("教育支出")
    UNEMPLOYMENT = "unemployment", N_("失业")
    OTHER = "other", N_("其他")
