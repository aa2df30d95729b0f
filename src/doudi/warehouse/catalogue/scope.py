"""Of what a figure is asked: a period (统计期), an area with all inside it, and what was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from doudi.access.models import Area
from doudi.kernel.months import Month, half_year


@dataclass(frozen=True, slots=True)
class Period:
    """A half-year or a year by its name, from its first month to its last, both included."""

    name: str
    first: Month
    last: Month

    @classmethod
    def named(cls, text: str) -> Self:
        """Read `2022H1`, `2022H2` or `2022`; refuses others with the code PERIOD-FMT."""
        return cls(text, *half_year(text))

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months in their order."""
        return tuple(self.first.until(self.last))

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.last.last


@dataclass(frozen=True, slots=True)
class Scope:
    """A question put to the catalogue: the period, the area, and the moment of knowledge.

    What was recorded after `known_at` is left out, so that the same question has the same
    answer for ever.
    """

    period: Period
    area: Area
    known_at: datetime
