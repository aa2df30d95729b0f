"""A month worked out (核定): what each decided award comes to, written where it changed.

Rules advise, people decide: an award whose conditions no longer hold is due nothing for the
month and shows up in `screen`, but only a named officer stops it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.entitlement.actions.writing import write_month
from doudi.entitlement.queries import (
    Rework,
    last_known,
    latest_of_months,
    rework_since,
    whole_months,
)
from doudi.entitlement.rules import rules_of
from doudi.entitlement.working import work_out
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Area, Officer
    from doudi.entitlement.worked import Worked
    from doudi.policy import Rules


@dataclass(frozen=True, slots=True)
class MonthDetermined:
    """What working out a month came to: awards looked at, due rows changed, questions open.

    `reworked` is true for an earlier month that late knowledge reached back to.
    """

    month: Month
    awards: int
    changed: int
    undetermined: int
    reworked: bool


def determine_month(
    *, area: Area, month: Month, actor: Officer, at: datetime
) -> list[MonthDetermined]:
    """Work out a month for an area as known at `at`, and the earlier months that news reaches.

    Months in which nothing was learnt and no parameter changed are left alone: a second call
    changes nothing and answers an empty list. Raises Refusal MONTH-FUTURE.
    """
    if month.first > localdate(at):
        raise Refusal(
            "MONTH-FUTURE",
            N_("{month} 还没有到，最晚可以核定 {now}"),
            month=month,
            now=Month.of(localdate(at)),
        )
    rules = rules_of(area)
    with deed(actor=actor, act="determine_month", why=N_("按月核定"), at=at):
        rework = _to_be_worked_out(area, month, rules, at)
        months = rework.months
        return [
            _written(area, each, worked, rules, actor, at, whole=months[each] is None, asked=month)
            for each, worked in work_out(area, months, rules, known_at=at)
        ]


def _to_be_worked_out(area: Area, month: Month, rules: Rules, at: datetime) -> Rework:
    """The month itself if it never was, and every month that news or new parameters reach."""
    since = last_known(area)
    if since is None:
        return whole_months(month)
    rework = rework_since(area, since, at, month)
    latest = latest_of_months(area, month)
    rework.add_all(
        each for each, then in latest.items() if then.fingerprint != rules.fingerprint(each)
    )
    if month not in latest:
        rework.add_all([month])
    return rework


def _written(
    area: Area,
    month: Month,
    worked: Worked,
    rules: Rules,
    actor: Officer,
    at: datetime,
    *,
    whole: bool,
    asked: Month,
) -> MonthDetermined:
    """Write what changed in one month that was worked out."""
    written = write_month(
        worked, area=area, month=month, rules=rules, actor=actor, at=at, whole=whole
    )
    awards = len(worked.award) + len(worked.open_award)
    return MonthDetermined(month, awards, written.changed, written.undetermined, month != asked)
