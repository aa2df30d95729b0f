"""`doudi explain`: how a due amount came about, in plain Chinese or English."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from django.utils.timezone import localtime

from doudi.doors.cli.context import officer_if_any, say
from doudi.doors.cli.language import spoken, translate
from doudi.entitlement.explaining import DueExplained, explain_due
from doudi.entitlement.words import PARTS
from doudi.entitlement.worked import Reason
from doudi.kernel.money import yuan
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.entitlement.explaining import Behind

_NEXT = {
    Reason.ENDED: N_("该待遇已按决定停发，这个月起没有应发"),
    Reason.TAPERS: N_("就业后的渐退期内，按渐退前最后一个月的金额继续发放"),
}


@click.command(help=N_("说明一笔应发金额是怎么来的；编号见 doudi report --records"))
@click.argument("due", type=click.IntRange(1, 2**63 - 1))
@click.option("--json", "as_json", is_flag=True, help=N_("以 JSON 输出"))
def explain(*, due: int, as_json: bool) -> None:
    """Explain one due row, by its number."""
    explained = explain_due(due, officer=officer_if_any())
    if as_json:
        click.echo(json.dumps(_as_data(explained), ensure_ascii=False, indent=2))
        return
    _say_head(explained)
    click.echo(explained.explanation.text(spoken(), explained.names))
    _say_sources(explained)


def _say_head(explained: DueExplained) -> None:
    """Whose, for which month, how much, of which parts, and as known when."""
    row = explained.due
    say(
        N_("应发 {number}：待遇 {award}（{programme}），户 {household}，{month}，{amount} 元"),
        number=row.pk,
        award=row.award.number,
        programme=translate(Programme(row.award.programme).label),
        household=explained.household,
        month=row.month,
        amount=yuan(row.amount_fen),
    )
    for kind, fen in explained.parts:
        say(N_("  其中 {part}：{amount} 元"), part=translate(PARTS[kind]), amount=yuan(fen))
    say(
        N_("按 {at} 所知核定；原因：{reason}"),
        at=_shown(row.determined_at),
        reason=translate(explained.reason.label),
    )
    if explained.reason in _NEXT:
        say(_NEXT[explained.reason])
    if row.superseded_at:
        say(N_("此后已于 {at} 重新核定，这一行不再有效"), at=_shown(row.superseded_at))
    if not explained.same_rules:
        say(N_("核定以后政策参数有更新：以下按现在的参数说明，金额以当时核定为准"))


def _shown(at: datetime) -> str:
    """A moment in Beijing's time."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _say_sources(explained: DueExplained) -> None:
    """Where each fact comes from: since when, from what source, recorded by whom and when."""
    if not explained.behind:
        return
    say(N_("情况的来源："))
    for place, behind in enumerate(explained.behind, start=1):
        source = behind.source
        say(
            N_("  {place}. {who}{kind}：{first} 至 {last}；来源：{source}；{at} 由{by}登记"),
            place=place,
            who=translate(N_("成员“{name}”的")).format(name=behind.who) if behind.who else "",
            kind=translate(source.label),
            first=source.valid_from,
            last=source.valid_to or translate(N_("今")),
            source=source.source,
            at=f"{localtime(source.recorded_at):%Y-%m-%d}",
            by=source.recorded_by,
        )


def _as_data(explained: DueExplained) -> dict[str, object]:
    """The same as plain data; amounts in yuan."""
    row = explained.due
    return {
        "due": row.pk,
        "award": row.award.number,
        "programme": row.award.programme,
        "household": explained.household,
        "month": row.month,
        "amount": yuan(row.amount_fen),
        "parts": {kind: yuan(fen) for kind, fen in explained.parts},
        "reason": str(explained.reason),
        "determined_at": localtime(row.determined_at).isoformat(),
        "standing": row.superseded_at is None,
        "same_rules": explained.same_rules,
        "explanation": explained.explanation.as_dict(spoken(), explained.names),
        "sources": [_source_data(behind) for behind in explained.behind],
    }


def _source_data(behind: Behind) -> dict[str, object]:
    """A record behind a fact."""
    source = behind.source
    return {
        "of": behind.who,
        "kind": ".".join((source.kind, *source.words)),
        "from": source.valid_from.isoformat(),
        "to": source.valid_to.isoformat() if source.valid_to else None,
        "source": source.source,
        "recorded_at": localtime(source.recorded_at).isoformat(),
        "recorded_by": source.recorded_by,
    }
