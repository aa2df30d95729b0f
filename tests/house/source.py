"""The source of the house as the house tests read it: text and syntax trees, nothing imported."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "doudi"


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Python: its path below `src/`, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room that it stands in: `payments` for `doudi/payments/queries/lines.py`."""
        return self.path.split("/")[1].removesuffix(".py")

    @property
    def words(self) -> list[str]:
        """The parts of its name: `doudi`, `payments`, `queries`, `lines`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").split("/")

    def at(self, node: ast.stmt | ast.expr) -> str:
        """Path and line of a node, as an editor opens it."""
        return f"{self.path}:{node.lineno}"


def module(text: str, path: str = "doudi/room/planted.py") -> Module:
    """A module made of a text, to plant a fault in."""
    return Module(path, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the house but the migrations, which Django writes."""
    found = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
    return tuple(
        module(path.read_text(encoding="utf-8"), path.relative_to(SOURCE.parent).as_posix())
        for path in found
    )


def faults(find: Callable[[Module], Iterator[str]]) -> list[str]:
    """What a search finds in all modules of the house."""
    return [fault for each in modules() for fault in find(each)]


def planted(find: Callable[[Module], Iterator[str]], text: str, path: str = "") -> list[str]:
    """What a search finds in one planted module."""
    return list(find(module(text, path or "doudi/room/planted.py")))


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import with the full dotted name of what it brings in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a name or a chain of attributes; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
