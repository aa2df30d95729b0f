"""What a rule sees: persons or households of a month as columns, and the law of that month.

A rule asks a view for a fact or for another rule by name, and the law for a parameter by path.
Every answer passes here, so an explanation knows what was used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from doudi.kernel.money import MAX_FEN
from doudi.kernel.months import Month
from doudi.policy.amounts import Amount, between, exactly
from doudi.policy.facts import Facts
from doudi.policy.known import FACTS, NO_DATE, NOT_STATED, UNKNOWN_DATE, code_of
from doudi.policy.logic import NO, UNKNOWN, YES, Flags, Truth, all_by, any_by, settled
from doudi.policy.missing import fact_flag, parameter_flag
from doudi.policy.values import MAX_COUNT, MAX_PARAMETER_FEN, MAX_SHARE, Parameter, Plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doudi.kernel.vocabulary import Word
    from doudi.policy.facts import Supporters

Column = npt.NDArray[np.int64]


@dataclass(slots=True)
class Trace:
    """Which rules an answer used, and which facts and parameters each rule read, in their order."""

    rules: dict[str, None] = field(default_factory=dict)
    facts: dict[str, dict[str, None]] = field(default_factory=dict)
    parameters: dict[str, dict[str, None]] = field(default_factory=dict)


@dataclass(slots=True)
class Beside:
    """What one OpenFisca array can't hold: upper bounds and missing bits, by variable."""

    facts: Facts
    parameters: Mapping[str, Parameter]
    month: Month
    high: dict[str, Column] = field(default_factory=dict)
    missing: dict[str, Flags] = field(default_factory=dict)
    dates: dict[str, tuple[Column, Column, Truth]] = field(default_factory=dict)
    trace: Trace | None = None
    running: list[str] = field(default_factory=list)

    def note_parameter(self, path: str) -> None:
        """Remember that the running rule read a parameter."""
        if self.trace is not None and self.running:
            self.trace.parameters.setdefault(self.running[-1], {})[path] = None

    def note_fact(self, name: str) -> None:
        """Remember that the running rule read a fact."""
        if self.trace is not None and self.running:
            self.trace.facts.setdefault(self.running[-1], {})[name] = None


class Law:
    """The parameters in force on the first day of the month, as one value for all rows."""

    __slots__ = ("_beside", "_node")

    def __init__(self, node: Any, beside: Beside) -> None:  # noqa: ANN401 - OpenFisca is untyped
        """Of OpenFisca's node of that day."""
        self._node = node
        self._beside = beside

    def value(self, path: str) -> Plain | None:
        """The plain value; None where nobody has found it. Raises KeyError for an unknown path."""
        if path not in self._beside.parameters:
            raise KeyError(path)
        self._beside.note_parameter(path)
        node = self._node
        for step in path.split("."):
            children = node._children  # noqa: SLF001 - the public access hides null
            if step not in children:
                return None
            node = children[step]
        return node  # type: ignore[no-any-return]

    def flag(self, path: str) -> int:
        """The bit that names the parameter where it is missing."""
        return parameter_flag(path)

    def money(self, path: str) -> Amount:
        """Fen; anything up to a million yuan where unknown."""
        return self._number(path, MAX_PARAMETER_FEN)

    def share(self, path: str) -> Amount:
        """Ten-thousandths; anything up to tenfold where unknown."""
        return self._number(path, MAX_SHARE)

    def count(self, path: str) -> Amount:
        """A whole number; anything up to a thousand where unknown."""
        return self._number(path, MAX_COUNT)

    def _number(self, path: str, most: int) -> Amount:
        """A number, or the bounds of what it may be."""
        value = self.value(path)
        if value is None:
            return between(0, most, np.asarray(self.flag(path), dtype=np.int64))
        return exactly(int(value))  # type: ignore[arg-type]

    def yes(self, path: str) -> Truth:
        """A condition that the law sets."""
        value = self.value(path)
        if value is None:
            return settled(np.asarray(UNKNOWN), np.asarray(self.flag(path), dtype=np.int64))
        return Truth(np.asarray(YES if value else NO))

    def word(self, path: str) -> str | None:
        """One of a closed list."""
        value = self.value(path)
        return None if value is None else str(value)

    def grades(self, path: str) -> tuple[int, ...]:
        """For each category of disability the lowest grade that counts; always known."""
        return tuple(self.value(path))  # type: ignore[arg-type]

    def words(self, path: str) -> tuple[str, ...]:
        """A list of words; always known."""
        return tuple(self.value(path))  # type: ignore[arg-type]


class View:
    """Persons or households of the month."""

    def __init__(self, population: Any, period: Any, beside: Beside) -> None:  # noqa: ANN401
        """Of OpenFisca's population."""
        self._population = population
        self._period = period
        self._beside = beside

    @property
    def month_index(self) -> int:
        """The month, counted from January 1970."""
        month = self._beside.month
        return Month("1970-01").months_to(month)

    def _column(self, name: str) -> npt.NDArray[np.integer]:
        """A fact as OpenFisca keeps it."""
        self._beside.note_fact(name)
        return self._population(name, self._period)  # type: ignore[no-any-return]

    def truth(self, name: str) -> Truth:
        """A condition: a fact that is told as a truth, or a rule."""
        if name in FACTS:
            state = self._column(name).astype(np.int8, copy=False)
            unknown = state == UNKNOWN
            if not unknown.any():
                return Truth(state)
            return Truth(state, np.where(unknown, fact_flag(FACTS[name]), 0))
        state = self._population(name, self._period)
        return Truth(state, self._beside.missing.get(name))

    def amount(self, name: str) -> Amount:
        """An amount: a fact that is told as money or a count, or a rule. Not stated is 0."""
        if name in FACTS:
            return self._fact_amount(name)
        low = self._population(name, self._period)
        return Amount(low, self._beside.high.get(name, low), self._beside.missing.get(name))

    def _fact_amount(self, name: str) -> Amount:
        """A fact's amount; anything up to the limit where it is unknown."""
        if not self._beside.facts.given(name) and not FACTS[name].default:
            self._beside.note_fact(name)
            return exactly(0)
        column = self._column(name).astype(np.int64, copy=False)
        if not (column < 0).any():
            return exactly(column)
        known = np.maximum(column, 0)
        unknown = column == -1
        most = MAX_FEN if FACTS[name].kind == "money" else MAX_COUNT
        high = np.where(unknown, most, known)
        return between(known, high, np.where(unknown, fact_flag(FACTS[name]), 0))

    def has(self, name: str) -> bool:
        """Whether anybody's fact of this name was given; a column left out is nobody's."""
        return self._beside.facts.given(name)

    def stated(self, name: str) -> Truth:
        """Whether a fact was stated at all, known or not."""
        return Truth(np.where(self._column(name) == NOT_STATED, NO, YES))

    def codes(self, name: str) -> npt.NDArray[np.integer]:
        """A fact as codes; -1 unknown."""
        return self._column(name)

    def among(self, name: str, words: Iterable[Word]) -> Truth:
        """Whether a fact is one of these words."""
        fact = FACTS[name]
        if fact.words is None:
            raise TypeError(name)
        table = np.full(len(fact.words) + 2, NO, dtype=np.int8)
        table[[code_of(word) for word in words]] = YES
        table[-1] = UNKNOWN
        state = table[self._column(name)]
        unknown = state == UNKNOWN
        if not unknown.any():
            return Truth(state)
        return Truth(state, np.where(unknown, fact_flag(fact), 0))

    def months_since(self, name: str) -> tuple[Column, Column, Truth]:
        """Whole calendar months from a date to this month, its day of the month, whether it is.

        The truth is NO where there is no such date and UNKNOWN where nobody knows it.
        """
        column = self._column(name)
        if name not in self._beside.dates:
            self._beside.dates[name] = self._since(name, column)
        return self._beside.dates[name]

    def _since(self, name: str, column: npt.NDArray[np.integer]) -> tuple[Column, Column, Truth]:
        """`months_since`, reckoned once a month for each kind of date."""
        real = column > NO_DATE
        plain = np.where(real, column, 0).astype("datetime64[D]")
        month = plain.astype("datetime64[M]")
        day = (plain - month.astype("datetime64[D]")).astype(np.int64) + 1
        unknown = column == UNKNOWN_DATE
        is_a_date = settled(
            np.where(unknown, UNKNOWN, np.where(real, YES, NO)),
            np.where(unknown, fact_flag(FACTS[name]), 0) if unknown.any() else None,
        )
        return self.month_index - month.astype(np.int64), day, is_a_date


class Persons(View):
    """The persons of the month, with the households that they are of."""

    @property
    def index(self) -> Column:
        """The household of each person."""
        return self._beside.facts.household

    @property
    def supporters(self) -> Supporters:
        """Those who owe these persons support."""
        self._beside.note_fact("supporters")
        return self._beside.facts.supporters

    @property
    def rows(self) -> int:
        """How many persons there are."""
        return len(self._beside.facts.household)

    @property
    def household(self) -> Households:
        """The households, for `of_household`."""
        return Households(self._population.simulation.household, self._period, self._beside)

    def household_truth(self, name: str) -> Truth:
        """What holds of each person's household."""
        return self.household.truth(name).at(self.index)

    def household_amount(self, name: str) -> Amount:
        """What each person's household has."""
        return self.household.amount(name).at(self.index)


class Households(View):
    """The households of the month, with their members."""

    @property
    def rows(self) -> int:
        """How many households there are."""
        return self._beside.facts.households

    @property
    def members(self) -> Persons:
        """The members."""
        return Persons(self._population.simulation.person, self._period, self._beside)

    def total(self, amount: Amount) -> Amount:
        """The sum over the members of each household."""
        return amount.sum_by(self._beside.facts.household, self.rows)

    def any(self, condition: Truth) -> Truth:
        """Whether it holds for any member."""
        return any_by(condition, self._beside.facts.household, self.rows)

    def all(self, condition: Truth) -> Truth:
        """Whether it holds for all members."""
        return all_by(condition, self._beside.facts.household, self.rows)
