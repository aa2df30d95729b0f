"""What became of payments at the bank: read from all return files together, in no order.

A payment came back when some file says so on a day that no file reporting success equals or
follows. Success first and a return later is the ordinary case of a closed account; a success of
the same day or later contradicts the return, and then the money counts as paid until somebody
has asked the bank: to pay again by mistake is the worse error of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from doudi.payments.models import Answer, Outcome, Payment, Run

if TYPE_CHECKING:
    from collections.abc import Sequence


def returned() -> QuerySet[Answer]:
    """The answers by which payments came back (退回)."""
    return _returns().filter(~Exists(_success_since()))


def contradicted() -> QuerySet[Answer]:
    """The answers by which payments came back and yet arrived (回盘矛盾)."""
    return _returns().filter(Exists(_success_since()))


def came_back(payment: str) -> Q:
    """That a payment came back; `payment` is the path to it."""
    return Q(**{f"{payment}__in": returned().values("payment")})


def accounts_returned_from(accounts: Sequence[int]) -> set[int]:
    """Those of these accounts from which money has come back."""
    rows = returned().filter(payment__account__in=list(accounts))
    return set(rows.values_list("payment__account", flat=True))


def unsettled(run: Run) -> QuerySet[Payment]:
    """The payments of a run that are neither confirmed nor returned."""
    silent = ~Exists(Answer.objects.filter(payment=OuterRef("pk")))
    disputed = Q(pk__in=contradicted().values("payment"))
    return Payment.objects.filter(silent | disputed, run=run).order_by("number")


def _returns() -> QuerySet[Answer]:
    return Answer.objects.filter(outcome=str(Outcome.RETURNED))


def _success_since() -> QuerySet[Answer]:
    """A success of the same payment, reported for the day of the return or a later one."""
    return Answer.objects.filter(
        payment=OuterRef("payment"),
        outcome=str(Outcome.PAID),
        file__bank_day__gte=OuterRef("file__bank_day"),
    )
