"""When a programme is first and last paid (起发月份与停发月份), and the taper (渐退期)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from doudi.kernel.citations import Citation
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import Programme

if TYPE_CHECKING:
    from datetime import date

    from doudi.policy.rules import Rules

_DIBAO = "最低生活保障审核确认办法"
_CROSS_PROVINCE = "残疾人两项补贴资格认定申请“跨省通办”的通知"


@dataclass(frozen=True, slots=True)
class Start:
    """From which month a programme is paid, and the article that says so."""

    begins: str  # after_decision | application | decision
    citation: Citation
    assumed: bool = False


_AFTER_DECISION, _APPLICATION, _DECISION = "after_decision", "application", "decision"

STARTS: Final = {
    Programme.DIBAO: Start(_AFTER_DECISION, Citation(_DIBAO, "民发〔2021〕57号", "第二十一条")),
    Programme.DIBAO_SINGLE: Start(
        _AFTER_DECISION, Citation(_DIBAO, "民发〔2021〕57号", "第二十一条")
    ),
    Programme.TEKUN: Start(
        _AFTER_DECISION, Citation("特困人员认定办法", "民发〔2021〕43号", "第十七条")
    ),
    Programme.ORPHAN: Start(
        _AFTER_DECISION,
        Citation("国务院办公厅关于加强孤儿保障工作的意见", "国办发〔2010〕54号"),
        assumed=True,
    ),
    Programme.UNATTENDED: Start(
        _AFTER_DECISION,
        Citation("关于进一步加强事实无人抚养儿童保障工作的意见", "民发〔2019〕62号", "第二条"),
    ),
    Programme.DISABILITY_LIVING: Start(_APPLICATION, Citation(_CROSS_PROVINCE)),
    Programme.DISABILITY_CARE: Start(_APPLICATION, Citation(_CROSS_PROVINCE)),
    Programme.TEMPORARY_ASSISTANCE: Start(
        _DECISION, Citation("国务院关于全面建立临时救助制度的通知", "国发〔2014〕47号")
    ),
    Programme.FUNERAL: Start(
        _DECISION, Citation("民政部关于全面推行惠民殡葬政策的指导意见", "民发〔2012〕211号")
    ),
}
"""The orphans' start is assumed: no text that was read names it."""


def first_month(programme: Programme | str, applied_on: date, decided_on: date) -> Month:
    """The first month that an award is due.

    The month after the decision for most; for the two disability subsidies the month of the
    application, if later approved; what is given once belongs to the month of the decision.
    Refuses a decision before the application (START-ORDER).
    """
    if decided_on < applied_on:
        raise Refusal(
            "START-ORDER",
            N_("决定日期 {decided} 早于申请日期 {applied}，请核对"),
            decided=decided_on,
            applied=applied_on,
        )
    begins = STARTS[Programme(programme)].begins
    if begins == _APPLICATION:
        return Month.of(applied_on)
    decided = Month.of(decided_on)
    return decided if begins == _DECISION else decided.plus(1)


def last_month_at_death(programme: Programme | str, died_on: date) -> Month:
    """The last month that is due to a person who died: the month of the death, whatever its day.

    Tekun stops from the next month (特困人员认定办法 art. 24 and 26), the disability subsidies
    likewise by common local rule; of Dibao the household's count changes from the next month.
    """
    Programme(programme)
    return Month.of(died_on)


def taper_months(granted: int, decided_on: date, rules: Rules) -> int:
    """How many months a granted taper may run: what was granted, at most the cap in force.

    No cap before 2022-10-20 (民发〔2022〕83号 art. 1: in principle at most 6 months).
    """
    cap = rules.plain("dibao.taper_max_months", decided_on)
    return granted if cap is None else min(granted, int(cap))  # type: ignore[arg-type]


def tapers(month: Month, from_month: Month, granted: int, decided_on: date, rules: Rules) -> bool:
    """Whether a month lies in a granted taper, in which the last amount goes on.

    That the amount stays what it last was is assumed; no national text says more
    (最低生活保障审核确认办法 art. 33).
    """
    last = from_month.plus(taper_months(granted, decided_on, rules) - 1)
    return from_month <= month <= last
