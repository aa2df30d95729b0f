"""What awaits an officer in entitlement: months that can't be determined, deaths to be followed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.bulk import only
from doudi.access.models import Role
from doudi.access.queries import appointments_of
from doudi.entitlement.models import OF_HOUSEHOLDS, Award, Stop
from doudi.entitlement.queries.dues import open_questions
from doudi.kernel.awaiting import Awaiting
from doudi.kernel.citations import Citation
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from doudi.access.models import Area, Officer

MONTHLY = Citation("社会救助暂行办法", "国务院令第649号", "第十二条")
AFTER_DEATH = Citation("最低生活保障审核确认办法", "民发〔2021〕57号", "第二十一条")
"""After a member's death the household is reviewed, and the change finished, in three months."""
_MONTHS_AFTER_DEATH = 3
_LOOKING_BACK = timedelta(days=366)
_WORKING_ON_CASES = (Role.COUNTER_CLERK, Role.INVESTIGATOR)
_MOST = 100
"""Of each kind, the most that one list shows."""


def awaiting(officer: Officer, on: date) -> list[Awaiting]:
    """What of entitlement awaits an officer on a day, by role and area; a few statements an area.

    At most a hundred of each kind and area: a longer list is a page of its own.
    """
    areas = [
        appointment.area
        for appointment in appointments_of(officer, on)
        if appointment.role in _WORKING_ON_CASES
    ]
    found = [each for area in areas for each in (*_open_questions(area), *_after_deaths(area, on))]
    return list({each.key: each for each in found}.values())


def _open_questions(area: Area) -> Iterator[Awaiting]:
    """Months of awards for which something is not known: nobody is paid less for it."""
    for question in open_questions(area).select_related("award__household")[:_MOST]:
        yield Awaiting(
            code="open-question",
            about=("household-benefits", question.award.household.number),
            verb=N_("补充情况"),
            message=N_("户 {household} {programme}：{month} 缺少情况，不能核定"),
            since=localdate(question.determined_at),
            due=Month(question.month).last,
            basis=MONTHLY,
            values={
                "household": question.award.household.number,
                "programme": Programme(question.award.programme),
                "month": question.month,
            },
        )


def _after_deaths(area: Area, on: date) -> Iterator[Awaiting]:
    """Households with Dibao in which somebody died within the year, until they were reviewed.

    Reviewed means that the award was stopped or decided anew after the death.
    """
    deaths = {death.household: death for death in registry.deaths_in(area, on - _LOOKING_BACK, on)}
    of_households = [str(programme) for programme in OF_HOUSEHOLDS]
    awards = only(
        Award.objects.filter(programme__in=of_households, programme=str(Programme.DIBAO)),
        "household",
        list(deaths),
    ).select_related("household")
    stopped = set(
        only(
            Stop.objects.filter(superseded_at=None), "award", [award.pk for award in awards]
        ).values_list("award_id", flat=True)
    )
    for award in awards[:_MOST]:
        death = deaths[award.household_id]
        if award.pk in stopped or award.decided_on > death.day:
            continue
        yield Awaiting(
            code="after-death",
            about=("household", award.household.number),
            verb=N_("复核"),
            message=N_("户 {household} 有成员于 {day} 去世：复核低保并办结变更"),
            since=death.day,
            due=_months_later(death.day, _MONTHS_AFTER_DEATH),
            basis=AFTER_DEATH,
            values={"household": award.household.number, "day": death.day},
        )


def _months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    month = Month.of(day).plus(months)
    return min(month.last, month.first.replace(day=1) + timedelta(days=day.day - 1))
