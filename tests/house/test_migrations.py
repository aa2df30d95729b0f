"""Migrations stand in one line and are named by what they do."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from tests.house.source import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = re.compile(r"(?P<number>\d{4})_(?P<words>[a-z][a-z0-9]*(_[a-z0-9]+)*)\.py")


RELEASED = {
    "access/migrations/0001_tables.py":
        "6636cf203c0d2d43c84b797335495e35829c6e0add1ddb2dc6306e729afe4aef",
    "entitlement/migrations/0001_awards_and_dues.py":
        "907c123398aecbbf074b82d81ecad045ddc13942a0ec05c8e5431590cf63ba39",
    "entitlement/migrations/0002_parameter_sets.py":
        "af9eeec63b752df36f23cdbec4ce649082021735f43fb297240dca7a010f4629",
    "payments/migrations/0001_payrolls.py":
        "5c732927a01da3e92e93f0fa4702b0bd3ee1d9fb68065271015c7c6e9c485787",
    "registry/migrations/0001_people_and_circumstances.py":
        "1336ebaa0eed7b1f5d4b6ff4131248035bcebed03124890ff48f14b56623c2d0",
}  # fmt: skip
"""SHA-256 of migrations that offices have run: what they did there can't be edited any more."""


def faults_of_names(names: Iterable[str]) -> list[str]:
    """Names of one room's migrations that say nothing, or stand out of line."""
    found = []
    for number, name in enumerate(sorted(names), start=1):
        match = NAME.fullmatch(name)
        if match is None or "auto_" in name or "merge" in name:
            found.append(f"{name} does not say what it does")
        elif int(match["number"]) != number:
            found.append(f"{name} stands at place {number}")
    return found


def migrations_of(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]


def test_migrations_stand_in_one_line_and_are_named() -> None:
    found = {
        folder.parent.name: faults_of_names(migrations_of(folder))
        for folder in SOURCE.glob("*/migrations")
    }
    assert {room: names for room, names in found.items() if names} == {}


def test_a_released_migration_is_never_edited() -> None:
    found = {path: sha256((SOURCE / path).read_bytes()).hexdigest() for path in RELEASED}
    assert found == RELEASED


@pytest.mark.django_db
def test_migrations_make_the_tables_that_the_models_describe() -> None:
    """A constraint that stands in a model alone is enforced by no database."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_this_test_bites() -> None:
    assert faults_of_names(["0001_initial.py", "0002_auto_20220601_0000.py"])
    assert faults_of_names(["0001_tables.py", "0001_awards.py"])
    assert faults_of_names(["0001_tables.py", "0002_merge_0001_a.py"])
    assert not faults_of_names(["0001_tables.py", "0002_seal_runs.py"])
