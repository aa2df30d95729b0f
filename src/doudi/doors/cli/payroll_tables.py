"""How a payroll is shown: its state, its sums, its payments one by one; as text or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from doudi.doors.cli.language import translate
from doudi.kernel.money import yuan, yuan_grouped
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme
from doudi.payments import queries
from doudi.payments.models import LineKind
from doudi.payments.words import OUTCOMES, WHY
from doudi.warehouse.forms.columns import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from doudi.payments.models import Run
    from doudi.payments.queries import OpenBalance, PaymentRecord

_PAYMENT_HEADS = (
    N_("序号"), N_("待遇"), N_("项目"), N_("户"), N_("领款人"), N_("账号"),
    N_("金额"), N_("结果"), N_("月份"), N_("性质"), N_("明细"), N_("应发记录"),
)  # fmt: skip
_PAYMENT_SIDES = (
    "right", "left", "left", "left", "left", "left",
    "right", "left", "left", "left", "right", "right",
)  # fmt: skip
_SHARE_HEADS = (N_("项目"), N_("性质"), N_("笔数"), N_("金额（元）"))
_SHARE_SIDES = ("left", "left", "right", "right")
_BALANCE_HEADS = (N_("待遇"), N_("项目"), N_("户"), N_("应发"), N_("已发"), N_("结余"), N_("说明"))
_BALANCE_SIDES = ("left", "left", "left", "right", "right", "right", "left")


def why(code: str) -> str:
    """What a code means, in the language spoken; the code itself where it is unknown."""
    return translate(WHY.get(code, code))


def show_shares(run: Run) -> None:
    """Print what a run pays by programme and kind, and what the checker should see."""
    shares = [
        (
            translate(Programme(share.programme).label),
            translate(LineKind(share.kind).label),
            f"{share.lines:,}",
            yuan_grouped(share.amount_fen),
        )
        for share in queries.shares_of(run)
    ]
    _show_table(_SHARE_HEADS, shares, _SHARE_SIDES)
    for code, count in queries.remarks_on(run):
        click.echo(
            translate(N_("提示 {code}：{count} 笔，{why}")).format(
                code=code, count=count, why=why(code)
            )
        )


def show_held(held: Iterable[tuple[str, str, int]]) -> None:
    """Print what a run could not pay: award, reason and fen of each."""
    for award, code, fen in held:
        click.echo(
            translate(N_("暂缓 {award}：{amount} 元，{code} {why}")).format(
                award=award, amount=yuan_grouped(fen), code=code, why=why(code)
            )
        )


def show_records(records: Sequence[PaymentRecord]) -> None:
    """Print every payment with its lines; a payment's own cells stand beside its first line."""
    rows = []
    for record in records:
        own = [
            str(record.number),
            record.award,
            translate(Programme(record.programme).label),
            record.household,
            record.name,
            record.account[-4:].rjust(8, "*"),
            yuan_grouped(record.amount_fen),
            translate(OUTCOMES[record.outcome]),
        ]
        for line in record.lines:
            kind = translate(LineKind(line.kind).label)
            due = "" if line.due is None else str(line.due)
            rows.append([*own, line.month, kind, yuan_grouped(line.amount_fen), due])
            own = [""] * len(own)
    _show_table(_PAYMENT_HEADS, rows, _PAYMENT_SIDES)


def show_balances(balances: Sequence[OpenBalance]) -> None:
    """Print the awards whose due and paid differ, and what they come to on either side."""
    rows = [
        (
            each.award,
            translate(Programme(each.programme).label),
            each.household,
            yuan_grouped(each.due_fen),
            yuan_grouped(each.paid_fen),
            yuan_grouped(each.balance_fen),
            _said_of(each),
        )
        for each in balances
    ]
    _show_table(_BALANCE_HEADS, rows, _BALANCE_SIDES)
    lacking = sum(max(each.balance_fen, 0) for each in balances)
    overpaid = sum(max(-each.balance_fen, 0) for each in balances)
    click.echo(
        translate(N_("共 {count} 项；待发 {lacking} 元，待追缴 {overpaid} 元")).format(
            count=len(balances), lacking=yuan_grouped(lacking), overpaid=yuan_grouped(overpaid)
        )
    )


def run_as_json(run: Run, *, with_records: bool) -> dict[str, Any]:
    """A run as JSON, money in fen; masked as the text is."""
    sums, returned = queries.sums_of(run), queries.sums_returned(run)
    shown: dict[str, Any] = {
        "run": run.number,
        "month": run.month,
        "area": run.area.code,
        "stage": str(queries.stage_of(run)),
        "payments": sums.payments,
        "total_fen": sums.amount_fen,
        "returned": {"payments": returned.payments, "total_fen": returned.amount_fen},
        "content_hash": run.content_hash or None,
        "lines": [
            {"programme": s.programme, "kind": s.kind, "lines": s.lines, "total_fen": s.amount_fen}
            for s in queries.shares_of(run)
        ],
        "held": [
            {"award": each.award.number, "reason": each.reason, "amount_fen": each.amount_fen}
            for each in queries.held_in(run)
        ],
    }
    if with_records:
        shown["records"] = [_record_as_json(record) for record in queries.records_of(run)]
    return shown


def balance_as_json(each: OpenBalance) -> dict[str, Any]:
    """A balance as JSON, money in fen."""
    return {
        "award": each.award,
        "programme": each.programme,
        "household": each.household,
        "due_fen": each.due_fen,
        "paid_fen": each.paid_fen,
        "balance_fen": each.balance_fen,
        "held": each.held or None,
    }


def _record_as_json(record: PaymentRecord) -> dict[str, Any]:
    return {
        "number": record.number,
        "award": record.award,
        "programme": record.programme,
        "household": record.household,
        "name": record.name,
        "account": record.account,
        "amount_fen": record.amount_fen,
        "amount": yuan(record.amount_fen),
        "outcome": record.outcome,
        "remarks": list(record.remarks),
        "lines": [
            {
                "month": line.month,
                "kind": line.kind,
                "amount_fen": line.amount_fen,
                "due": line.due,
            }
            for line in record.lines
        ],
    }


def _said_of(each: OpenBalance) -> str:
    """What is to be done about a balance."""
    if each.balance_fen < 0:
        return translate(N_("待追缴：从以后的发放中扣回"))
    return why(each.held) if each.held else translate(N_("待发：下一批次发放"))


def _show_table(heads: Sequence[str], rows: Sequence[Sequence[str]], sides: Sequence[Any]) -> None:
    """Print a table under its heads; nothing where there is nothing."""
    if rows:
        for line in aligned([[translate(head) for head in heads], *rows], sides):
            click.echo(line)
