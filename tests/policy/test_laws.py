"""Laws of nature: what must hold of every family, whatever its circumstances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import DisabilityCategory, SupportFinding
from doudi.policy import (
    NO,
    QUESTIONS,
    UNKNOWN,
    Determination,
    Facts,
    Outcome,
    code_of,
    determine,
    load_rules,
)
from doudi.policy.blocks import blocks
from doudi.policy.determine import amount_of, condition_of, open_simulation
from doudi.policy.rule import RULES, AmountColumn
from tests.policy.families import MONTHS, families, unknown_value

SEEDS = st.integers(0, 2**32 - 1)
ANY_MONTH = st.sampled_from([Month(month) for month in MONTHS])
MARCH = Month("2022-03")
DEMO = load_rules(
    "demo_assumptions", {"unattended.standard": "1300.00", "orphan.institution": "1990.00"}
)
FEW = settings(max_examples=25, deadline=None)


def same(one: Outcome, other: Outcome) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("state", "amount", "members")
    ) and all(
        np.array_equal(one.components[kind], other.components[kind]) for kind in one.components
    )


def with_column(facts: Facts, name: str, column: np.ndarray) -> Facts:
    if name in facts.persons:
        return replace(facts, persons={**facts.persons, name: column})
    return replace(facts, of_households={**facts.of_households, name: column})


@FEW
@given(SEEDS, ANY_MONTH)
def test_many_families_at_once_are_each_family_alone(seed: int, month: Month) -> None:
    facts = families(seed, households=5)
    together = determine(facts, month, DEMO)
    for household in range(facts.households):
        own, members = facts.only(household)
        alone = determine(own, month, DEMO)
        for key, question in QUESTIONS.items():
            rows = [household] if question.of_household else members
            assert np.array_equal(together[key].state[rows], alone[key].state)
            assert np.array_equal(together[key].amount[rows], alone[key].amount)


@FEW
@given(SEEDS, ANY_MONTH)
def test_the_order_of_members_never_matters(seed: int, month: Month) -> None:
    facts = families(seed)
    order = np.random.default_rng(seed).permutation(len(facts.household))
    places = np.argsort(order)
    shuffled = replace(
        facts,
        household=facts.household[order],
        persons={name: column[order] for name, column in facts.persons.items()},
        supporters=replace(facts.supporters, person=places[facts.supporters.person]),
    )
    straight, mixed = determine(facts, month, DEMO), determine(shuffled, month, DEMO)
    for key, question in QUESTIONS.items():
        rows = slice(None) if question.of_household else order
        assert np.array_equal(straight[key].state[rows], mixed[key].state)
        assert np.array_equal(straight[key].amount[rows], mixed[key].amount)


@FEW
@given(SEEDS, st.sampled_from(["wage", "business", "pension", "other"]), st.integers(1, 500_000))
def test_more_income_never_gives_more_dibao(seed: int, kind: str, more: int) -> None:
    facts = families(seed)
    facts = replace(facts, persons={**facts.persons, "holds": np.zeros(len(facts.household), int)})
    name = f"income_{kind}"
    richer = with_column(facts, name, facts.persons[name] + more)
    before, after = determine(facts, MARCH, DEMO), determine(richer, MARCH, DEMO)
    assert (after["dibao"].amount <= before["dibao"].amount).all()
    assert (after["dibao"].state <= before["dibao"].state).all()


@FEW
@given(SEEDS, ANY_MONTH, st.data())
def test_an_answer_given_without_a_fact_stands_whatever_the_fact(
    seed: int, month: Month, data: st.DataObject
) -> None:
    facts = families(seed)
    truth = determine(facts, month, DEMO)
    names = [
        name for name in (*facts.persons, *facts.of_households) if unknown_value(name) is not None
    ]
    hidden = facts
    for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)):
        column = hidden.column(name)
        veil = np.random.default_rng(seed).random(len(column)) < 0.5
        hidden = with_column(hidden, name, np.where(veil, unknown_value(name), column))
    assert_borne_out(determine(hidden, month, DEMO), truth)


@FEW
@given(SEEDS, ANY_MONTH, st.data())
def test_an_answer_given_without_a_parameter_stands_whatever_the_parameter(
    seed: int, month: Month, data: st.DataObject
) -> None:
    facts = families(seed)
    paths = sorted(
        path
        for path, parameter in DEMO.parameters.items()
        if parameter.unit in ("yuan", "share", "boolean", "rounding", "stacking", "count")
        and path.split(".")[0] not in ("recovery", "pension", "minimum_wage", "price_link")
    )
    nulls = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3, unique=True))
    known = {"unattended.standard": "1300.00", "orphan.institution": "1990.00"}
    blind = load_rules("demo_assumptions", {**known, **dict.fromkeys(nulls)})
    assert_borne_out(determine(facts, month, blind), determine(facts, month, DEMO))


def assert_borne_out(blind: Determination, truth: Determination) -> None:
    for key in QUESTIONS:
        answered = blind[key].state != UNKNOWN
        known = answered & (truth[key].state != UNKNOWN)
        assert np.array_equal(blind[key].state[known], truth[key].state[known]), key
        assert np.array_equal(blind[key].amount[known], truth[key].amount[known]), key
        assert not (answered & (truth[key].state == UNKNOWN)).any(), key


@FEW
@given(SEEDS, ANY_MONTH)
def test_what_is_undetermined_names_what_is_missing(seed: int, month: Month) -> None:
    facts = families(seed)
    result = determine(facts, month, "530111")
    for key in QUESTIONS:
        open_rows = result[key].state == UNKNOWN
        assert (result[key].missing[open_rows] != 0).all()
        assert (result[key].missing[~open_rows] == 0).all()
        assert (result[key].amount[open_rows] == 0).all()


@FEW
@given(SEEDS)
def test_blocks_change_nothing(seed: int) -> None:
    facts = families(seed, households=30)
    whole = determine(facts, MARCH, DEMO)
    parts = [determine(block, MARCH, DEMO) for block in blocks(facts, size=9)]
    assert len(parts) > 1
    for key in QUESTIONS:
        assert np.array_equal(whole[key].state, np.concatenate([p[key].state for p in parts]))
        assert np.array_equal(whole[key].amount, np.concatenate([p[key].amount for p in parts]))


@FEW
@given(SEEDS, ANY_MONTH)
def test_no_rule_passes_through_a_float_or_a_narrow_integer(seed: int, month: Month) -> None:
    simulation = open_simulation(families(seed), month, DEMO)
    for name, rule in RULES.items():
        if issubclass(rule.variable, AmountColumn):
            assert amount_of(simulation, name).low.dtype == np.int64
        else:
            assert condition_of(simulation, name).state.dtype == np.int8


def test_the_largest_household_with_the_largest_amounts_does_not_wrap() -> None:
    members = 200
    most = 12 * 1_000_000_000
    facts = Facts(
        household=np.zeros(members, dtype=np.int64),
        households=1,
        persons={
            "relation": np.r_[1, np.full(members - 1, 3)],
            "birth_date": np.full(members, 15_000),
            **{f"income_{kind}": np.full(members, most) for kind in ("wage", "other", "pension")},
        },
    )
    rules = load_rules(
        "demo_assumptions",
        {
            "dibao.standard": "1000000.00",
            "dibao.supplement.minor": "10",
            "dibao.margin_multiple": "10",
            "dibao.minimum_share": "1",
        },
    )
    richest = determine(facts, MARCH, rules)
    assert richest["dibao"].state[0] == NO
    poorest = determine(
        replace(facts, persons={k: facts.persons[k] for k in ("relation", "birth_date")}),
        MARCH,
        rules,
    )
    gap = 1_000_000_00 * members
    assert poorest["dibao"].components["gap"][0] == gap
    assert poorest["dibao"].components["supplement"][0] == gap * 10


@pytest.mark.parametrize("finding", [SupportFinding.NONE, SupportFinding.ABLE])
@pytest.mark.parametrize("category", list(DisabilityCategory))
def test_a_lighter_grade_never_opens_what_a_heavier_closes(
    category: DisabilityCategory, finding: SupportFinding
) -> None:
    facts = Facts(
        household=np.arange(4, dtype=np.int64),
        households=4,
        persons={
            "relation": np.ones(4, dtype=np.int64),
            "birth_date": np.full(4, 5_000),
            "supporters": np.full(4, code_of(finding)),
            "disability_category": np.full(4, code_of(category)),
            "disability_grade": np.arange(1, 5),
            "needs_long_term_care": np.full(4, 2),
        },
    )
    result = determine(facts, MARCH, DEMO)
    assert (np.diff(result["tekun"].state) <= 0).all()
    if finding == SupportFinding.ABLE:
        assert (np.diff(result["disability_care"].state) <= 0).all()
