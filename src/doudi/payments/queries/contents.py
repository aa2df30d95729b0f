"""Reads a run's contents in the clear: for the seal, the bank and the bank's answers alone."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from doudi.kernel.refusals import Refusal
from doudi.payments.contents import Contents, Item, Part, content_hash
from doudi.payments.models import Line, Payment, Run
from doudi.payments.workbook import Payee
from doudi.registry import queries as registry


def contents_of(run: Run) -> Contents:
    """Everything that a run pays, account numbers opened; two statements.

    Raises Refusal SEAL-BROKEN when a sealed number does not open.
    """
    parts: dict[int, list[Part]] = defaultdict(list)
    lines = Line.objects.filter(payment__run=run).order_by("payment__number", "month")
    for number, month, kind, amount in lines.values_list(
        "payment__number", "month", "kind", "amount_fen"
    ):
        parts[number].append(Part(month, kind, amount))
    payments = Payment.objects.filter(run=run).select_related("award", "payee", "account")
    items = [
        Item(
            number=payment.number,
            award=payment.award.number,
            programme=payment.award.programme,
            payee=payment.payee.person_number,
            account=registry.account_number(payment.account_sealed, payment.account.uid),
            bank=payment.bank,
            holder=payment.holder_name,
            amount_fen=payment.amount_fen,
            parts=tuple(parts[payment.number]),
        )
        for payment in payments.order_by("number")
    ]
    return Contents(run=run.number, month=run.month, area=run.area.code, items=items)


def is_intact(run: Run) -> bool:
    """Whether a sealed run still is what was sealed: numbers open, and the hash is the same."""
    try:
        return content_hash(contents_of(run)) == run.content_hash
    except Refusal:
        return False


def unbalanced_payments(run: Run) -> QuerySet[Payment]:
    """Payments whose amount is not the sum of their lines: there must be none."""
    return (
        Payment.objects.filter(run=run)
        .annotate(whole=Coalesce(Sum("lines__amount_fen"), 0))
        .exclude(whole=F("amount_fen"))
    )


def payees_of(run: Run) -> dict[int, Payee]:
    """Who is paid, by the payments' numbers, ID numbers masked."""
    payments = Payment.objects.filter(run=run).select_related("payee")
    return {
        payment.number: Payee(payment.payee.name, registry.masked_id(payment.payee))
        for payment in payments
    }
