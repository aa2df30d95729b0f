"""The half-year report (半年报告): every figure of the catalogue for an area, with remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access import queries as access
from doudi.kernel.refusals import N_, Refusal
from doudi.warehouse.catalogue import (
    CATALOGUE,
    Indicator,
    Measured,
    Period,
    Scope,
    measure,
)
from doudi.warehouse.remarks import Remark, remarks_on

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Area, Officer


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator with what it comes to in the report's scope, and of how many records."""

    indicator: Indicator
    measured: Measured

    @property
    def value(self) -> int:
        """The figure, in the indicator's unit; money in fen."""
        return self.measured.value

    @property
    def records(self) -> int:
        """How many records it is made of."""
        return self.measured.records


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a scope in the catalogue's order, and what a reader must know of them."""

    scope: Scope
    figures: tuple[Figure, ...]
    remarks: tuple[Remark, ...]


def report_of(scope: Scope) -> Report:
    """Every figure of a scope; the number of statements does not depend on its households."""
    figures = tuple(figure_of(each, scope) for each in CATALOGUE)
    return Report(scope, figures, tuple(remarks_on(scope)))


def a_year_before(scope: Scope) -> Report:
    """The report of the same months a year before, as known at the same moment."""
    return report_of(Scope(scope.period.a_year_before, scope.area, scope.known_at))


def half_year(period: str, area: Area, *, actor: Officer | None, at: datetime) -> Report:
    """The report of a period, of an area and all inside it, as known `at` a moment.

    The same question has the same answer for ever: what was recorded after `at` is left out.
    `actor` is None for whoever has the machine itself. Raises Refusal PERIOD-FMT, PERIOD-FUTURE,
    NOT-VISIBLE. The number of statements does not depend on the number of households.
    """
    return report_of(scope_of(period, area, actor=actor, at=at))


def figure_of(indicator: Indicator, scope: Scope) -> Figure:
    """What an indicator comes to in a scope."""
    return Figure(indicator, measure(indicator, scope))


def scope_of(period: str, area: Area, *, actor: Officer | None, at: datetime) -> Scope:
    """The scope of a question that an officer puts at a moment.

    Raises Refusal PERIOD-FMT, PERIOD-FUTURE when it has not begun, NOT-VISIBLE when the area is
    none of the officer's.
    """
    asked = Period.named(period)
    if asked.first.first > localdate(at):
        raise Refusal(
            "PERIOD-FUTURE",
            N_("统计期 {period} 还没有开始，它的第一天是 {first}"),
            period=asked.name,
            first=asked.first.first,
        )
    access.require_sight(actor, area, localdate(at))
    return Scope(asked, area, at)
