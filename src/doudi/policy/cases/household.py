"""A household of a case file, as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.vocabulary import Registration, Relation
from doudi.policy.cases.member import read_member
from doudi.policy.cases.node import Node, if_given
from doudi.policy.facts import MAX_MEMBERS, Facts, Supporters, width
from doudi.policy.known import FACTS, UNKNOWN_CODE, code_of
from doudi.policy.logic import NO, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doudi.kernel.months import Month

MOST_ITEMS = 1_000
"""Dwellings or vehicles beyond this are a slip of the pen."""


@dataclass(slots=True)
class Household:
    """Rows in the making: facts of the household, of each member, of their supporters."""

    ids: list[str] = field(default_factory=list)
    own: dict[str, int] = field(default_factory=dict)
    members: list[dict[str, int]] = field(default_factory=list)
    supporters: list[dict[str, int]] = field(default_factory=list)

    def facts(self) -> Facts:
        """The columns."""
        return Facts(
            household=np.zeros(len(self.members), dtype=np.int64),
            households=1,
            persons=_columns(self.members),
            of_households=_columns([self.own]),
            supporters=_supporters(self.supporters),
        )


def read_household(node: Node, month: Month) -> Household:
    """A household with its members, checked one by one and together."""
    entries = node.keys("property", "registration members")
    household = Household()
    household.own["registration"] = entries["registration"].code(Registration)
    if "property" in entries:
        _read_property(entries["property"], household.own)
    members = list(entries["members"].items())
    if not 1 <= len(members) <= MAX_MEMBERS:
        raise entries["members"].refuse("YAML-COUNT", least=1, most=MAX_MEMBERS)
    for place, member in enumerate(members):
        key, row, supporters = read_member(member, month)
        if key in household.ids:
            raise member.at("id", key).refuse("CASE-SAME-KEY")
        household.ids.append(key)
        household.members.append(row)
        household.supporters += [{"person": place, **one} for one in supporters]
    _check_relations(entries["members"], household)
    return household


def _check_relations(node: Node, household: Household) -> None:
    """One head, and one spouse at most."""
    relations = [row["relation"] for row in household.members]
    if relations.count(code_of(Relation.HEAD)) != 1:
        raise node.refuse("CASE-HEAD")
    if relations.count(code_of(Relation.SPOUSE)) > 1:
        raise node.refuse("CASE-SPOUSE")


def _read_property(node: Node, own: dict[str, int]) -> None:
    """What the household owns; unknown as a whole, or kind by kind; silence is nothing owned."""
    if node.unknown:
        for kind in ("financial", "dwellings", "vehicles"):
            own[f"property_{kind}"] = UNKNOWN_CODE
        own["property_business"] = int(UNKNOWN)
        return
    entries = node.keys("financial dwellings vehicles business")
    own["property_financial"] = if_given(entries, "financial", Node.fen, 0)
    for kind in ("dwellings", "vehicles"):
        own[f"property_{kind}"] = if_given(entries, kind, _items, 0)
    own["property_business"] = if_given(entries, "business", Node.truth, int(NO))


def _items(node: Node) -> int:
    """A number of things."""
    return node.count(0, MOST_ITEMS)


def _columns(rows: list[dict[str, int]]) -> dict[str, np.ndarray]:
    """Columns of what any row says, with the default where one is silent."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {
        name: np.array(
            [row.get(name, FACTS[name].default) for row in rows], dtype=width(FACTS[name])
        )
        for name in names
    }


def _supporters(rows: list[Mapping[str, int]] | list[dict[str, int]]) -> Supporters:
    """The table of supporters."""
    if not rows:
        return Supporters()
    return Supporters(
        **{name: np.array([row[name] for row in rows], dtype=np.int64) for name in rows[0]}
    )
