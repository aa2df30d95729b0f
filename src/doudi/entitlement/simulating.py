"""A reform tried on the real register (试算): what it would cost, and whom it would reach.

The same determination as a month's run, twice on the same facts: by the law in force, and by the
reform. Nothing is written, and while it works the database refuses that it be. Area by area and
month by month in columns, so that memory holds one area's month at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.models import AreaKind
from doudi.access.queries import areas as all_areas
from doudi.access.queries import require_sight, within
from doudi.access.read_only import reading_only
from doudi.entitlement.effects import Altered, Cell, Lacking, Simulated
from doudi.entitlement.effects_spread import Gathered
from doudi.entitlement.rules import named, rules_of, values_in_force
from doudi.entitlement.simulated_month import MonthCompared, Side, compared
from doudi.entitlement.simulated_tapers import LastAmounts
from doudi.entitlement.working import Asked, ask, awards_amounted
from doudi.kernel.refusals import N_, Refusal
from doudi.policy import FIRST_MONTH, Rules, determine

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from doudi.access.models import Area, Officer
    from doudi.entitlement.worked import Worked
    from doudi.kernel.months import Month
    from doudi.policy import Determination
    from doudi.policy.reforms import Reform

    Ints = NDArray[np.int64]

MOST_MONTHS = 60
"""Five years at a time."""
_OFFICES = (AreaKind.SUBDISTRICT, AreaKind.TOWNSHIP)

Progress = Callable[[int, int], None]
"""Told, after each area's month, how many are done and how many there are."""


def simulate(
    reform: Reform,
    span: tuple[Month, Month],
    areas: Sequence[Area],
    *,
    actor: Officer | None,
    at: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Simulated:
    """Try a reform from the first month of the span to the last, as known at a moment.

    A month that has not come yet is worked out by what is known now. May be interrupted at any
    time, for it leaves nothing behind. Raises Refusal SIMULATE-SPAN, RULES-EARLY, NOT-VISIBLE, or
    as `rules_of` and `determine` do.
    """
    months = _months(*span)
    for area in areas:
        require_sight(actor, area, localdate(at))
    whole = _outermost(areas)
    with reading_only():
        parts = [part for area in whole for part in _offices(area)]
        gathering = _Gathering(_codes(whole))
        laws = {area.pk: _Law.of(area, reform) for area in parts}
        for number, area in enumerate(parts):
            law = laws[area.pk]
            trial = _Trial(area, law, reform.first, at)
            for done, month in enumerate(months, start=1):
                gathering.add(trial.month(month, gathering.codes), counts=not law.alike(month))
                progress(number * len(months) + done, len(parts) * len(months))
        names = _names(gathering.cells)
    return Simulated(
        reform=reform,
        areas=tuple(area.name for area in whole),
        first=months[0],
        last=months[-1],
        known_at=at,
        altered=tuple(_altered(laws.values(), months)),
        communities=names,
        cells=tuple(
            sorted(
                gathering.cells,
                key=lambda each: (each.month, each.programme.value, each.community),
            )
        ),
        spread=gathering.households.spread(),
        lacking=gathering.lacking(laws[parts[0].pk].before),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Law:
    """The rules of an area in force, and with the reform laid over them."""

    before: Rules
    after: Rules

    @classmethod
    def of(cls, area: Area, reform: Reform) -> _Law:
        """Both, of the jurisdiction that applies."""
        rules = rules_of(area)
        return cls(rules, reform.over(rules))

    def alike(self, month: Month) -> bool:
        """Whether the reform changes nothing in a month."""
        return values_in_force(self.before, month) == values_in_force(self.after, month)


class _Trial:
    """The months of one area, one after the other, on both sides."""

    def __init__(self, area: Area, law: _Law, since: Month, at: datetime) -> None:
        """Nothing worked out yet; `since` is the first month that the reform changes."""
        self._area, self._law, self._at = area, law, at
        self._lasts: tuple[LastAmounts, LastAmounts] | None = None
        self._since = since

    def month(self, month: Month, codes: dict[int, str]) -> MonthCompared:
        """Both sides of a month on the same facts, compared."""
        asked = ask(self._area, month, self._law.before, known_at=self._at)
        answers = determine(asked.facts, month, self._law.before)
        then = answers
        if not self._law.alike(month):
            then = determine(asked.facts, month, self._law.after)
        if self._lasts is None:
            self._lasts = (
                LastAmounts(month, self._early),
                LastAmounts(min(self._since, month), self._early),
            )
        before, after = self._lasts
        return compared(
            asked,
            month,
            self._side(asked, answers, month, self._law.before, before),
            self._side(asked, then, month, self._law.after, after),
            codes,
        )

    def _side(
        self, asked: Asked, answers: Determination, month: Month, rules: Rules, lasts: LastAmounts
    ) -> Side:
        """What the awards come to by one side's answers."""
        worked = awards_amounted(asked, answers, month, rules, self._at)
        worked = lasts.applied(worked, asked.awards, asked.known.households.id)
        lasts.remember(month, asked.awards, worked)
        return Side(answers, worked)

    def _early(self, month: Month, households: Ints) -> Worked:
        """A month before the first one, by the reform, of these households."""
        rules = self._law.after
        asked = ask(self._area, month, rules, known_at=self._at, households=households.tolist())
        answers = determine(asked.facts, month, rules)
        return awards_amounted(asked, answers, month, rules, self._at)


@dataclass(slots=True)
class _Gathering:
    """What has been found so far; `codes` are the areas' codes by id."""

    codes: dict[int, str]
    cells: list[Cell] = field(default_factory=list)
    households: Gathered = field(default_factory=Gathered)
    _before: Counter[str] = field(default_factory=Counter)
    _after: Counter[str] = field(default_factory=Counter)

    def add(self, month: MonthCompared, *, counts: bool) -> None:
        """Take in an area's month; `counts` as `Gathered.add_month` has it."""
        self.cells += month.cells
        self.households.add_month(month.household, month.before, month.after, counts=counts)
        self._before += month.lacking_before
        self._after += month.lacking_after

    def lacking(self, rules: Rules) -> tuple[Lacking, ...]:
        """What awards lack, by key, named as the rules name it."""
        return tuple(
            Lacking(named(key, rules), self._before[key], self._after[key])
            for key in sorted({*self._before, *self._after})
        )


def _months(first: Month, last: Month) -> list[Month]:
    """The months of the span; refuses none, too many, and those before the rules begin."""
    if first < FIRST_MONTH:
        raise Refusal(
            "RULES-EARLY",
            N_("{month} 早于 {first}，规则从这个月起才有；请改月份"),
            month=first,
            first=FIRST_MONTH,
        )
    if not 0 <= first.months_to(last) < MOST_MONTHS:
        raise Refusal(
            "SIMULATE-SPAN",
            N_("{first} 至 {last} 不能试算：月份应从早到晚，一次最多 {most} 个月"),
            first=first,
            last=last,
            most=MOST_MONTHS,
        )
    return list(first.until(last))


def _outermost(areas: Sequence[Area]) -> list[Area]:
    """The areas by code, without those that lie in another one of them."""
    found: list[Area] = []
    for area in sorted(areas, key=lambda each: each.path):
        if not found or not area.path.startswith(found[-1].path):
            found.append(area)
    return found


def _offices(area: Area) -> list[Area]:
    """The subdistricts and townships of an area, each done by itself; a smaller area as it is.

    Households live in communities and villages alone, and each of those lies in one of them.
    """
    return list(within(area).filter(kind__in=_OFFICES)) or [area]


def _codes(areas: Iterable[Area]) -> dict[int, str]:
    """The code of every area inside of these, by id."""
    return {pk: code for area in areas for pk, code in within(area).values_list("pk", "code")}


def _names(cells: Iterable[Cell]) -> tuple[tuple[str, str], ...]:
    """The communities that cells tell of: code and name."""
    told = {cell.community for cell in cells}
    rows = all_areas().filter(code__in=told).values_list("code", "name")
    return tuple(sorted(rows))


def _altered(laws: Iterable[_Law], months: Sequence[Month]) -> Iterable[Altered]:
    """What differs in the span: each parameter, for months on end with the same two values."""
    by_jurisdiction = {law.before.jurisdiction: law for law in laws}
    for name, law in sorted(by_jurisdiction.items()):
        for path, parameter in sorted(law.before.parameters.items()):
            standing: Altered | None = None
            for month in months:
                before = parameter.plain(month.first)
                after = law.after.parameters[path].plain(month.first)
                if standing and (standing.before, standing.after) == (before, after):
                    standing = replace(standing, last=month)
                    continue
                if standing:
                    yield standing
                standing = Altered(name, parameter, month, month, before, after)
                standing = None if before == after else standing
            if standing:
                yield standing
