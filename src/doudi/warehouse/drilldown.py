"""The records behind a figure (明细), a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Refusal
from doudi.warehouse.catalogue import Record, indicator, records
from doudi.warehouse.report import Figure, figure_of

if TYPE_CHECKING:
    from doudi.warehouse.catalogue import Scope

PAGE_SIZE = 50
"""Records on a page: what a reader can look over."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the records behind a figure; the records of all pages add up to it."""

    figure: Figure
    records: tuple[Record, ...]
    number: int
    pages: int

    @property
    def subtotal(self) -> int:
        """What the records of this page add up to, in the figure's unit."""
        return sum(record.counts for record in self.records)


def page_of(key: str, scope: Scope, *, number: int = 1, size: int = PAGE_SIZE) -> Page:
    """A page of the records behind the figure `key`; the first one is there even when empty.

    Raises Refusal INDICATOR-UNKNOWN, PAGE-NONE.
    """
    figure = figure_of(indicator(key), scope)
    pages = max(-(-figure.records // size), 1)
    if not 1 <= number <= pages:
        raise Refusal(
            "PAGE-NONE", N_("没有第 {page} 页，明细共 {pages} 页"), page=number, pages=pages
        )
    part = slice((number - 1) * size, number * size)
    return Page(figure, tuple(records(figure.indicator, scope, part)), number, pages)
