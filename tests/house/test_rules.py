"""Rules hold no numbers: what the law sets stands, dated and cited, in the parameters."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, faults, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

ALLOWED = {0, 1, -1}


def numbers_in_formulas(module: Module) -> Iterator[str]:
    """Numbers other than 0 and 1 inside of the formulas of `policy`."""
    if module.room != "policy":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("formula"):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and sets_a_number(part.value):
                    yield f"{module.at(part)} sets the number {part.value!r} in {node.name}"


def sets_a_number(value: object) -> bool:
    """Whether a constant is a number other than 0 and 1; true and false are none."""
    return type(value) in {int, float} and value not in ALLOWED


def floats(module: Module) -> Iterator[str]:
    """Fractional numbers anywhere in `policy`: shares of the law are whole parts of 10,000."""
    if module.room != "policy":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{module.at(node)} writes the fraction {node.value!r}"


def test_no_formula_sets_a_number() -> None:
    assert faults(numbers_in_formulas) == []


def test_no_rule_writes_a_fraction() -> None:
    assert faults(floats) == []


def test_these_tests_bite() -> None:
    place = "doudi/policy/dibao.py"
    rule = "class gap:\n    def formula(household, period):\n        return {}\n"
    assert planted(numbers_in_formulas, rule.format("income * 70"), place)
    assert not planted(numbers_in_formulas, rule.format("income * 1 - 0"), place)
    assert planted(floats, "share = 0.3\n", place)
