"""Reforms (改革方案): the rules as they would be with other values of parameters.

A change holds from its first month to its last, or for good: then later changes of the law are
replaced too. After a last month the law's own values hold again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from doudi.kernel.citations import Citation
from doudi.kernel.months import Month
from doudi.policy.system import build_system
from doudi.policy.values import Parameter, Plain, Status, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from doudi.policy.rules import Rules

Dated = tuple[Month, Plain | None]
"""A value and the month from which it holds; None where it is to be unknown."""
_BY_REFORM = Citation("本次试算的改革方案")


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a parameter is to have from a month on, to a last month if one is named."""

    path: str
    first: Month
    value: Plain | None
    last: Month | None = None

    def meets(self, other: Change) -> bool:
        """Whether both give a value for one month; one that goes on yields to the next."""
        if self.path != other.path:
            return False
        earlier, later = sorted((self, other), key=lambda each: each.first)
        same = earlier.first == later.first
        return same or (earlier.last is not None and later.first <= earlier.last)


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform as read and checked: its name, its reason, its changes by parameter and month.

    A change without a last month holds until the next one of its parameter.
    """

    name: str
    reason: str
    changes: tuple[Change, ...]

    @property
    def first(self) -> Month:
        """The first month that anything is changed from."""
        return min(change.first for change in self.changes)

    def over(self, rules: Rules) -> Rules:
        """The rules with the reform laid over them; KeyError for a path that they don't have."""
        return _with(rules, self.changes)


def reformed(rules: Rules, changes: Mapping[str, Sequence[Dated]]) -> Rules:
    """The rules with these parameters laid over their own, each value from its month on.

    Raises KeyError for a path that the rules don't have.
    """
    return _with(
        rules,
        [Change(path, month, plain) for path, dated in changes.items() for month, plain in dated],
    )


def _with(rules: Rules, changes: Iterable[Change]) -> Rules:
    """The rules with the changes laid over them."""
    by_path: dict[str, list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda each: each.first):
        by_path[change.path].append(change)
    parameters = dict(rules.parameters)
    for path, own in by_path.items():
        parameters[path] = replace(
            parameters[path], values=tuple(_laid_over(parameters[path], own))
        )
    return replace(rules, parameters=parameters, system=build_system(parameters))


def _laid_over(own: Parameter, changes: Sequence[Change]) -> Iterator[Value]:
    """The values in force through time: the law's before, between and after the changes."""
    begins = [change.first.first for change in changes]
    yield from (value for value in own.values if value.first < begins[0])
    for change, following in zip(changes, [*begins[1:], None], strict=True):
        yield Value(
            change.first.first, change.value, _BY_REFORM, "H",
            Status.UNKNOWN if change.value is None else Status.CASE, "reform",
        )  # fmt: skip
        if change.last is not None:
            yield from _law_again(own, change.last.plus(1).first, following)


def _law_again(own: Parameter, from_day: date, until: date | None) -> Iterator[Value]:
    """The law's own values from a day on, and before another day if there is one."""
    if from_day == until:
        return
    standing = own.on(from_day)
    if standing is not None:
        yield replace(standing, first=from_day)
    for value in own.values:
        if from_day < value.first and (until is None or value.first < until):
            yield value
