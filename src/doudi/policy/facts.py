"""Facts of a month (当月事实) as columns: what `determine` is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from doudi.kernel.money import MAX_FEN
from doudi.kernel.refusals import N_, Refusal
from doudi.policy.known import (
    FACTS,
    HOUSEHOLD_FACTS,
    NO_DATE,
    NOT_STATED,
    PERSON_FACTS,
    UNKNOWN_DATE,
    Fact,
)

MONTHS_A_YEAR = 12
MAX_MEMBERS = 200
"""More in one household than this is a mistake, and would let sums run past 64 bits."""
Column = npt.NDArray[np.int64]

_WIDTH = {"money": np.int64, "date": np.int64, "count": np.int64, "bits": np.int64}


def _no_rows() -> Column:
    """An empty column."""
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Supporters:
    """Those who owe a person support (义务人), one row each, of the person at `person`.

    `age` in years, `income_year` in fen, `property_ok` a truth, `category`, `grade` and `status`
    as codes; -1 is unknown.
    """

    person: Column = field(default_factory=_no_rows)
    age: Column = field(default_factory=_no_rows)
    income_year: Column = field(default_factory=_no_rows)
    property_ok: Column = field(default_factory=_no_rows)
    category: Column = field(default_factory=_no_rows)
    grade: Column = field(default_factory=_no_rows)
    status: Column = field(default_factory=_no_rows)

    def of(self, rows: npt.NDArray[np.bool_], person: Column) -> Supporters:
        """Only these rows, their persons renumbered by `person`."""
        columns = {one.name: getattr(self, one.name)[rows] for one in fields(self)}
        columns["person"] = person[columns["person"]]
        return Supporters(**columns)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The facts of a month: `household` gives each person's household, 0 to `households` - 1.

    `persons` and `of_households` hold the columns that `policy.known` lists; one that is left
    out means what its default says. Amounts over ten million yuan are refused (FACT-MAX), columns
    of floats are our own mistake.
    """

    household: Column
    households: int
    persons: Mapping[str, npt.NDArray[np.integer]]
    of_households: Mapping[str, npt.NDArray[np.integer]] = field(default_factory=dict)
    supporters: Supporters = field(default_factory=Supporters)

    def __post_init__(self) -> None:
        """Check names, lengths, whole numbers, bounds."""
        _check(self.persons, PERSON_FACTS, len(self.household))
        _check(self.of_households, HOUSEHOLD_FACTS, self.households)
        _check_money("supporters", self.supporters.income_year, MAX_FEN * MONTHS_A_YEAR)
        if len(self.household):
            if self.household.min() < 0 or self.household.max() >= self.households:
                raise IndexError(self.households)
            _check_sizes(self.household, self.households)

    def column(self, name: str) -> npt.NDArray[np.integer]:
        """A column, with its default where it was left out."""
        given = self.persons if name in _PERSONS else self.of_households
        if name in given:
            return given[name]
        rows = len(self.household) if name in _PERSONS else self.households
        return np.full(rows, FACTS[name].default, dtype=width(FACTS[name]))

    def given(self, name: str) -> bool:
        """Whether a column was given at all."""
        return name in self.persons or name in self.of_households

    def telling(self) -> Facts:
        """The same facts without the columns that say nothing but defaults."""
        return Facts(
            household=self.household,
            households=self.households,
            persons=_told(self.persons, slice(None)),
            of_households=_told(self.of_households, slice(None)),
            supporters=self.supporters,
        )

    def only(self, household: int) -> tuple[Facts, Column]:
        """The facts of one household, and the places its members had in the whole."""
        members = np.flatnonzero(self.household == household)
        places = np.full(len(self.household), -1, dtype=np.int64)
        places[members] = np.arange(len(members))
        return (
            Facts(
                household=np.zeros(len(members), dtype=np.int64),
                households=1,
                persons=_told(self.persons, members),
                of_households=_told(self.of_households, np.array([household], dtype=np.int64)),
                supporters=self.supporters.of(places[self.supporters.person] >= 0, places),
            ),
            members,
        )


def _told(
    columns: Mapping[str, npt.NDArray[np.integer]], rows: Column | slice
) -> dict[str, npt.NDArray[np.integer]]:
    """These rows of the columns that say more about them than their defaults."""
    told = {name: column[rows] for name, column in columns.items()}
    return {name: column for name, column in told.items() if (column != FACTS[name].default).any()}


_PERSONS = {fact.name for fact in PERSON_FACTS}


def width(fact: Fact) -> type[np.integer]:
    """How wide the column of a fact is: 64 bits where it counts, 8 where it only tells."""
    return _WIDTH.get(fact.kind, np.int8)


def days(dates: npt.NDArray[np.datetime64], *, none: int = UNKNOWN_DATE) -> Column:
    """Dates as a column; NaT becomes `none`: `UNKNOWN_DATE`, or `NO_DATE` of a death."""
    plain = dates.astype("datetime64[D]")
    return np.where(np.isnat(plain), none, plain.astype(np.int64))


def alive_or(dates: npt.NDArray[np.datetime64]) -> Column:
    """Dates of death as a column; NaT means that the person lives."""
    return days(dates, none=NO_DATE)


def _check(
    columns: Mapping[str, npt.NDArray[np.integer]], facts: tuple[Fact, ...], rows: int
) -> None:
    """Known names, equal lengths, whole numbers, amounts within bounds."""
    known = {fact.name: fact for fact in facts}
    for name, column in columns.items():
        if name not in known:
            raise KeyError(name)
        if column.dtype.kind not in "iu" or column.shape != (rows,):
            raise TypeError(name, column.dtype, column.shape)
        if known[name].kind == "money":
            yearly = name.startswith("income_")
            _check_money(name, column, MAX_FEN * (MONTHS_A_YEAR if yearly else 1))


def _check_money(name: str, column: npt.NDArray[np.integer], most: int) -> None:
    """Refuse an absurd amount."""
    if len(column) and (column.max() > most or column.min() < NOT_STATED):
        raise Refusal("FACT-MAX", N_("“{name}”的金额为负或超过一千万元的上限，请核对"), name=name)


def _check_sizes(household: Column, households: int) -> None:
    """Refuse a household of hundreds."""
    if np.bincount(household, minlength=households).max() > MAX_MEMBERS:
        raise Refusal(
            "HH-SIZE", N_("一户超过 {most} 人，请核对是否把几户并成了一户"), most=MAX_MEMBERS
        )
