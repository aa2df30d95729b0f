"""Reads what the simulation has worked out, as the words of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doudi.kernel.money import yuan
from doudi.policy.determine import amount_of, condition_of
from doudi.policy.explain.titles import GROUNDS
from doudi.policy.known import FACTS, PERSON_FACTS
from doudi.policy.logic import UNKNOWN, YES
from doudi.policy.rule import RULES
from doudi.policy.values import MAX_PARAMETER_FEN
from doudi.policy.views import Households, Persons
from doudi.policy.words import Said, Words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOLDS = Words("{ground}：是", "{ground}: yes")
_FAILS = Words("{ground}：否", "{ground}: no")
_OPEN = Words("{ground}：不能确定", "{ground}: can't be told")
_UNKNOWN = Words("未知", "unknown")
_OF_PERSONS = {fact.name for fact in PERSON_FACTS}


def ground(simulation: Any, name: str, row: int) -> Said:  # noqa: ANN401
    """Whether a condition holds, in words."""
    state = _state(simulation, name, row)
    words = _OPEN if state == UNKNOWN else (_HOLDS if state == YES else _FAILS)
    return say(words, ground=GROUNDS[name])


def holds(simulation: Any, name: str, row: int) -> bool:  # noqa: ANN401
    """Whether a condition holds for certain."""
    return bool(_state(simulation, name, row) == YES)


def grounds(simulation: Any, names: tuple[str, ...], row: int) -> Iterator[Said]:  # noqa: ANN401
    """Whether each of these conditions holds."""
    for name in names:
        yield ground(simulation, name, row)


def fen(simulation: Any, name: str, row: int) -> str | Words:  # noqa: ANN401
    """An amount in yuan, or its two bounds."""
    low, high = bounds(simulation, name, row)
    return yuan_between(low, high)


def yuan_between(low: int, high: int) -> str | Words:
    """One amount; two bounds; or, where the upper one is no more than a limit, what is known."""
    if low == high:
        return yuan(low)
    if high - low >= MAX_PARAMETER_FEN:
        return (
            Words(f"{yuan(low)} 以上，未知", f"{yuan(low)} or more, unknown") if low else _UNKNOWN
        )
    return Words(f"{yuan(low)} 至 {yuan(high)}", f"{yuan(low)} to {yuan(high)}")


def bounds(simulation: Any, name: str, row: int) -> tuple[int, int]:  # noqa: ANN401
    """The two bounds of an amount."""
    amount = amount_of(simulation, name)
    return int(amount.low[row]), int(amount.high[row])


def number(simulation: Any, name: str, row: int) -> str | Words:  # noqa: ANN401
    """A count, or its two bounds."""
    low, high = bounds(simulation, name, row)
    if low == high:
        return str(low)
    return Words(f"{low} 至 {high}", f"{low} to {high}")


def parameter(simulation: Any, path: str) -> Words:  # noqa: ANN401
    """A parameter as shown, or that it is not known."""
    beside = simulation.beside
    declared = beside.parameters[path]
    shown: Words = declared.shown(declared.plain(beside.month.first))
    return shown


def _state(simulation: Any, name: str, row: int) -> int:  # noqa: ANN401
    """The state of a rule or of a fact told as a truth."""
    if name in RULES:
        return int(condition_of(simulation, name).state[row])
    view = Persons if name in _OF_PERSONS else Households
    population = simulation.person if name in _OF_PERSONS else simulation.household
    if name not in FACTS:
        raise KeyError(name)
    beside = simulation.beside
    return int(view(population, str(beside.month), beside).truth(name).state[row])
