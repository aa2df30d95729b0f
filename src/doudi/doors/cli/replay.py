"""`doudi replay`: a month worked out again as known then, beside what stood and was paid."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
from django.utils.timezone import localtime

from doudi.access.queries import find_area, require_sight
from doudi.doors.cli.context import moment, officer_if_any, parse_moment, say
from doudi.doors.cli.language import spoken, translate
from doudi.doors.cli.replay_words import difference_in_words, replayed_as_data
from doudi.entitlement.replay_scopes import months_determined
from doudi.entitlement.replaying import replay_month
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries as payments
from doudi.payments.queries import ExportedAgain

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.entitlement.replaying import Replayed
    from doudi.payments.models import Run

DIFFERS = 1
"""Exit status when anything differs."""
_GOOD = (ExportedAgain.SAME, ExportedAgain.NOT_EXPORTED)

Exports = list[tuple["Run", ExportedAgain]]


@click.command(help=N_("按当时所知重新核定一个月，与当时的应发和导出比较，如 doudi replay 2022-03"))
@click.argument("month", required=False, default="")
@click.option("--all", "every", is_flag=True, help=N_("所有核定过的月份"))
@click.option("--area", "place", default="", help=N_("区域的名称或代码；不写就是全部"))
@click.option("--known-at", "known", default="", help=N_("按哪个时刻所知；不写就是最后一次核定时"))
@click.option("--json", "as_json", is_flag=True, help=N_("以 JSON 输出，金额以元为单位"))
def replay(*, month: str, every: bool, place: str, known: str, as_json: bool) -> None:
    """Replay one month or all; exit status 1 when anything differs."""
    if every == bool(month):
        raise Refusal(
            "REPLAY-WHICH", N_("请写明一个月份，如 doudi replay 2022-03，或只写 --all 重放全部")
        )
    area = find_area(place) if place else None
    _require_sight(area)
    known_at = parse_moment(known) if known else None
    asked = [Month(month)] if month else months_determined(area)
    differs = False
    told: list[dict[str, object]] = []
    for each in asked:
        replayed, exports = _replay(each, area, known_at, tolerant=every)
        differs |= _is_different(replayed, exports)
        if as_json:
            told.append(_as_data(each, replayed, exports))
        else:
            _tell(each, replayed, exports)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not differs:
        say(N_("已重放 {count} 个月，没有任何差异"), count=len(asked))
    if differs:
        sys.exit(DIFFERS)


def _require_sight(area: Area | None) -> None:
    """Refuse an officer what the office does not show them; whole offices need an area named."""
    officer = officer_if_any()
    if area is not None:
        require_sight(officer, area, moment().date())
    elif officer is not None:
        raise Refusal("AREA-WHICH", N_("请用 --area 写明为哪个区域办理，如 --area 六甲街道"))


def _replay(
    month: Month, area: Area | None, known_at: datetime | None, *, tolerant: bool
) -> tuple[list[Replayed], Exports]:
    """A month replayed and its sealed runs exported again; `tolerant` of one not yet known."""
    try:
        replayed = replay_month(month, area, known_at=known_at)
    except Refusal as refusal:
        if not tolerant or refusal.code != "REPLAY-NONE":
            raise
        return [], []
    runs = payments.sealed_runs_of(month, area)
    return replayed, [(run, payments.exported_again(run)) for run in runs]


def _is_different(replayed: list[Replayed], exports: Exports) -> bool:
    """Whether anything of a month differs."""
    broken = any(again not in _GOOD for _, again in exports)
    return broken or any(each.differences for each in replayed)


def _tell(month: Month, replayed: list[Replayed], exports: Exports) -> None:
    """What a month's replay came to."""
    for each in replayed:
        _tell_one(each)
    for run, again in exports:
        say(
            N_("{month} 批次 {run}：{outcome}"),
            month=month,
            run=run.number,
            outcome=translate(again.label),
        )


def _tell_one(each: Replayed) -> None:
    """An area's month: as known when, which parameters changed, each difference."""
    say(
        N_("{month} {area}：按 {at} 所知重放 {awards} 项待遇，{count} 项有差异"),
        month=each.month,
        area=each.area,
        at=f"{localtime(each.known_at):%Y-%m-%d %H:%M}",
        awards=f"{each.awards:,}",
        count=f"{len(each.differences):,}",
    )
    for change in each.parameters:
        say(
            N_("  参数 {path}（{title}）：当时 {before}，现在 {after}"),
            path=change.parameter.path,
            title=change.parameter.title.said(spoken()),
            before=change.parameter.shown(change.before).said(spoken()),
            after=change.parameter.shown(change.after).said(spoken()),
        )
    for difference in each.differences:
        click.echo(f"  {difference_in_words(difference)}")


def _as_data(month: Month, replayed: list[Replayed], exports: Exports) -> dict[str, object]:
    """The same as plain data."""
    return {
        "month": month,
        "replayed": [replayed_as_data(each) for each in replayed],
        "exports": [{"run": run.number, "outcome": str(again)} for run, again in exports],
    }
