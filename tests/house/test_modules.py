"""Modules are small, say what they are for, and are named after what they hold."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, faults, modules, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 400
"""Lines of a file; a longer one needs a decision record, and there is none."""

EMPTY_WORDS = {"utils", "util", "common", "helpers", "misc", "services", "managers", "handlers"}
"""Names that say nothing; a service, in this field, is something done for people."""

ENDS_OF_A_SENTENCE = (".", "。", "?", ":", "…")


def without_a_sentence(module: Module) -> Iterator[str]:
    opening = (ast.get_docstring(module.tree) or "").split("\n\n")[0]
    if len(opening.split()) < 2 or not opening.endswith(ENDS_OF_A_SENTENCE):
        yield f"{module.path} does not open with a sentence on what it is for"


def too_long(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > LONGEST:
        yield f"{module.path} has {lines} lines, at most {LONGEST}"


def named_emptily(module: Module) -> Iterator[str]:
    yield from (f"{module.path} is named {word}" for word in module.words if word in EMPTY_WORDS)


def left_behind(module: Module) -> Iterator[str]:
    for number, line in enumerate(module.text.splitlines(), start=1):
        if any(f"# {mark}" in line for mark in ("TODO", "FIXME", "XXX", "HACK")):
            yield f"{module.path}:{number} leaves work behind"


def test_every_module_opens_with_a_sentence() -> None:
    assert faults(without_a_sentence) == []


def test_no_module_is_long() -> None:
    assert faults(too_long) == []


def test_no_module_has_an_empty_name() -> None:
    assert faults(named_emptily) == []


def test_no_module_leaves_work_behind() -> None:
    assert faults(left_behind) == []


def test_these_tests_read_the_house() -> None:
    assert "doudi/kernel/money.py" in {module.path for module in modules()}


def test_these_tests_bite() -> None:
    assert planted(without_a_sentence, "import os\n")
    assert planted(without_a_sentence, '"""Stuff"""\n')
    assert not planted(without_a_sentence, '"""Money in whole fen."""\n')
    assert planted(too_long, "a = 1\n" * 401)
    assert planted(named_emptily, "", "doudi/payments/utils.py")
    assert planted(left_behind, "a = 1  # TODO: later\n")
