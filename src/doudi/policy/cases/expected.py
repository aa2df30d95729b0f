"""What a case file expects: only what it asserts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.money import yuan
from doudi.kernel.vocabulary import Programme
from doudi.policy.determine import MARGIN, QUESTIONS
from doudi.policy.facts import MAX_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doudi.policy.cases.node import Node

UNDETERMINED = "undetermined"
_OF_ONE = (str(Programme.FUNERAL),)
"""Programmes of a person that a file asks for a single one of."""


def of_the_file(programme: str) -> bool:
    """Whether the file has one answer of the programme, rather than one for each member."""
    return QUESTIONS[programme].of_household or programme in _OF_ONE


def read_expected(node: Node, ids: list[str]) -> dict[str, Mapping[str, object]]:
    """What is expected, by programme."""
    found: dict[str, Mapping[str, object]] = {}
    for programme, entry in node.keys(" ".join(QUESTIONS)).items():
        if of_the_file(programme):
            found[programme] = _answer(entry, programme)
        else:
            found[programme] = {}
            for key, one in entry.entries().items():
                if key not in ids:
                    raise one.refuse("CASE-NOBODY", found=key)
                found[programme] = {**found[programme], key: _answer(one, programme)}
    return found


def _answer(node: Node, programme: str) -> dict[str, object]:
    """One answer: eligible or not, how many members, how much."""
    allowed = "eligible"
    if programme != MARGIN:
        allowed += " amount"
    if programme in (Programme.DIBAO, Programme.DIBAO_SINGLE):
        allowed += " supplement"
    if programme == Programme.DIBAO:
        allowed += " members"
    expected: dict[str, object] = {}
    for key, entry in node.keys(allowed).items():
        if key == "eligible":
            expected[key] = _eligible(entry)
        elif key == "members":
            expected[key] = entry.count(0, MAX_MEMBERS)
        else:
            if entry.unknown:
                raise entry.refuse("YAML-YUAN")
            expected[key] = yuan(entry.fen())
    return expected


def _eligible(node: Node) -> bool | str:
    """True, false or undetermined."""
    if node.value == UNDETERMINED:
        return UNDETERMINED
    if not isinstance(node.value, bool):
        raise node.refuse("YAML-CHOICE", choices="true、false、undetermined")
    return node.value
