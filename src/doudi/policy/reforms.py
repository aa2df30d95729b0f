"""Reforms (改革方案): the rules as they would be with other parameters from a month on.

A reform file names each changed parameter with the month from which a value holds; values are
written as a case file's `parameters` are. From its first month on, a reform's values replace all
that the law says of the parameter, later changes included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from doudi.kernel.citations import Citation
from doudi.kernel.refusals import N_, Refusal
from doudi.policy.cases.node import Node
from doudi.policy.cases.reading import documents_of
from doudi.policy.faults import Malformed
from doudi.policy.system import build_system
from doudi.policy.values import Parameter, Plain, Status, Value, read

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.kernel.months import Month
    from doudi.policy.rules import Rules

Dated = tuple["Month", Plain | None]
"""A value and the month from which it holds; None where the reform leaves it unknown."""
_BY_REFORM = Citation("本次试算的改革方案")


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform as read and checked: its title, and the dated values of each parameter."""

    title: str
    changes: Mapping[str, Sequence[Dated]]


def read_reform(file: Path, rules: Rules) -> Reform:
    """The reform of a file; refuses with the codes of `policy.faults`, naming the key's path.

    Further codes: REFORM-ONE where the file has not exactly one document, REFORM-EMPTY where it
    changes nothing.
    """
    documents = list(documents_of(file))
    if len(documents) != 1:
        raise Refusal("REFORM-ONE", N_("{where}：一个文件里应有且只有一个改革方案"), where=file)
    entries = documents[0].keys("note", "title parameters")
    title = entries["title"].text()
    if "note" in entries:
        entries["note"].text()
    parameters = entries["parameters"].entries()
    if not parameters:
        raise Refusal("REFORM-EMPTY", N_("{where}：parameters 里没有写改变哪个参数"), where=file)
    changes = {path: _dated(path, node, rules) for path, node in parameters.items()}
    return Reform(title.strip(), changes)


def reformed(rules: Rules, changes: Mapping[str, Sequence[Dated]]) -> Rules:
    """The rules with these parameters laid over their own, each value from its month on.

    Raises KeyError for a path that the rules don't have.
    """
    parameters = dict(rules.parameters)
    for path, dated in changes.items():
        parameters[path] = _laid_over(parameters[path], sorted(dated, key=lambda each: each[0]))
    return replace(rules, parameters=parameters, system=build_system(parameters))


def _dated(path: str, node: Node, rules: Rules) -> Sequence[Dated]:
    """The values of one parameter with their months, the earliest first."""
    if path not in rules.parameters:
        raise node.refuse("PARAMETER-UNKNOWN")
    entries = node.entries()
    if not entries:
        raise node.refuse("YAML-MAP")
    parameter = rules.parameters[path]
    dated = [(_month(key, each), _value(parameter, each)) for key, each in entries.items()]
    return sorted(dated, key=lambda each: each[0])


def _month(key: str, node: Node) -> Month:
    """The month that a value holds from, which is its key."""
    try:
        return Node(node.file, key, node.path).month()
    except Refusal:
        raise node.refuse("YAML-MONTH") from None


def _value(parameter: Parameter, node: Node) -> Plain | None:
    """A value in the parameter's unit; null is unknown."""
    try:
        return read(parameter.unit, node.value)
    except Malformed as fault:
        raise node.refuse(fault.code, **fault.values) from fault


def _laid_over(own: Parameter, dated: Sequence[Dated]) -> Parameter:
    """The parameter as it was before the first month, and from then on as the reform says."""
    begins = dated[0][0].first
    given = (
        Value(
            month.first, plain, _BY_REFORM, "H",
            Status.UNKNOWN if plain is None else Status.CASE, "reform",
        )
        for month, plain in dated
    )  # fmt: skip
    earlier = (value for value in own.values if value.first < begins)
    return replace(own, values=(*earlier, *given))
