"""Rooms keep no log and print nothing: what they know of people leaves by answers alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, dotted, faults, imported, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGS = {"logging", "structlog", "warnings"}
SPOKEN = {"print", "sys.stdout.write", "sys.stderr.write", "pprint", "logging.getLogger"}


def telling_on_the_side(module: Module) -> Iterator[str]:
    """Logs and prints of rooms; doors speak to people, and log no more than Django's requests."""
    if module.room == "doors":
        return
    for node, name in imported(module.tree):
        if name.split(".")[0] in LOGS:
            yield f"{module.at(node)} keeps a log of its own: {name}"
    for call in ast.walk(module.tree):
        if isinstance(call, ast.Call) and dotted(call.func) in SPOKEN:
            yield f"{module.at(call)} tells on the side: {dotted(call.func)}"


def test_no_room_tells_on_the_side() -> None:
    assert faults(telling_on_the_side) == []


def test_this_test_bites() -> None:
    room = "doudi/registry/ledger/importing.py"
    assert planted(telling_on_the_side, "import logging\n", room)
    assert planted(telling_on_the_side, "print(person)\n", room)
    assert not planted(telling_on_the_side, "import logging\n", "doudi/doors/cli/serve.py")
