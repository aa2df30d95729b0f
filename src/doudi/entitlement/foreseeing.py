"""What a change of facts would change in money (先算后存): found by doing it, and undoing it.

The change is made and the household's months are worked out exactly as a month's run does it, in
one transaction that is then given up. So is the same without the change; what differs is shown.
Nothing stays, and the database's one place to write is held for one household's months alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.access.models import AreaKind
from doudi.entitlement.actions.writing import write_month
from doudi.entitlement.models import Award
from doudi.entitlement.queries import (
    awards_by_id,
    awards_of_subjects,
    dues_of_household,
    last_determined_month,
)
from doudi.entitlement.rules import rules_of
from doudi.entitlement.working import work_out
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_
from doudi.policy import FIRST_MONTH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from doudi.access.models import Area, Officer
    from doudi.registry.models import Household

    Key = tuple[int, Month]
    """An award's id and a month."""

_COMMUNITIES = (AreaKind.COMMUNITY, AreaKind.VILLAGE)
MONTHS_AHEAD = 3
"""How many months are shown beyond the last one that was determined."""
MOST_MONTHS = 60


@dataclass(slots=True)
class _Side:
    """What awards come to, None where that can't be determined; and the due rows that stand."""

    amounts: dict[Key, int | None] = field(default_factory=dict)
    standing: dict[Key, int] = field(default_factory=dict)


class _Undone(Exception):  # noqa: N818 - says what is done about it
    """Everything has been seen, and is given up."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An award's months on end, first to last, that would come to something else.

    In fen a month; None where it can't be determined, or not by this office. `settled` is how
    much the due rows of those months change that were determined already: what the next run
    would pay more, or take back, of the past.
    """

    award: Award
    first: Month
    last: Month
    before: int | None
    after: int | None
    settled: int


def foresee(
    household: Household,
    change: Callable[[], None],
    *,
    area: Area,
    since: date,
    actor: Officer,
    at: datetime,
) -> list[Foreseen]:
    """What a household's awards would come to after a change that reaches back to `since`.

    `area` is where it lives; the office around it is asked, as a run asks it. Nothing is left of
    the change or of the working-out. Raises what the change raises.
    """
    months, settled = _months(household, since, at)
    if not months:
        _given_up(change, actor, at)
        return []
    office = area.parent if area.kind in _COMMUNITIES and area.parent else area
    without = _worked(household, office, months, lambda: None, actor=actor, at=at)
    with_it = _worked(household, office, months, change, actor=actor, at=at)
    return _told(without, with_it, months, settled)


def _months(household: Household, since: date, at: datetime) -> tuple[list[Month], Month | None]:
    """The months that the change may reach, and the last one that was determined."""
    known = awards_of_subjects([household.pk])
    if not known:
        return [], None
    settled = last_determined_month()
    first = max(Month.of(since), min(Month(each.award.due_from) for each in known), FIRST_MONTH)
    last = (settled or Month.of(localdate(at))).plus(MONTHS_AHEAD)
    return list(first.until(last))[-MOST_MONTHS:], settled


def _given_up(change: Callable[[], None], actor: Officer, at: datetime) -> None:
    """Make a change to see whether it is refused, and give it up."""
    try:
        with deed(actor=actor, act="foresee", why=N_("预览"), at=at):
            change()
            raise _Undone  # noqa: TRY301 - this is what gives it up
    except _Undone:
        return


def _worked(
    household: Household,
    office: Area,
    months: Sequence[Month],
    change: Callable[[], None],
    *,
    actor: Officer,
    at: datetime,
) -> _Side:
    """What each award comes to in each month once a change is made; all is given up after."""
    side = _Side()
    rules = rules_of(office)

    def work() -> None:
        change()
        asked = {month: [household.pk] for month in months}
        for month, worked in work_out(office, asked, rules, known_at=at):
            amounts = zip(worked.award.tolist(), worked.amount.tolist(), strict=True)
            side.amounts.update({(award, month): fen for award, fen in amounts})
            side.amounts.update({(award, month): None for award in worked.open_award.tolist()})
            write_month(
                worked, area=office, month=month, rules=rules, actor=actor, at=at, whole=False
            )
        rows = dues_of_household(household.pk).filter(month__in=months)
        side.standing = {
            (award, Month(month)): fen
            for award, month, fen in rows.values_list("award_id", "month", "amount_fen")
        }

    _given_up(work, actor, at)
    return side


def _told(
    before: _Side, after: _Side, months: Sequence[Month], settled: Month | None
) -> list[Foreseen]:
    """The differences, months on end with the same two amounts as one."""
    keys = {*before.amounts, *after.amounts, *before.standing, *after.standing}
    awards = awards_by_id(sorted({award for award, _ in keys}))
    found: list[Foreseen] = []
    for award in sorted(awards, key=lambda each: each.number):
        run: Foreseen | None = None
        for month in months:
            one = _of_month(award, month, before, after, settled)
            if run and one and (run.before, run.after) == (one.before, one.after):
                run = replace(run, last=month, settled=run.settled + one.settled)
                continue
            if run:
                found.append(run)
            run = one
        if run:
            found.append(run)
    return found


def _of_month(
    award: Award, month: Month, before: _Side, after: _Side, settled: Month | None
) -> Foreseen | None:
    """What changes of an award in a month; None where nothing does."""
    key = (award.pk, month)
    then, now = before.amounts.get(key), after.amounts.get(key)
    rows = after.standing.get(key, 0) - before.standing.get(key, 0)
    past = rows if settled and month <= settled else 0
    if then == now and not past:
        return None
    return Foreseen(award, month, month, then, now, past)
