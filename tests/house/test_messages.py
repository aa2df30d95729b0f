"""Everything that a user can be told is written in Chinese, marked, and known in English."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from scripts.messages import ENGLISH, gathered, read
from tests.house.source import Module, dotted, faults, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = re.compile(r"{[a-z_]+[^}]*}|%\([a-z_]+\)s")
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")

FIXED = {"{passed} passed, {failed} failed"}
"""Lines whose form is laid down for programs that read them, in either language."""


def unmarked_help(module: Module) -> Iterator[str]:
    """Help of commands and options that is not marked by `N_`, so that nobody can translate it."""
    if not module.path.startswith("doudi/doors/cli/"):
        return
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        for keyword in node.keywords:
            if keyword.arg in {"help", "short_help", "epilog"} and not is_marked(keyword.value):
                yield f"{module.at(keyword.value)} has help that nobody can translate"


def is_marked(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func) == "N_"


def helpless_commands(module: Module) -> Iterator[str]:
    """Commands without help of their own: the docstring, which is for us, would be shown."""
    if not module.path.startswith("doudi/doors/cli/"):
        return
    for function in ast.walk(module.tree):
        for decorator in function.decorator_list if isinstance(function, ast.FunctionDef) else []:
            if makes_a_command_without_help(decorator):
                yield f"{module.at(decorator)} makes a command without help"


def makes_a_command_without_help(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and dotted(decorator.func).split(".")[-1] in {"command", "group"}
        and "help" not in {keyword.arg for keyword in decorator.keywords}
    )


def foreign_messages() -> list[str]:
    """Messages that are marked and hold no Chinese."""
    return [str(message.id) for message in gathered() if not CHINESE.search(str(message.id))]


def test_every_message_is_known_in_english() -> None:
    english = read(ENGLISH)
    lacking = [
        str(message.id)
        for message in gathered()
        if message.id and (message.id not in english or not english[message.id].string)
    ]
    assert lacking == [], "run `make messages` and fill in what is empty"


def test_a_translation_has_the_places_of_its_message() -> None:
    differing = [
        str(message.id)
        for message in read(ENGLISH)
        if message.id and message.string and places(message.id) != places(message.string)
    ]
    assert differing == []


def places(text: object) -> set[str]:
    return set(PLACES.findall(str(text)))


def test_a_message_is_in_chinese() -> None:
    assert [each for each in foreign_messages() if each and each not in FIXED] == []


def test_help_can_be_translated() -> None:
    assert faults(unmarked_help) == []


def test_every_command_has_help() -> None:
    assert faults(helpless_commands) == []


def test_these_tests_bite() -> None:
    place = "doudi/doors/cli/run.py"
    assert planted(unmarked_help, "click.option('--area', help='area')\n", place)
    assert not planted(unmarked_help, "click.option('--area', help=N_('区域'))\n", place)
    assert planted(helpless_commands, "@click.command()\ndef run(): ...\n", place)
    assert places("{a}到{b}") != places("from {a}")
