"""Every action says who acts and when, and its transaction is a deed that the journal knows."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, dotted, faults, module, modules, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

ALWAYS = {"actor", "at"}
FIRST_OF_ALL = {"open_office"}
"""Makes the officer that stands for the system: before it there is nobody to act."""
ASKING = "refuse_"
"""Opens the name of what is asked before an act, and writes nothing."""


def actions_of_the_house() -> Iterator[tuple[Module, ast.FunctionDef]]:
    """What a room's `actions` offers: the functions that its `__init__` brings together."""
    offered = {
        (each.room, alias.asname or alias.name)
        for each in modules()
        if each.path.endswith("/actions/__init__.py")
        for node in each.tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for each in modules():
        for node in each.tree.body if "actions" in each.words else []:
            if isinstance(node, ast.FunctionDef) and (each.room, node.name) in offered:
                yield each, node


def unclear(action: ast.FunctionDef) -> list[str]:
    """What is unclear about an action: no actor, no moment, more than its object by position."""
    named = {argument.arg for argument in action.args.kwonlyargs}
    found = [f"{action.name} lacks {name}" for name in sorted(ALWAYS - named)]
    if len(action.args.posonlyargs + action.args.args) > 1:
        found.append(f"{action.name} takes more by position than what it acts on")
    return found


def opening_a_transaction(module: Module) -> Iterator[str]:
    """Transactions without a deed; only `access`, which keeps the journal, has any to open."""
    if module.room == "access":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) == "transaction.atomic":
            yield f"{module.at(node)} opens a transaction that is no deed"


def test_every_action_takes_its_actor_and_its_moment_by_name() -> None:
    found = [
        f"{place.at(node)} {said}"
        for place, node in actions_of_the_house()
        if node.name not in FIRST_OF_ALL and not node.name.startswith(ASKING)
        for said in unclear(node)
    ]
    assert found == []


def test_a_transaction_is_a_deed() -> None:
    assert faults(opening_a_transaction) == []


def test_these_tests_bite() -> None:
    def said_of(text: str) -> list[str]:
        function = module(text).tree.body[0]
        assert isinstance(function, ast.FunctionDef)
        return unclear(function)

    assert said_of("def seal_run(run, actor, at): ...")
    assert said_of("def seal_run(*, run, actor): ...") == ["seal_run lacks at"]
    assert said_of("def seal_run(run, *, actor, at): ...") == []
    assert planted(opening_a_transaction, "with transaction.atomic():\n    pass\n")
