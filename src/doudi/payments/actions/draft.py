"""Drafting a run (拟定批次): what is due through a month and not paid yet, as payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.timezone import localdate

from doudi.access.bulk import Same, insert_columns
from doudi.access.bulk_reads import read_columns
from doudi.access.journal import deed
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries
from doudi.payments.actions.rights import require_one_of
from doudi.payments.models import Held, Line, Payment, Remark, Run
from doudi.payments.plan import Plan, plan
from doudi.payments.roles import DRAFTING
from doudi.payments.turns import take_turn

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Area, Officer


@dataclass(frozen=True, slots=True)
class Drafted:
    """What drafting came to: the run that now lies open, if any, and whether it is new.

    Without a run nothing was to be paid; `held` tells what could not be, and why.
    """

    run: Run | None
    is_new: bool
    held: Sequence[tuple[str, str, int]]


def draft_run(*, month: Month, area: Area, actor: Officer, at: datetime) -> Drafted:
    """Draft the run of a month for an area: due minus paid, all months up to this one.

    Drafted again while the same draft lies open, it changes nothing. Refuses NOT-ALLOWED;
    RUN-FUTURE for a month not begun; RUN-OPEN while another run, or a draft that would now come
    out differently, lies open. With nothing to pay there is no run.
    """
    with deed(actor=actor, act="draft_run", why=f"拟定 {month} 发放批次", at=at):
        take_turn()
        require_drafting(area, actor=actor, at=at)
        if month > Month.of(localdate(at)):
            raise Refusal(
                "RUN-FUTURE", N_("{month} 还没有到，只能拟定本月或以前月份的批次"), month=month
            )
        lying = refuse_other_run(month, area)
        planned = plan(month=month, area=area, at=at)
        held = [(each.recipient.number, each.reason, each.amount_fen) for each in planned.held]
        if lying is not None:
            _refuse_if_changed(lying, planned)
            return Drafted(lying, is_new=False, held=held)
        if not planned.payments:
            return Drafted(None, is_new=False, held=held)
        run = Run.objects.create(
            number=f"{month}-{queries.runs_of_month(month) + 1}",
            month=month,
            area=area,
            drafted_by=actor,
            drafted_at=at,
        )
        _write(run, planned)
    return Drafted(run, is_new=True, held=held)


def require_drafting(area: Area, *, actor: Officer, at: datetime) -> None:
    """Refuse NOT-ALLOWED whoever may not draft a run of the area."""
    require_one_of(DRAFTING, actor=actor, area=area, at=at)


def refuse_other_run(month: Month, area: Area) -> Run | None:
    """The open run of this month and area, if there is one; refuses RUN-OPEN for any other."""
    lying = queries.open_run()
    if lying is not None and (lying.month, lying.area_id) != (str(month), area.pk):
        raise Refusal(
            "RUN-OPEN",
            N_("批次 {run}（{area}）还没有封存或作废，同时只能有一个；请先办完它"),
            run=lying.number,
            area=lying.area.name,
        )
    return lying


def _refuse_if_changed(run: Run, planned: Plan) -> None:
    """Refuse RUN-OPEN when an open draft isn't what would be drafted now."""
    if _payments_of(run) != _payments_planned(planned) or not _are_the_lines(run, planned):
        raise Refusal(
            "RUN-OPEN",
            N_(
                "批次 {run} 拟定以后应发或账户有变化；请先作废它（doudi payroll cancel {run}），"
                "再重新拟定"
            ),
            run=run.number,
        )


def _payments_of(run: Run) -> list[tuple[int, int, int]]:
    rows = Payment.objects.filter(run=run).order_by("number")
    return list(rows.values_list("award_id", "account_id", "amount_fen"))


def _payments_planned(planned: Plan) -> list[tuple[int, int, int]]:
    return [(each.recipient.award, each.into.account, each.amount_fen) for each in planned.payments]


def _are_the_lines(run: Run, planned: Plan) -> bool:
    """Whether the lines of a run are those planned, to the month and the fen."""
    award, month, amount = read_columns(
        ['p."award_id"', "CAST(replace(l.\"month\", '-', '') AS integer)", 'l."amount_fen"'],
        'FROM payments_line l JOIN payments_payment p ON p."id" = l."payment_id"'
        ' WHERE p."run_id" = %s',
        [run.pk],
    )
    order = np.lexsort((month, award))
    lines = planned.lines  # sorted by award and month
    written = np.char.replace(lines.month, "-", "").astype(np.int64)
    return all(
        np.array_equal(here[order], there)
        for here, there in ((award, lines.award), (month, written), (amount, lines.amount))
    )


def _write(run: Run, planned: Plan) -> None:
    """Write payments, lines, remarks and what is held: a statement each, however many rows."""
    payments = planned.payments
    insert_columns(
        Payment,
        {
            "run": Same(run.pk),
            "number": range(1, len(payments) + 1),
            "award": [each.recipient.award for each in payments],
            "payee": [each.recipient.payee for each in payments],
            "account": [each.into.account for each in payments],
            "account_sealed": [each.into.number_sealed for each in payments],
            "bank": [each.into.bank for each in payments],
            "holder_name": [each.into.holder for each in payments],
            "amount_fen": [each.amount_fen for each in payments],
        },
    )
    number, award = read_columns(
        ['"id"', '"award_id"'], 'FROM payments_payment WHERE "run_id" = %s', [run.pk]
    )
    ids = dict(zip(award.tolist(), number.tolist(), strict=True))
    order = np.argsort(award)
    lines = planned.lines
    of_line = number[order[np.searchsorted(award, lines.award, sorter=order)]]
    sorted_lines = np.argsort(of_line, kind="stable")  # as the table's index is sorted
    insert_columns(
        Line,
        {
            "payment": of_line[sorted_lines],
            "month": lines.month[sorted_lines].tolist(),
            "amount_fen": lines.amount[sorted_lines],
            "kind": lines.kind[sorted_lines].tolist(),
        },
    )
    remarks = [(ids[each.recipient.award], code) for each in payments for code in each.remarks]
    insert_columns(
        Remark,
        {"payment": [payment for payment, _ in remarks], "code": [code for _, code in remarks]},
    )
    insert_columns(
        Held,
        {
            "run": Same(run.pk),
            "award": [each.recipient.award for each in planned.held],
            "reason": [each.reason for each in planned.held],
            "amount_fen": [each.amount_fen for each in planned.held],
        },
    )
