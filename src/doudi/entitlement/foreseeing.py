"""What a change of facts would change in money (先算后存): found by doing it, and undoing it.

The change is made and the household's months are worked out exactly as a month's run does it, in
one transaction that is then given up. So is the same without the change; what differs is shown.
Nothing stays, and the database's one place to write is held for one household's months alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.entitlement.actions.writing import write_month
from doudi.entitlement.models import Award
from doudi.entitlement.queries import awards_by_id, awards_of_subjects, last_determined_month
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

    Amounts = dict[tuple[int, Month], int | None]

MONTHS_AHEAD = 3
"""How many months are shown beyond the last one that was determined."""
MOST_MONTHS = 60


class _Undone(Exception):  # noqa: N818 - says what is done about it
    """Everything has been seen, and is given up."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An award's months on end, first to last, that would come to something else.

    In fen a month; None where it can't be determined, or nothing is due. `settled` is how much
    all those months together change that were determined already: what the next run would pay
    more, or take back, of the past.
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

    `area` is whose rules apply. Nothing is left of the change or of the working-out. Raises what
    the change raises.
    """
    months, settled = _months(household, since, at)
    if not months:
        _given_up(change, actor, at)
        return []
    without = _amounts(household, area, months, lambda: None, actor=actor, at=at)
    with_it = _amounts(household, area, months, change, actor=actor, at=at)
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


def _amounts(
    household: Household,
    area: Area,
    months: Sequence[Month],
    change: Callable[[], None],
    *,
    actor: Officer,
    at: datetime,
) -> Amounts:
    """What each award comes to in each month once a change is made; all is given up after."""
    found: Amounts = {}
    rules = rules_of(area)

    def work() -> None:
        change()
        asked = {month: [household.pk] for month in months}
        for month, worked in work_out(area, asked, rules, known_at=at):
            amounts = zip(worked.award.tolist(), worked.amount.tolist(), strict=True)
            found.update({(award, month): fen for award, fen in amounts})
            found.update({(award, month): None for award in worked.open_award.tolist()})
            write_month(
                worked, area=area, month=month, rules=rules, actor=actor, at=at, whole=False
            )

    _given_up(work, actor, at)
    return found


def _told(
    before: Amounts, after: Amounts, months: Sequence[Month], settled: Month | None
) -> list[Foreseen]:
    """The differences, months on end with the same two amounts as one."""
    awards = {each.pk: each for each in awards_by_id(sorted({key[0] for key in before | after}))}
    found: list[Foreseen] = []
    for pk, award in sorted(awards.items(), key=lambda each: each[1].number):
        run: Foreseen | None = None
        for month in months:
            then, now = before.get((pk, month)), after.get((pk, month))
            differs = then != now
            past = (now or 0) - (then or 0) if settled and month <= settled else 0
            if now is None and (pk, month) in after:
                past = 0  # undetermined: what was due before stands
            if run and differs and (run.before, run.after) == (then, now):
                run = Foreseen(award, run.first, month, then, now, run.settled + past)
                continue
            if run:
                found.append(run)
            run = Foreseen(award, month, month, then, now, past) if differs else None
        if run:
            found.append(run)
    return found
