"""A case: a family, the month asked about, and what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from doudi.kernel.months import Month
from doudi.policy.facts import Facts
from doudi.policy.rules import Rules

Expected = Mapping[str, Mapping[str, object]]
"""What is expected by programme: of the household, or of each member by id."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A case as read and checked; `members` are ids in the order of the columns."""

    file: str
    title: str
    source: str
    month: Month
    rules: Rules
    facts: Facts
    members: tuple[str, ...]
    deceased: int | None
    expect: Expected | None
