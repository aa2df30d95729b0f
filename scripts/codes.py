"""Finds, in the source, every code that a user may be answered with, and its sentences."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CODE = re.compile(r"[A-Z][A-Z0-9]{2,}|[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
SEVERITIES = {"FILE": "F", "ERROR": "E", "WARNING": "W", "SECOND": "W2", "NOTICE": "N"}


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """A code, how much it weighs (F, E, W, N), and one of its sentences.

    The severity is empty where it depends on the case.
    """

    code: str
    severity: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A function that knows the code and is handed the message, as its `place`th argument."""

    code: str
    severity: str
    place: int


def answers(trees: Iterable[ast.Module]) -> Iterator[tuple[int, Answer]]:
    """Every answer with the number of the tree that it stands in."""
    forest = list(trees)
    wrappers = {name: wrapper for tree in forest for name, wrapper in wrappers_in(tree)}
    for number, tree in enumerate(forest):
        yield from ((number, answer) for answer in answers_in(tree, wrappers))


def answers_in(tree: ast.Module, wrappers: dict[str, Wrapper]) -> Iterator[Answer]:
    """The answers of one tree: a code beside its message, or a message handed to a wrapper."""
    for scope in (tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))):
        named = named_messages(scope)
        for node in within(scope):
            for code, severity, part in coded_parts(node, wrappers):
                for sentence in sentences_of(part, named):
                    yield Answer(code, severity, sentence)


def coded_parts(node: ast.AST, wrappers: dict[str, Wrapper]) -> Iterator[tuple[str, str, ast.expr]]:
    """What may be a message with its code and severity, in one node."""
    for code, part in pairwise(parts_of(node)):
        if isinstance(code, ast.Constant) and is_code(code.value):
            yield code.value, severity_of(node, code.value), part
    if isinstance(node, ast.Call) and (wrapper := wrappers.get(called(node))):
        for part in node.args[wrapper.place : wrapper.place + 1]:
            yield wrapper.code, wrapper.severity, part


def wrappers_in(tree: ast.Module) -> Iterator[tuple[str, Wrapper]]:
    """The functions of a tree that put a code beside one of their own parameters."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        for node in ast.walk(function):
            for code, part in pairwise(parts_of(node)):
                if (
                    isinstance(code, ast.Constant)
                    and is_code(code.value)
                    and isinstance(part, ast.Name)
                    and part.id in names
                ):
                    severity = severity_of(node, code.value)
                    yield function.name, Wrapper(code.value, severity, names.index(part.id))


def within(scope: ast.AST) -> Iterator[ast.AST]:
    """Every node of a scope but those of the functions inside of it, which are their own."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from within(child)


def named_messages(scope: ast.AST) -> dict[str, list[str]]:
    """Names that messages are given before they are used, with all that each may hold."""
    named: dict[str, list[str]] = {}
    for node in within(scope):
        if isinstance(node, ast.Assign) and (sentences := sentences_of(node.value, {})):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).extend(sentences)
    return named


def parts_of(node: ast.AST) -> list[ast.expr]:
    """What stands in a row: in a call, in a tuple, or as an entry of a dictionary."""
    if isinstance(node, ast.Call):
        return node.args
    if isinstance(node, ast.Tuple):
        return node.elts
    if isinstance(node, ast.Dict):
        return [part for pair in zip(node.keys, node.values, strict=True) for part in pair if part]
    return []


def sentences_of(node: ast.expr, named: dict[str, list[str]]) -> list[str]:
    """The text of `N_("…")`, of either branch, or of a name that holds some; else none."""
    if isinstance(node, ast.Name):
        return named.get(node.id, [])
    if isinstance(node, ast.IfExp):
        return sentences_of(node.body, named) + sentences_of(node.orelse, named)
    if isinstance(node, ast.Call) and called(node) == "N_":
        return [str(part.value) for part in node.args if isinstance(part, ast.Constant)]
    return []


def is_code(value: object) -> TypeGuard[str]:
    """Whether a constant looks like a code: `ID-CHK`, `AREA`."""
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def severity_of(node: ast.AST, code: str) -> str:
    """The letter that is named beside a code, or that its function or the code itself implies."""
    for part in parts_of(node):
        if isinstance(part, ast.Attribute) and part.attr in SEVERITIES:
            return SEVERITIES[part.attr]
        if isinstance(part, ast.Name) and part.id == "severity":
            return ""
    name = called(node).lower() if isinstance(node, ast.Call) else ""
    for word, letter in (("notice", "N"), ("warn", "W"), ("filerefused", "F")):
        if word in name:
            return letter
    return "F" if code.startswith("F-") and name == "refusal" else "E"


def called(node: ast.Call) -> str:
    """The last name of what is called: `notice` for `desk.notice(…)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
