"""The pages on the rules say what the rules say.

The tables of rules are written by `python -m tests.policy.test_docs`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import doudi.policy
from doudi.policy.cases import differences, read_cases
from doudi.policy.rule import RULES

PAGES = Path(__file__).parents[2] / "docs" / "rules"
MARK = re.compile(r"<!-- rules: ([a-z_ ]+) -->\n.*\Z", flags=re.DOTALL)


def written(text: str) -> str:
    """The page with its table of rules as the rules are now."""
    found = MARK.search(text)
    if found is None:
        return text
    rows = [
        f"| `{rule.name}` | {rule.sentence} | {'; '.join(rule.references)} |"
        for rule in RULES.values()
        if rule.room in found[1].split()
    ]
    lines = [found[0].splitlines()[0], "", "| rule | what it says | carries out |", "|---|---|---|"]
    return text[: found.start()] + "\n".join([*lines, *rows]) + "\n"


def pages() -> list[Path]:
    return sorted(PAGES.glob("*.md"))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_the_table_of_rules_is_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert written(text) == text


def test_every_rule_stands_on_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in pages())
    assert [name for name in RULES if f"`{name}`" not in text] == []


def test_every_public_name_of_the_room_stands_on_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in pages())
    assert [name for name in doudi.policy.__all__ if not re.search(rf"`{name}\b", text)] == []


def test_the_case_on_the_page_is_a_case(tmp_path: Path) -> None:
    text = (PAGES / "cases.md").read_text(encoding="utf-8")
    block = next(one for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "title" in one)
    file = tmp_path / "case.yaml"
    file.write_text(block, encoding="utf-8")
    assert [differences(case) for case in read_cases(file)] == [[]]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_yaml_on_a_page_is_yaml(page: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert all(yaml.safe_load(block) for block in blocks)


if __name__ == "__main__":
    for each in pages():
        each.write_text(written(each.read_text(encoding="utf-8")), encoding="utf-8")
