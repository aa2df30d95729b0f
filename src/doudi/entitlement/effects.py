"""What a reform would do (改革影响), as plain records: costs, awards, households. Pure.

"Before" is by the law in force, "after" by the reform, both on the same facts. All amounts are
fen. Nobody is named here: only counts and sums.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from doudi.entitlement.effects_spread import Spread
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from doudi.policy.missing import Missing
from doudi.policy.reforms import Reform
from doudi.policy.values import Parameter, Plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

K = TypeVar("K", Month, Programme, str)


@dataclass(frozen=True, slots=True)
class Sums:
    """What awards come to before and after, and what screening finds of those without one.

    Of decided awards, each counted once a month: `awards` all that are due, `open_before` and
    `open_after` those that can't be determined; `before_fen` and `after_fen` what the determined
    ones come to; `change_fen` the difference of those determined on both sides, of which
    `gaining` and `losing` get more and less, `begins` get something instead of nothing and
    `ends` nothing instead of something.

    Of households or persons without an award, for the rules only advise: `qualify` newly do,
    and would get `qualify_fen`; `no_longer` did and don't; `unclear_before` and `unclear_after`
    can't be told. An award of which the rules say that it no longer holds, or holds again, is
    in `held_fails` and `held_again`.
    """

    awards: int = 0
    open_before: int = 0
    open_after: int = 0
    before_fen: int = 0
    after_fen: int = 0
    change_fen: int = 0
    gaining: int = 0
    losing: int = 0
    begins: int = 0
    ends: int = 0
    qualify: int = 0
    qualify_fen: int = 0
    no_longer: int = 0
    held_fails: int = 0
    held_again: int = 0
    unclear_before: int = 0
    unclear_after: int = 0

    @property
    def difference_fen(self) -> int:
        """What is spent after less what is spent before, whatever could be determined when."""
        return self.after_fen - self.before_fen


NAMES = tuple(field.name for field in fields(Sums))
"""The names of the sums, in their order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The sums of a month, a programme and a community, by the community's code."""

    month: Month
    programme: Programme
    community: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Altered:
    """A parameter that differs from `first` to `last`, by jurisdiction; None is unknown."""

    jurisdiction: str
    parameter: Parameter
    first: Month
    last: Month
    before: Plain | None
    after: Plain | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that awards lack to be determined, and in how many of their months."""

    missing: Missing
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """A reform tried on the register: where, from when to when, as known at which moment.

    `communities` gives the name of each by its code, in the order of the codes.
    """

    reform: Reform
    areas: tuple[str, ...]
    first: Month
    last: Month
    known_at: datetime
    altered: tuple[Altered, ...]
    communities: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]
    spread: Spread
    lacking: tuple[Lacking, ...]

    @property
    def total(self) -> Sums:
        """Everything together."""
        return added(cell.sums for cell in self.cells)

    def by_month(self) -> dict[Month, Sums]:
        """The sums of each month, the earliest first."""
        return self._by(lambda cell: cell.month)

    def by_programme(self) -> dict[Programme, Sums]:
        """The sums of each programme of which there is anything to tell, in the usual order."""
        found = self._by(lambda cell: cell.programme)
        return {each: found[each] for each in Programme if each in found}

    def by_community(self) -> dict[str, Sums]:
        """The sums of each community, by code."""
        return self._by(lambda cell: cell.community)

    def _by(self, key: Callable[[Cell], K]) -> dict[K, Sums]:
        grouped: dict[K, list[Sums]] = defaultdict(list)
        for cell in self.cells:
            grouped[key(cell)].append(cell.sums)
        return {each: added(grouped[each]) for each in sorted(grouped, key=str)}


def added(many: Iterable[Sums]) -> Sums:
    """The sums of sums."""
    listed = list(many)
    return Sums(**{name: sum(getattr(each, name) for each in listed) for name in NAMES})
