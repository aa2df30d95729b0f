"""Rooms keep their tables to themselves, and point down, in imports as in foreign keys."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

from tests.house.source import Module, dotted, faults, imported, planted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STOREYS = {
    "kernel": 1,
    "access": 2,
    "registry": 3,
    "policy": 3,
    "entitlement": 4,
    "payments": 6,
    "warehouse": 8,
    "doors": 9,
    "office": 9,
}
MAY_READ_TABLES = {"warehouse"}
"""Copying every query upwards would be ceremony; the warehouse reads all, and writes nothing."""
MAY_NAME_TABLES = {"doors"}
"""A page is put together from rows of many rooms, and names their types; it asks no table."""

TABLES = {model.__name__ for model in apps.get_models()}

SPEAKERS = {"click", "django.http", "django.shortcuts", "django.urls", "django.views", "requests"}
"""Libraries that speak to the outside."""

CLOCKS = ("datetime.now", "datetime.today", "date.today", "datetime.utcnow", "time.time")


def foreign_tables(module: Module) -> Iterator[str]:
    """Another room's tables, brought in to be used; names for types alone are free."""
    if module.room in MAY_READ_TABLES | MAY_NAME_TABLES:
        return
    for node, name in imported(without_types(module.tree)):
        parts = name.split(".")
        is_foreign = parts[0] == "doudi" and "models" in parts and parts[1] != module.room
        if is_foreign and (parts[-1] in TABLES or parts[-1] == "models"):
            yield f"{module.at(node)} takes a table of another room: {name}"


def asked_tables(module: Module) -> Iterator[str]:
    """A table of a room that a door asks by itself, past the room's queries."""
    if module.room not in MAY_NAME_TABLES:
        return
    foreign = {
        name.split(".")[-1]
        for _, name in imported(module.tree)
        if name.startswith("doudi.")
        and "models" in name.split(".")
        and name.split(".")[1] != module.room
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            table = dotted(node.value).split(".")[-1]
            if table in foreign & TABLES:
                yield f"{module.at(node)} asks a table of another room: {table}"


def without_types(tree: ast.Module) -> ast.AST:
    """A tree without what is imported for types alone."""

    class Dropping(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if dotted(node.test) == "TYPE_CHECKING" else self.generic_visit(node)

    kept: ast.AST = Dropping().visit(copy.deepcopy(tree))
    return kept


def upward_keys(keys: Iterable[tuple[str, str]]) -> list[str]:
    """Foreign keys from a lower room to a higher, or to one beside it."""
    return sorted(
        f"{here} points up to {there}"
        for here, there in keys
        if here.split(".")[0] != there.split(".")[0]
        and STOREYS[here.split(".")[0]] <= STOREYS.get(there.split(".")[0], 0)
    )


def keys_of_the_house() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():  # noqa: SLF001 - Django's API
            if isinstance(field, models.ForeignKey) and model.__module__.startswith("doudi."):
                yield label(model), label(field.remote_field.model)


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001 - Django's API


def speaking(module: Module) -> Iterator[str]:
    if module.room == "doors":
        return
    for node, name in imported(module.tree):
        if any(name == each or name.startswith(f"{each}.") for each in SPEAKERS):
            yield f"{module.at(node)} speaks to the outside: {name}"


def looking_at_the_clock(module: Module) -> Iterator[str]:
    if module.room == "doors":
        return
    for number, line in enumerate(module.text.splitlines(), start=1):
        if any(f"{clock}(" in line for clock in CLOCKS):
            yield f"{module.path}:{number} looks at the clock"


def test_tables_are_private_to_their_room() -> None:
    assert faults(foreign_tables) == []


def test_doors_ask_rooms_and_not_their_tables() -> None:
    assert faults(asked_tables) == []


def test_foreign_keys_point_down() -> None:
    assert upward_keys(keys_of_the_house()) == []


def test_only_doors_speak_to_the_outside() -> None:
    assert faults(speaking) == []


def test_only_doors_look_at_the_clock() -> None:
    assert faults(looking_at_the_clock) == []


def test_these_tests_bite() -> None:
    taking = "from doudi.registry.models import Person\n"
    assert planted(foreign_tables, taking, "doudi/payments/queries/lines.py")
    assert not planted(foreign_tables, taking, "doudi/warehouse/figures.py")
    assert not planted(foreign_tables, taking, "doudi/registry/queries/people.py")
    asking = f"{taking}rows = Person.objects.all()\n"
    assert planted(asked_tables, asking, "doudi/doors/office/persons/views.py")
    assert not planted(asked_tables, taking, "doudi/doors/office/persons/views.py")
    assert not planted(foreign_tables, f"if TYPE_CHECKING:\n    {taking}", "doudi/payments/a.py")
    assert upward_keys([("registry.household", "entitlement.award")])
    assert not upward_keys([("entitlement.award", "registry.household")])
    assert planted(speaking, "from django.http import HttpResponse\n")
    assert planted(looking_at_the_clock, "day = date.today()\n")
    assert not planted(speaking, "import click\n", "doudi/doors/cli/run.py")
