"""A day is Beijing's day: no room cuts the day off a moment without asking in which zone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, dotted, faults, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = {"date.today", "datetime.today", "datetime.utcnow", "datetime.utcfromtimestamp"}
"""What answers by the zone of the machine, or by London's."""


def days_cut_off(module: Module) -> Iterator[str]:
    """`….date()` in a room, where the moment may be of any zone: `localdate(…)` asks Beijing."""
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr != "date" or node.args:
            continue
        of = node.func.value
        is_clock = isinstance(of, ast.Call) and dotted(of.func).split(".")[-1] in {"now", "utcnow"}
        if is_clock or module.room != "doors":
            yield f"{module.at(node)} takes a day without its zone; write localdate(…)"


def clocks_without_zone(module: Module) -> Iterator[str]:
    """Clocks that answer in the machine's own zone, in doors too."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = ".".join(dotted(node.func).split(".")[-2:])
        if name in NOWHERE or (name == "datetime.now" and not (node.args or node.keywords)):
            yield f"{module.at(node)} asks a clock that knows no zone: {name}"


def test_no_room_takes_a_day_without_its_zone() -> None:
    assert faults(days_cut_off) == []


def test_no_door_asks_a_clock_without_a_zone() -> None:
    assert faults(clocks_without_zone) == []


def test_these_tests_bite() -> None:
    door, room = "doudi/doors/cli/run.py", "doudi/payments/plan.py"
    assert planted(days_cut_off, "day = timezone.now().date()\n", door)
    assert planted(days_cut_off, "day = at.date()\n", room)
    assert not planted(days_cut_off, "day = moment().date()\n", door)
    assert not planted(days_cut_off, "day = localdate(at)\n", room)
    assert planted(clocks_without_zone, "at = datetime.now()\n", door)
    assert planted(clocks_without_zone, "day = datetime.date.today()\n", door)
    assert not planted(clocks_without_zone, "at = datetime.now(tz=BEIJING)\n", door)
