"""`doudi run`: a month worked out by the rules, then drafted for payment; two acts, one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from doudi.access.queries import areas_of, find_area
from doudi.doors.cli.context import moment, officer, say, today
from doudi.doors.cli.language import translate
from doudi.doors.cli.missing import missing_in_words
from doudi.doors.cli.payroll_tables import show_held, show_shares
from doudi.entitlement.actions import determine_month
from doudi.entitlement.queries import open_questions
from doudi.entitlement.rules import rules_of
from doudi.kernel.money import yuan_grouped
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries
from doudi.payments.actions import draft_run, refuse_other_run, require_drafting
from doudi.payments.turns import the_only_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.access.models import Area, Officer
    from doudi.entitlement.actions import MonthDetermined
    from doudi.payments.actions import Drafted

_TOLD = 20
"""How many open questions the terminal shows."""


@click.command(help=N_("核定一个月的应发并拟定发放批次，如 doudi run 2022-06 --area 六甲街道"))
@click.argument("month")
@click.option("--area", "place", default="", help=N_("区域的名称或代码；只在一处任职时可以不写"))
def run(*, month: str, place: str) -> None:
    """Work out the month, and what late news reaches back to; draft what is due and not paid."""
    asked, actor, at = Month(month), officer(), moment()
    area = find_area(place) if place else _own_area(actor)
    with the_only_run():
        require_drafting(area, actor=actor, at=at)
        refuse_other_run(asked, area)
        worked = determine_month(area=area, month=asked, actor=actor, at=at)
        drafted = draft_run(month=asked, area=area, actor=actor, at=at)
    _say_what_was_worked_out(worked)
    _say_what_is_open(area, asked)
    _say_what_was_drafted(drafted, asked)


def _own_area(actor: Officer) -> Area:
    """The one area that the officer works in; refuses AREA-WHICH when there are none or several."""
    areas = list(areas_of(actor, today()))
    if len(areas) != 1:
        raise Refusal("AREA-WHICH", N_("请用 --area 写明为哪个区域办理，如 --area 六甲街道"))
    return areas[0]


def _say_what_was_worked_out(worked: Sequence[MonthDetermined]) -> None:
    """A line for each month that was worked out, earlier ones named as such."""
    if not worked:
        say(N_("没有新的情况，应发没有变化"))
    for each in worked:
        message = (
            N_("回溯核定 {month}：{awards} 项待遇，{changed} 项应发有变化，{undetermined} 项待定")
            if each.reworked
            else N_("核定 {month}：{awards} 项待遇，{changed} 项应发有变化，{undetermined} 项待定")
        )
        say(
            message,
            month=each.month,
            awards=each.awards,
            changed=each.changed,
            undetermined=each.undetermined,
        )


def _say_what_is_open(area: Area, month: Month) -> None:
    """The months of awards that can't be determined yet, and what is missing for them."""
    questions = open_questions(area).filter(month__lte=month)
    if not questions:
        return
    rules = rules_of(area)
    for question in questions[:_TOLD]:
        say(
            N_("待定 {award} {month}：缺 {missing}"),
            award=question.award.number,
            month=question.month,
            missing=missing_in_words(question.missing, rules),
        )
    further = questions.count() - _TOLD
    if further > 0:
        say(N_("另有 {count} 项待定"), count=further)


def _say_what_was_drafted(drafted: Drafted, month: Month) -> None:
    """The run that lies open now, by programme; or that there is nothing to pay."""
    if drafted.run is None:
        say(N_("{month} 及以前没有要发放的，没有拟定批次；再次运行无变化"), month=month)
    else:
        sums = queries.sums_of(drafted.run)
        say(
            N_("已拟定批次 {run}：{count} 笔，合计 {total} 元")
            if drafted.is_new
            else N_("批次 {run} 已经拟定：{count} 笔，合计 {total} 元；二次运行无变化"),
            run=drafted.run.number,
            count=f"{sums.payments:,}",
            total=yuan_grouped(sums.amount_fen),
        )
        show_shares(drafted.run)
    show_held(drafted.held)
    if drafted.run is not None and drafted.is_new:
        click.echo(translate(N_("下一步：由另一人复核（doudi payroll check）")))
