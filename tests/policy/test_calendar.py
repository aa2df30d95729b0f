"""Walks every day on which a parameter or a formula changes: exactly one is in force, no gap."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from doudi.kernel.months import Month
from doudi.policy import FIRST_MONTH, known_jurisdictions, load_rules
from doudi.policy.rule import RULES
from doudi.policy.values import Status

if TYPE_CHECKING:
    from doudi.policy.rules import Rules

EVERYWHERE = [load_rules(name) for name in known_jurisdictions()]
LAST = Month("2030-12")


@pytest.mark.parametrize("rules", EVERYWHERE, ids=lambda rules: rules.jurisdiction)
def test_on_every_day_of_change_each_parameter_has_one_value(rules: Rules) -> None:
    for path, parameter in rules.parameters.items():
        firsts = [value.first for value in parameter.values]
        assert firsts == sorted(set(firsts)), path
        assert firsts[0] <= FIRST_MONTH.first, path
        for first in firsts:
            before = first - timedelta(days=1)
            in_force = parameter.on(first)
            assert in_force is not None
            assert in_force.first == first
            if before >= FIRST_MONTH.first:
                assert parameter.on(before) is not in_force


@pytest.mark.parametrize("rules", EVERYWHERE, ids=lambda rules: rules.jurisdiction)
def test_only_what_nobody_found_is_null(rules: Rules) -> None:
    for path, parameter in rules.parameters.items():
        for value in parameter.values:
            assert (value.value is None) == (value.status == Status.UNKNOWN), path
            assert value.citation.document, path
            assert value.confidence in ("H", "M", "L"), path


@pytest.mark.parametrize("rules", EVERYWHERE, ids=lambda rules: rules.jurisdiction)
def test_in_every_month_each_variable_has_one_formula_or_none(rules: Rules) -> None:
    for month in FIRST_MONTH.until(LAST):
        for name in RULES:
            assert rules.system.get_variable(name).get_formula(str(month)) is not None


@pytest.mark.parametrize("rules", EVERYWHERE, ids=lambda rules: rules.jurisdiction)
def test_the_fingerprint_changes_where_a_value_does_and_nowhere_else(rules: Rules) -> None:
    months = list(FIRST_MONTH.until(Month("2027-01")))
    for earlier, later in pairwise(months):
        changed = any(
            parameter.plain(earlier.first) != parameter.plain(later.first)
            for parameter in rules.parameters.values()
        )
        assert changed == (rules.fingerprint(earlier) != rules.fingerprint(later))


def test_every_rule_has_a_sentence_and_an_article() -> None:
    for name, rule in RULES.items():
        assert rule.sentence.endswith("."), name
        assert rule.references, name
        assert all("（" in text or "第" in text for text in rule.references), name
