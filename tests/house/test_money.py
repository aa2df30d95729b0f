"""No way of writing stands open in which money could be lost, rounded or dropped."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, dotted, faults, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

INEXACT_FIELDS = {"FloatField", "DecimalField"}
MONEY_ROOMS = {"kernel", "registry", "entitlement", "payments", "warehouse"}


def inexact_columns(module: Module) -> Iterator[str]:
    """Columns of fractions; SQLite and PostgreSQL round the same decimal differently."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in INEXACT_FIELDS:
            yield f"{module.at(node)} keeps a fraction in a column"


def dropped_rows(module: Module) -> Iterator[str]:
    """Writes that pass over rows the database refuses: a person would silently go unpaid."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "ignore_conflicts":
            yield f"{module.path}:{node.lineno} passes over rows that the database refuses"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            statement = " ".join(node.value.upper().split())
            if "INSERT OR IGNORE" in statement or "ON CONFLICT DO NOTHING" in statement:
                yield f"{module.at(node)} passes over rows that the database refuses"


def floats(module: Module) -> Iterator[str]:
    """Fractions made in a room that handles money."""
    if module.room not in MONEY_ROOMS:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func) == "float":
            yield f"{module.at(node)} makes a fraction"


def test_no_column_keeps_a_fraction() -> None:
    assert faults(inexact_columns) == []


def test_no_write_passes_over_a_refused_row() -> None:
    assert faults(dropped_rows) == []


def test_no_room_with_money_makes_a_fraction() -> None:
    assert faults(floats) == []


def test_these_tests_bite() -> None:
    assert planted(inexact_columns, "amount = models.DecimalField(max_digits=9)\n")
    assert planted(dropped_rows, "Line.objects.bulk_create(lines, ignore_conflicts=True)\n")
    assert planted(dropped_rows, "sql = 'insert or ignore into line values (1)'\n")
    assert planted(floats, "yuan = float(fen) / 100\n", "doudi/payments/reckon.py")
