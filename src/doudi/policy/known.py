"""The facts (事实) that the rules ask for: one line each, with who can supply what is missing.

A column of a fact holds small whole numbers:

* `truth`: `logic.NO`, `UNKNOWN`, `YES`;
* `code`: the place of a word in its list in `kernel.vocabulary`, from 1; 0 none; -1 unknown;
* `money`: fen, incomes over twelve months and all else a month; -1 unknown; -2 not stated;
* `count`: a whole number; -1 unknown; -2 not stated;
* `date`: days since 1970-01-01; `UNKNOWN_DATE`; `NO_DATE`;
* `bits`: awards held, one bit a programme (`held_bit`); -1 not stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from doudi.kernel.vocabulary import (
    Absence,
    CarePlace,
    ChildScheme,
    DeductionKind,
    DisabilityCategory,
    IncomeKind,
    ParentSide,
    ParentStatus,
    Programme,
    Registration,
    Relation,
    Schooling,
    SupportFinding,
    Word,
)
from doudi.policy.words import Words

UNKNOWN_CODE: Final = -1
NOT_STATED: Final = -2
NO_DATE: Final = -(2**40)
UNKNOWN_DATE: Final = -(2**41)

STREET = Words("街道民政办（入户调查）", "the subdistrict office, by a home enquiry")
CIVIL = Words("本人或监护人，凭户口簿", "the person or guardian, with the household register")
DISABLED_FEDERATION = Words("残联（残疾人证）", "the disabled persons' federation (certificate)")
HEALTH = Words("医保或卫生健康部门", "the medical insurance or health office")
MATCHING = Words("区民政局信息核对机构", "the district's means-checking office")
ASSESSOR = Words("自理能力评估人员", "the assessor of self-care ability")
HUMAN_RESOURCES = Words("人力资源和社会保障部门", "the human resources and social security office")
FUNERAL_HOME = Words("殡仪馆或经办人", "the funeral home or the relatives")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name, its kind, its words, what silence means, its title, who supplies it.

    Facts that share a `topic` are named as one where they are missing.
    """

    name: str
    kind: str
    title: Words
    supplier: Words
    words: type[Word] | None = None
    default: int = 0
    topic: str = ""


def _incomes() -> list[Fact]:
    """A fact for each kind of income and deduction."""
    incomes = [
        Fact(
            f"income_{kind}", "money", Words(kind.label, f"income: {kind}"), MATCHING,
            topic="income",
        )
        for kind in IncomeKind
    ]  # fmt: skip
    return incomes + [
        Fact(
            f"deduction_{kind}", "money", Words(kind.label, f"deduction: {kind}"), MATCHING,
            topic="deductions",
        )
        for kind in DeductionKind
    ]  # fmt: skip


def _parents() -> list[Fact]:
    """What became of father and mother."""
    sides = {ParentSide.FATHER: ("父亲", "father"), ParentSide.MOTHER: ("母亲", "mother")}
    facts = []
    for side, (zh, en) in sides.items():
        facts += [
            Fact(
                f"{side}_status", "code", Words(f"{zh}情况", f"what became of the {en}"), STREET,
                ParentStatus, default=1, topic="parents",
            ),
            Fact(
                f"{side}_months", "count",
                Words(f"{zh}该情况的月数或刑期月数", f"months of the {en}'s state or term"),
                STREET, topic="parents",
            ),
            Fact(
                f"{side}_disability_category", "code",
                Words(f"{zh}残疾类别", f"category of the {en}'s disability"),
                DISABLED_FEDERATION, DisabilityCategory, topic="parents",
            ),
            Fact(
                f"{side}_disability_grade", "count",
                Words(f"{zh}残疾等级", f"grade of the {en}'s disability"),
                DISABLED_FEDERATION, topic="parents",
            ),
            Fact(
                f"{side}_serious_illness", "truth",
                Words(f"{zh}重病", f"serious illness of the {en}"), HEALTH, topic="parents",
            ),
        ]  # fmt: skip
    return facts


PERSON_FACTS: Final[tuple[Fact, ...]] = (
    Fact("relation", "code", Words("与户主关系", "relation to the head"), CIVIL, Relation),
    Fact("birth_date", "date", Words("出生日期", "date of birth"), CIVIL, default=UNKNOWN_DATE),
    Fact("death_date", "date", Words("死亡日期", "date of death"), CIVIL, default=NO_DATE),
    Fact("lives_with", "truth", Words("长期共同居住", "lives with the household"), STREET,
         default=2),
    Fact("independent", "truth", Words("能独立生活", "can live independently"), STREET, default=2),
    Fact("absent", "code", Words("不计入的情形", "reason for not being counted"), STREET, Absence),
    Fact("student", "code", Words("全日制在校", "full-time schooling"), STREET, Schooling),
    *_incomes(),
    Fact("disability_category", "code", Words("残疾类别", "category of disability"),
         DISABLED_FEDERATION, DisabilityCategory, topic="disability"),
    Fact("disability_grade", "count", Words("残疾等级", "grade of disability"),
         DISABLED_FEDERATION, topic="disability"),
    Fact("needs_long_term_care", "truth", Words("需要长期照护", "needs long-term care"), ASSESSOR),
    Fact("serious_illness", "truth", Words("重特大疾病", "recognised serious illness"), HEALTH),
    Fact("employed", "truth", Words("就业", "employed"), HUMAN_RESOURCES),
    Fact("self_care_unmet", "count", Words("自理六项中未达到的项数", "self-care items unmet"),
         ASSESSOR),
    Fact("care_place", "code", Words("供养方式", "place of care"), STREET, CarePlace, default=1),
    Fact("supporters", "code", Words("义务人调查结论", "finding on those who owe support"), STREET,
         SupportFinding),
    *_parents(),
    Fact("child_scheme", "code", Words("儿童保障选择", "scheme chosen for the child"), STREET,
         ChildScheme, default=1),
    Fact("work_injury_care", "truth", Words("工伤生活护理费", "care fee of work-injury insurance"),
         HUMAN_RESOURCES),
    Fact("nursing_allowance", "money", Words("其他护理补贴", "another nursing allowance"),
         HUMAN_RESOURCES),
    Fact("dibao_per_head", "money", Words("已领低保人均额", "Dibao already received per head"),
         STREET, default=NOT_STATED),
    Fact("state_funeral_grant", "truth", Words("享受国家丧葬补助", "has a state funeral grant"),
         HUMAN_RESOURCES),
    Fact("holds", "bits", Words("已享受的待遇", "awards held"), STREET, default=-1),
    Fact("deceased", "truth", Words("为其申请殡葬补助", "a funeral subsidy is asked for"), STREET),
    Fact("registered_here", "truth", Words("本区户籍", "registered in the district"), CIVIL),
    Fact("cremated", "truth", Words("已火化", "cremated"), FUNERAL_HOME),
)  # fmt: skip

HOUSEHOLD_FACTS: Final[tuple[Fact, ...]] = (
    Fact("registration", "code", Words("户籍性质", "kind of registration"), CIVIL, Registration,
         default=1),
    Fact("property_financial", "money", Words("金融资产", "financial assets"), MATCHING,
         default=NOT_STATED, topic="property"),
    Fact("property_dwellings", "count", Words("住房套数", "dwellings"), MATCHING,
         default=NOT_STATED, topic="property"),
    Fact("property_vehicles", "count", Words("机动车辆数", "vehicles"), MATCHING,
         default=NOT_STATED, topic="property"),
    Fact("property_business", "truth", Words("市场主体", "a registered business"), MATCHING,
         topic="property"),
    Fact("event", "truth", Words("突发困难", "something befell the household"), STREET),
    Fact("event_emergency", "truth", Words("急难型", "an emergency"), STREET),
    Fact("event_own_costs", "money", Words("自负费用", "costs borne by the household"), STREET),
    Fact("event_grants_months", "count", Words("本年已救助月数", "months granted this year"),
         STREET),
    Fact("event_persons", "count", Words("救助人数", "persons assisted"), STREET, default=1),
    Fact("event_months", "count", Words("申请救助月数", "months asked for"), STREET, default=1),
)  # fmt: skip

FACTS: Final = {fact.name: fact for fact in (*PERSON_FACTS, *HOUSEHOLD_FACTS)}


def code_of(word: Word | None) -> int:
    """The code of a word in a column: its place in its list, from 1; 0 for none."""
    return 0 if word is None else list(type(word)).index(word) + 1


def held_bit(programme: Programme) -> int:
    """The bit of a programme in the column `holds`."""
    return 1 << list(Programme).index(programme)
