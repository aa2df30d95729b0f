"""Pages of a list: counted up to a limit, so that a nation's list opens as fast as a street's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

Row = TypeVar("Row")
Other = TypeVar("Other")
PER_PAGE = 50
COUNTED_TO = 10_000
"""Beyond this many a list says “more than”; nobody leafs through more."""
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number from 1, how many there are in all."""

    rows: Sequence[Row]
    number: int
    total: int
    is_cut: bool
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        """The number of the last page that can be asked for."""
        return max(1, -(-self.total // self.per_page))

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to offer; None is a gap."""
        near = range(self.number - _AROUND, self.number + _AROUND + 1)
        shown = sorted({1, self.last, *(n for n in near if 1 <= n <= self.last)})
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers

    @property
    def before(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.last else None

    def of(self, rows: Sequence[Other]) -> Page[Other]:
        """The same page with other rows in the place of its own."""
        return Page(rows, self.number, self.total, self.is_cut, self.per_page)


def page_of(
    rows: QuerySet[Any, Row],
    request: HttpRequest,
    *,
    per_page: int = PER_PAGE,
    counted: int | None = None,
) -> Page[Row]:
    """The page that the query's `page` asks for; the nearest there is for one out of range.

    `counted` is how many rows there are, up to one more than the limit, where that is known.
    """
    total = rows.order_by()[: COUNTED_TO + 1].count() if counted is None else counted
    is_cut = total > COUNTED_TO
    total = min(total, COUNTED_TO)
    number = page_number(request, total, per_page)
    start = (number - 1) * per_page
    return Page(list(rows[start : start + per_page]), number, total, is_cut, per_page)


def page_number(request: HttpRequest, total: int, per_page: int = PER_PAGE) -> int:
    """The page that the query's `page` asks for, or the nearest there is."""
    last = max(1, -(-total // per_page))
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1  # noqa: PLR2004 - no page has more digits
    return min(max(number, 1), last)
