"""The documents say what is there: commands, words, packages, links; and nothing of one machine."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import click
import pytest
from django.apps import apps

from doudi.doors.cli.main import cli
from doudi.kernel.vocabulary import Programme
from scripts import docs
from tests.house.source import ROOT, SOURCE, modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PINYIN = {"dibao", "tekun", "wubao", "sanwu", "hukou"}
"""The names of institutions that stay as they are; the glossary gives the reason."""

TEMPTING = """
    binzang butie buzhu canji dibaohu ertong fafang fuli gaoling gongshi guer hecha huji huzhu
    jiating jiedao jiuzhu jumin juweihui kunnan laoren linshi minzheng pici pinkun ruhu shenfenzheng
    shenhe shenpi shequ taizhang yanglao yifa yiliao yingfa zhengce
"""
"""Words of the trade that one might be tempted to leave in pinyin."""

OF_ONE_MACHINE = re.compile(r"/(home|Users|root|work|opt|mnt)/|[A-Z]:\\\\|127\.0\.0\.1:\d+/simple")


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def commands_in(text: str) -> Iterator[list[str]]:
    """Every `make …` and `doudi …` of a page, from blocks and from running text."""
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", text, flags=re.DOTALL | re.MULTILINE)
    for line in [*spans, *(line for block in blocks for line in block.splitlines())]:
        words = line.split("#")[0].split()
        if len(words) > 1 and words[0] in {"make", "doudi"} and "…" not in words[1]:
            yield words


def fault_of(words: list[str], targets: set[str]) -> str:
    """What a command of a page names that is not there; empty when all is."""
    if words[0] == "make":
        return "" if words[1] in targets else f"make has no target {words[1]}"
    command: click.Command = cli
    for word in words[1:]:
        if word.startswith("--"):
            known = {name for param in command.params for name in param.opts + param.secondary_opts}
            if word.partition("=")[0] not in known | {"--help"}:
                return f"{command.name} has no option {word}"
        elif isinstance(command, click.Group):
            inner = command.get_command(click.Context(command), word)
            if inner is None and command is not cli:
                return f"{command.name} has no command {word}"
            if inner is None and word in ALL_NAMES:
                return f"doudi has no command {word}"
            command = inner or command
    return "" if command is not cli else f"{' '.join(words)} names no command"


ALL_NAMES = set(cli.list_commands(click.Context(cli)))


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_exists(page: Path) -> None:
    found = [fault_of(words, targets()) for words in commands_in(page.read_text(encoding="utf-8"))]
    assert [fault for fault in found if fault] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_speaks_of_one_machine(page: Path) -> None:
    assert OF_ONE_MACHINE.findall(page.read_text(encoding="utf-8")) == []


def test_generated_pages_are_up_to_date() -> None:
    stale = [path.name for path, text in docs.pages().items() if path.read_text("utf-8") != text]
    assert stale == [], "run `make docs`"


def test_the_glossary_has_every_room_programme_and_table() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    tables = {model.__name__ for model in apps.get_models() if "doudi" in model.__module__}
    words = rooms | tables | {programme.value for programme in Programme}
    assert {word for word in words if f"`{word}`" not in glossary} == set()


def test_the_map_has_every_room() -> None:
    map_page = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - {"doors"}
    assert {room for room in rooms if f"`{room}`" not in map_page} == set()


def test_pinyin_is_only_what_the_glossary_allows() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert all(word in glossary for word in PINYIN)
    assert pinyin_in(" ".join(module.text for module in modules())) == set()


def pinyin_in(text: str) -> set[str]:
    """Words of the trade in pinyin that identifiers of a text hold."""
    words = {word.lower() for name in re.findall(r"[A-Za-z_]+", text) for word in name.split("_")}
    return words & set(TEMPTING.split())


def test_every_package_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    tools = [each for each in (*groups["build"], *groups["dev"]) if isinstance(each, str)]
    wanted = [*project["project"]["dependencies"], *tools]
    names = {re.split(r"[\[<>=~ ]", each)[0].lower() for each in wanted}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE)) == names


def test_every_decision_has_its_four_parts() -> None:
    parts = ("# ", "\nStatus: ", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n")
    for page in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        assert [part for part in parts if part not in text] == [], page.name


def test_these_tests_bite() -> None:
    assert fault_of(["make", "everything"], targets())
    assert fault_of(["doudi", "area", "abolish"], targets())
    assert fault_of(["doudi", "area", "list", "--everywhere"], targets())
    assert not fault_of(["doudi", "--as", "wang", "area", "list"], targets())
    assert list(commands_in("Run `make demo`.\n```\ndoudi area list  # all\n```\n")) == [
        ["make", "demo"],
        ["doudi", "area", "list"],
    ]
    assert OF_ONE_MACHINE.search("see /home/wang/doudi")
    assert pinyin_in("def fafang_total(): ...") == {"fafang"}
