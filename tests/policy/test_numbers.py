"""No number of the law stands in a rule: ages, grades, months, shares are dated parameters."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import doudi.policy

HOME = Path(doudi.policy.__file__).parent
ROOMS = ("dibao", "tekun", "children", "disability", "one_off")
RULES = [
    *(file for room in ROOMS for file in sorted((HOME / room).glob("*.py"))),
    HOME / "people.py",
    HOME / "means.py",
]


def numbers(source: str) -> list[object]:
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, (int, float))
        and not isinstance(node.value, bool)
        and node.value not in (0, 1)
    ]


@pytest.mark.parametrize("file", RULES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_rule_holds_no_number_but_0_and_1(file: Path) -> None:
    assert [one for one in numbers(file.read_text(encoding="utf-8")) if one != -1] == []


def test_this_test_bites() -> None:
    assert numbers("age >= 60") == [60]
