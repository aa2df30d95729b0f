"""How a rule (规则) becomes an OpenFisca variable: a cited function of columns.

```python
@condition(PERSON, "社会救助暂行办法 第十四条")
def no_capacity(persons: Persons, law: Law) -> Truth:
    ...
```
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from doudi.policy.amounts import Amount
from doudi.policy.entities import PERSON
from doudi.policy.logic import Truth
from doudi.policy.views import Households, Law, Persons

Formula = Callable[[Any, Law], Truth | Amount]


class TruthColumn(Variable):  # type: ignore[misc]  # OpenFisca is untyped
    """A condition: eight bits a row."""

    def __init__(self, baseline_variable: object = None) -> None:
        """Narrow OpenFisca's 32 bits."""
        super().__init__(baseline_variable)
        self.dtype = np.int8


class AmountColumn(Variable):  # type: ignore[misc]  # OpenFisca is untyped
    """An amount: 64 bits a row, for OpenFisca's `int` ends at 21 million yuan."""

    def __init__(self, baseline_variable: object = None) -> None:
        """Widen OpenFisca's 32 bits."""
        super().__init__(baseline_variable)
        self.dtype = np.int64


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, the folder that it lies in, its sentence, its articles, its variable."""

    name: str
    room: str
    sentence: str
    references: tuple[str, ...]
    variable: type[Variable]


RULES: dict[str, Rule] = {}
"""Every rule by name, in the order in which they were read."""


def condition(entity: object, *references: str) -> Callable[[Formula], Formula]:
    """Register a function as a condition of an entity, carrying out these articles."""
    return _registered(entity, references, TruthColumn)


def amount(entity: object, *references: str) -> Callable[[Formula], Formula]:
    """Register a function as an amount of an entity, carrying out these articles."""
    return _registered(entity, references, AmountColumn)


def _registered(
    entity: object, references: tuple[str, ...], kind: type[Variable]
) -> Callable[[Formula], Formula]:
    """The decorator of either kind."""

    def register(function: Formula) -> Formula:
        name = function.__name__
        if name in RULES:
            raise ValueError(name)
        sentence = (function.__doc__ or "").strip().splitlines()[0]
        variable = type(
            name,
            (kind,),
            {
                "value_type": int,
                "entity": entity,
                "definition_period": DateUnit.MONTH,
                "label": sentence,
                "reference": list(references),
                "documentation": function.__doc__,
                "formula": _formula(function, entity),
            },
        )
        room = function.__module__.removeprefix("doudi.policy.").split(".")[0]
        RULES[name] = Rule(name, room, sentence, references, variable)
        return function

    return register


def _formula(function: Formula, entity: object) -> Callable[[Any, Any, Any], Any]:
    """The function as OpenFisca calls it; what one array can't hold is kept beside."""
    view = Persons if entity is PERSON else Households
    name = function.__name__

    def formula(population: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401
        beside = population.simulation.beside
        if population.simulation.law is None:
            population.simulation.law = Law(parameters(period), beside)
        if beside.trace is not None:
            beside.trace.rules[name] = None
        beside.running.append(name)
        answer = function(view(population, period, beside), population.simulation.law)
        beside.running.pop()
        return _kept(answer, name, population.count, beside)

    return formula


def _kept(answer: Truth | Amount, name: str, rows: int, beside: Any) -> Any:  # noqa: ANN401
    """Keep bounds and missing bits beside; hand OpenFisca the plain array."""
    if answer.missing is not None and np.any(answer.missing):
        beside.missing[name] = np.broadcast_to(answer.missing, (rows,))
    if isinstance(answer, Truth):
        return np.ascontiguousarray(np.broadcast_to(answer.state, (rows,)), dtype=np.int8)
    low = np.ascontiguousarray(np.broadcast_to(answer.low, (rows,)))
    if not answer.exact and not np.array_equal(answer.low, answer.high):
        beside.high[name] = np.broadcast_to(answer.high, (rows,))
    if low.dtype != np.int64:
        raise AssertionError(name)  # a float or a narrow integer near money is our own mistake
    return low
