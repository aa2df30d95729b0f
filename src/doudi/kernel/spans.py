"""Spans (起止): from a day to a day, both included; an open span has no last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.kernel.months import Month, day_after
from doudi.kernel.refusals import N_, Refusal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `first` to `last`; `last` is None while it goes on."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the start, with the code PER-ORDER."""
        if self.last is not None and self.last < self.first:
            raise Refusal(
                "PER-ORDER",
                N_("结束日 {last} 早于开始日 {first}，请核对起止日期"),
                first=self.first,
                last=self.last,
            )

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a day."""
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )

    def touches(self, month: Month) -> bool:
        """Whether a day of the month lies in it."""
        return self.overlaps(Span(month.first, month.last))

    def meets(self, other: Span) -> bool:
        """Whether the other begins on the day after this one ends."""
        return self.last is not None and day_after(self.last) == other.first
