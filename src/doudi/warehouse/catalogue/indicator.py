"""An indicator (指标): a figure defined once, in words and as the records that make it up.

A figure is the sum of what its records count. So a figure and its drill-down can't part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word
from doudi.warehouse.catalogue.scope import Scope


class Unit(Word):
    """What a figure counts (单位); the code is that of the report as JSON."""

    PERSONS = "persons", N_("人")
    HOUSEHOLDS = "households", N_("户")
    COMMUNITIES = "communities", N_("个")
    FEN = "fen", N_("元")


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure: what it counts, and where to look it up.

    `counts` is in the figure's unit. `name` is masked. What a kind of record does not have is
    empty or None: a community has neither household nor money.
    """

    counts: int
    place: str
    name: str
    programme: str = ""
    month: str = ""
    amount_fen: int | None = None
    run: str = ""
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: its key, its title and definition in words (msgids), its unit, its records.

    `rows` gives the records of a scope, each annotated with what it `counts`; `describe` turns
    some of them, in the order in which they are listed, into records to be read.
    """

    key: str
    title: str
    definition: str
    unit: Unit
    rows: Callable[[Scope], QuerySet[Any]]
    describe: Callable[[QuerySet[Any], Scope, slice], list[Record]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What an indicator comes to, in its unit, and of how many records."""

    value: int
    records: int


def measure(indicator: Indicator, scope: Scope) -> Measured:
    """The figure and the number of its records, in one statement."""
    found = indicator.rows(scope).aggregate(value=Sum("counts"), records=Count("pk"))
    return Measured(int(found["value"] or 0), int(found["records"]))


def records(indicator: Indicator, scope: Scope, part: slice) -> list[Record]:
    """Some of the records behind a figure, by their place in the list."""
    return indicator.describe(indicator.rows(scope), scope, part)
