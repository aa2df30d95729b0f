"""The facts behind an answer, in words: only those that its rules read and that say something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.money import yuan
from doudi.kernel.vocabulary import Programme
from doudi.policy.explain.record import FactUsed
from doudi.policy.known import (
    FACTS,
    NO_DATE,
    NOT_STATED,
    PERSON_FACTS,
    UNKNOWN_CODE,
    UNKNOWN_DATE,
    Fact,
    held_bit,
)
from doudi.policy.logic import UNKNOWN, YES
from doudi.policy.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doudi.policy.facts import Facts
    from doudi.policy.views import Trace

_UNKNOWN = Words("未知", "unknown")
_NOT_STATED = Words("未说明", "not stated")
_YES, _NO = Words("是", "yes"), Words("否", "no")
_NONE = Words("无", "none")
_TWELVE = Words("（12 个月）", " over twelve months")
_SILENT = {UNKNOWN_CODE: _UNKNOWN, NOT_STATED: _NOT_STATED}
_OF_PERSONS = {fact.name for fact in PERSON_FACTS}


def facts_used(
    facts: Facts, trace: Trace, rules: Iterable[str], person: int | None
) -> Iterator[FactUsed]:
    """The facts that these rules read: of the household, and of one person or of all members."""
    names = dict.fromkeys(name for rule in rules for name in trace.facts.get(rule, ()))
    for name in names:
        if not facts.given(name):
            continue
        fact, column = FACTS[name], facts.column(name)
        for row, value in enumerate(column.tolist()):
            owner = row if name in _OF_PERSONS else None
            if value != fact.default and (owner is None or person in (None, owner)):
                yield FactUsed(name, owner, fact.title, shown(fact, value))
    if "supporters" in names:
        yield from _supporters(facts, person)


def _supporters(facts: Facts, person: int | None) -> Iterator[FactUsed]:
    """How many supporters are listed for whom."""
    of, counts = np.unique(facts.supporters.person, return_counts=True)
    for row, count in zip(of.tolist(), counts.tolist(), strict=True):
        if person is None or person == row:
            title = Words("逐一列出的义务人", "supporters listed one by one")
            yield FactUsed("supporters", row, title, Words(f"{count} 人", str(count)))


def shown(fact: Fact, value: int) -> Words:
    """A value in words."""
    if fact.kind == "truth":
        return _UNKNOWN if value == UNKNOWN else (_YES if value == YES else _NO)
    if fact.kind in _SHOWN_BY_KIND:
        return _SHOWN_BY_KIND[fact.kind](value)
    if value in _SILENT:
        return _SILENT[value]
    if fact.kind == "code" and fact.words is not None:
        words = list(fact.words)
        return Words(words[value - 1].label, str(words[value - 1])) if value else _NONE
    if fact.kind == "money":
        return _money(value, yearly=fact.name.startswith("income_"))
    return Words(str(value), str(value))


def _money(fen: int, *, yearly: bool) -> Words:
    """An amount of a month, or of twelve."""
    over = _TWELVE if yearly else Words("", "")
    return Words(f"{yuan(fen)} 元{over.zh}", f"{yuan(fen)} yuan{over.en}")


def _date(value: int) -> Words:
    """A date."""
    if value == UNKNOWN_DATE:
        return _UNKNOWN
    if value == NO_DATE:
        return _NONE
    text = str(np.datetime64(value, "D"))
    return Words(text, text)


def _held(value: int) -> Words:
    """Awards held."""
    if value == UNKNOWN_CODE:
        return _NOT_STATED
    held = [one for one in Programme if value & held_bit(one)]
    if not held:
        return _NONE
    return Words("、".join(one.label for one in held), ", ".join(str(one) for one in held))


_SHOWN_BY_KIND = {"date": _date, "bits": _held}
