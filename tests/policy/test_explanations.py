"""An explanation says the same as the answer, and says it in two languages."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.kernel.money import yuan
from doudi.kernel.months import Month
from doudi.policy import (
    NO,
    QUESTIONS,
    UNKNOWN,
    YES,
    Facts,
    Rules,
    determine,
    explain,
    load_rules,
)
from tests.policy.families import MONTHS, families

DEMO = load_rules("demo_assumptions", {"unattended.standard": "1300.00"})
GUANDU = load_rules("530111")
MARCH = Month("2022-03")
COUPLE = Facts(
    household=np.zeros(2, dtype=np.int64),
    households=1,
    persons={
        "relation": np.array([1, 2]),
        "birth_date": np.array([5_000, -8_000]),
        "income_wage": np.array([300_00 * 12, 0]),
    },
)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(MONTHS), st.sampled_from([DEMO, GUANDU]))
def test_the_numbers_are_those_of_the_answer(seed: int, month: str, rules: Rules) -> None:
    facts = families(seed, households=4)
    result = determine(facts, Month(month), rules)
    for key, question in QUESTIONS.items():
        rows = range(len(result[key].state))
        for row in rows:
            household = row if question.of_household else int(facts.household[row])
            person = None if question.of_household else row
            told = explain(facts, Month(month), rules, key, household, person)
            assert told.state == result[key].state[row]
            if told.state == UNKNOWN:
                assert told.amount_fen is None
                assert told.missing
            else:
                assert told.amount_fen == result[key].amount[row]
                assert not told.missing
            if told.state == YES and question.amount:
                assert yuan(int(result[key].amount[row])) in told.text("zh")
            assert told.fingerprint == result.fingerprint
            assert "{" not in told.text("zh") + told.text("en")
            assert json.dumps(told.as_dict("en"))


def test_an_old_person_can_follow_the_arithmetic() -> None:
    told = explain(COUPLE, MARCH, DEMO, "dibao", 0).text("zh", ["王某", "李某"])
    for sentence in (
        "最低生活保障（低保）（2022-03）：应得 1170.00 元",
        "计入的家庭成员：2 人",
        "标准每人每月 700.00 元，2 人 12 个月共 16800.00 元",
        "成员“王某”：计入收入 12 个月 3600.00 元",
        "收入低于标准；差额 (16800.00 − 3600.00) ÷ 12，取整后每月 1100.00 元",
        "分类施保每月 70.00 元",
        "每月合计 1170.00 元",
        "假定，不是规定",
    ):
        assert sentence in told


def test_english_holds_no_chinese_but_titles_of_documents_and_articles() -> None:
    told = explain(COUPLE, MARCH, DEMO, "dibao", 0)
    lines = told.text("en").split("Parameters used:")[0]
    assert not re.search(r"[\u4e00-\u9fff]", lines)
    assert all(one.title.en and one.title.zh for one in told.parameters)


def test_what_is_missing_is_named_with_who_can_supply_it() -> None:
    told = explain(COUPLE, MARCH, GUANDU, "dibao", 0)
    keys = {one.key for one in told.missing}
    assert {"dibao.standard", "dibao.work_cost"} <= keys
    assert not any(key.startswith("dibao.property") for key in keys)
    assert "区民政局" in told.text("zh")


def test_a_no_names_its_ground() -> None:
    rich = Facts(
        household=COUPLE.household,
        households=1,
        persons={**COUPLE.persons, "income_wage": np.array([90_000_00, 0])},
    )
    told = explain(rich, MARCH, DEMO, "dibao", 0)
    assert told.state == NO
    assert "收入不低于标准" in told.text("zh")


def test_who_does_not_count_is_told_with_the_reason() -> None:
    away = Facts(
        household=COUPLE.household,
        households=1,
        persons={**COUPLE.persons, "absent": np.array([0, 1])},
    )
    told = explain(away, MARCH, DEMO, "dibao", 0).text("zh")
    assert "成员“2”不计入：服刑、戒毒、失踪或出家三年以上" in told


def test_a_person_of_another_household_is_not_explained() -> None:
    with pytest.raises(IndexError):
        explain(families(1), MARCH, DEMO, "tekun", 0, 40)
