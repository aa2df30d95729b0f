"""A run payment by payment, and balances award by award, as they may be shown: masked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.bulk import only
from doudi.entitlement import queries as entitlement
from doudi.kernel.bank_accounts import masked_account
from doudi.kernel.names import masked_name
from doudi.payments.models import Answer, Held, Outcome, Payment, Run, Suspense
from doudi.payments.queries.contents import contents_of
from doudi.payments.queries.differences import balances
from doudi.payments.queries.outcomes import contradicted, returned
from doudi.payments.queries.runs import lines_with_dues
from doudi.registry.queries.homes import living_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from doudi.access.models import Area

CONFIRMED, CAME_BACK, CONTRADICTED, UNANSWERED = "confirmed", "returned", "contradicted", "open"


@dataclass(frozen=True, slots=True)
class LineRecord:
    """A line: its month, kind and fen, and the number of the due row that explains it."""

    month: str
    kind: str
    amount_fen: int
    due: int | None


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """A payment as it may be shown, and what became of it at the bank."""

    number: int
    award: str
    programme: str
    household: str
    name: str
    account: str
    amount_fen: int
    outcome: str
    remarks: tuple[str, ...]
    lines: tuple[LineRecord, ...]


@dataclass(frozen=True, slots=True)
class OpenBalance:
    """An award whose due and paid differ; `held` is why it could not be paid in the last run."""

    award: str
    programme: str
    household: str
    due_fen: int
    paid_fen: int
    held: str

    @property
    def balance_fen(self) -> int:
        """Due minus paid; below zero is to be recovered."""
        return self.due_fen - self.paid_fen


def records_of(run: Run) -> list[PaymentRecord]:
    """Every payment of a run with its lines, by number; a fixed number of statements."""
    accounts = {item.number: masked_account(item.account) for item in contents_of(run).items}
    lines, outcomes = _lines_of(run), _outcomes_of(run)
    payments = (
        Payment.objects.filter(run=run)
        .select_related("award", "award__household", "payee")
        .prefetch_related("remarks")
    )
    return [
        PaymentRecord(
            number=payment.number,
            award=payment.award.number,
            programme=payment.award.programme,
            household=payment.award.household.number,
            name=masked_name(payment.payee.name),
            account=accounts[payment.number],
            amount_fen=payment.amount_fen,
            outcome=outcomes.get(payment.pk, UNANSWERED),
            remarks=tuple(sorted(remark.code for remark in payment.remarks.all())),
            lines=tuple(lines[payment.pk]),
        )
        for payment in payments.order_by("number")
    ]


def open_balances(area: Area | None, *, at: datetime) -> list[OpenBalance]:
    """The awards, of an area or all, whose due and paid differ; by number."""
    found = {each.award: each for each in balances()}
    rows = (
        only(entitlement.due_table(), "award", list(found))
        .order_by("award__number")
        .values_list(
            "award_id",
            "award__number",
            "award__programme",
            "award__household__number",
            "award__household_id",
        )
        .distinct()
    )
    known = list(rows)
    if area is not None:
        here = living_in(area, {row[4] for row in known}, on=localdate(at), known_at=at)
        known = [row for row in known if row[4] in here]
    held = dict(
        only(Held.objects.all(), "award", list(found))
        .order_by("pk")
        .values_list("award_id", "reason")
    )
    return [
        OpenBalance(
            number,
            programme,
            household,
            found[award].due_fen,
            found[award].paid_fen,
            held.get(award, "") if found[award].balance_fen > 0 else "",
        )
        for award, number, programme, household, _ in known
    ]


def suspense_of(run: Run) -> QuerySet[Suspense]:
    """The lines of a run's return files that fit no payment (挂账)."""
    return Suspense.objects.filter(file__run=run).select_related("file").order_by("file", "row")


def _lines_of(run: Run) -> dict[int, list[LineRecord]]:
    """The lines of each payment, with the due rows that now stand for them."""
    rows = lines_with_dues().filter(payment__run=run)
    lines: dict[int, list[LineRecord]] = defaultdict(list)
    for payment, month, kind, amount, number in rows.values_list(
        "payment_id", "month", "kind", "amount_fen", "due"
    ):
        lines[payment].append(LineRecord(month, kind, amount, number))
    return lines


def _outcomes_of(run: Run) -> dict[int, str]:
    """What became of each payment that the bank has answered for."""
    told = Answer.objects.filter(payment__run=run, outcome=str(Outcome.PAID))
    outcomes = dict.fromkeys(told.values_list("payment_id", flat=True), CONFIRMED)
    for answers, outcome in ((returned(), CAME_BACK), (contradicted(), CONTRADICTED)):
        ours = answers.filter(payment__run=run).values_list("payment_id", flat=True)
        outcomes.update(dict.fromkeys(ours, outcome))
    return outcomes
