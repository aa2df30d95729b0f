"""`doudi screen`: who is missed, and whose award no longer holds; the rules only advise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from doudi.access.queries import find_area, require_sight
from doudi.doors.cli.context import moment, officer_if_any, say
from doudi.doors.cli.language import translate
from doudi.doors.cli.missing import missing_in_words
from doudi.entitlement.rules import rules_of
from doudi.entitlement.screening import Finding, Screened
from doudi.entitlement.screening import screen as screened_month
from doudi.kernel.money import yuan
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from doudi.policy import Rules

_PAGE = 50


@click.command(help=N_("查找应保未保的人，和不再符合条件的待遇，如 doudi screen --area 六甲街道"))
@click.option("--area", "place", required=True, help=N_("区域的名称或代码"))
@click.option("--month", "text", default="", help=N_("哪个月，如 2022-06；不写就是本月"))
@click.option("--open", "open_too", is_flag=True, help=N_("也列出缺少情况、无法判断的人"))
@click.option("--page", type=click.IntRange(1), default=1, help=N_("第几页，每页 50 条"))
@click.option("--json", "as_json", is_flag=True, help=N_("以 JSON 输出"))
def screen(*, place: str, text: str, open_too: bool, page: int, as_json: bool) -> None:
    """Screen an area for a month; lists household and person by the office's numbers."""
    at = moment()
    area = find_area(place)
    require_sight(officer_if_any(), area, at.date())
    month = Month(text) if text else Month.of(at.date())
    screening = screened_month(area, month, known_at=at, open_too=open_too)
    shown = screening.findings[(page - 1) * _PAGE : page * _PAGE]
    if as_json:
        click.echo(json.dumps([_as_data(each) for each in shown], ensure_ascii=False, indent=2))
        return
    say(
        N_("{month} {area}：查了 {count} 户"),
        month=month,
        area=area.name,
        count=f"{screening.households:,}",
    )
    for (finding, programme), count in screening.counts.items():
        say(
            N_("{finding}：{programme} {count} 项"),
            finding=translate(finding.label),
            programme=translate(programme.label),
            count=f"{count:,}",
        )
    rules = rules_of(area)
    for each in shown:
        click.echo(_line(each, rules))
    rest = len(screening.findings) - page * _PAGE
    if rest > 0:
        say(N_("还有 {count} 条，用 --page {page} 查看"), count=f"{rest:,}", page=page + 1)
    say(N_("以上只是提示：请由经办人核实后再申请、复核或停发"))


def _line(each: Screened, rules: Rules) -> str:
    """A finding in one line."""
    message = N_("{finding} {programme} 户 {household} {person} {more}")
    more = ""
    if each.finding is Finding.MISSED:
        more = translate(N_("按规则每月 {amount} 元")).format(amount=yuan(each.amount_fen))
    elif each.finding is Finding.OPEN:
        more = translate(N_("缺 {missing}")).format(missing=missing_in_words(each.missing, rules))
    return (
        translate(message)
        .format(
            finding=translate(each.finding.label),
            programme=translate(each.programme.label),
            household=each.household,
            person=each.person,
            more=more,
        )
        .rstrip()
    )


def _as_data(each: Screened) -> dict[str, object]:
    """A finding as plain data; amounts in yuan."""
    return {
        "finding": str(each.finding),
        "programme": str(each.programme),
        "household": each.household,
        "person": each.person,
        "amount": yuan(each.amount_fen),
        "missing": list(each.missing),
    }
