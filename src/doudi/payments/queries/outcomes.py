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
    from datetime import datetime


def returned(known_at: datetime | None = None) -> QuerySet[Answer]:
    """The answers by which payments came back (退回), by the files taken in by a moment or now."""
    return _told(Outcome.RETURNED, known_at).filter(~Exists(_success_since(known_at)))


def contradicted() -> QuerySet[Answer]:
    """The answers by which payments came back and yet arrived (回盘矛盾)."""
    return _told(Outcome.RETURNED, None).filter(Exists(_success_since(None)))


def came_back(payment: str, known_at: datetime | None = None) -> Q:
    """That a payment came back, as known at a moment or now; `payment` is the path to it."""
    return Q(**{f"{payment}__in": returned(known_at).values("payment")})


def accounts_returned_from() -> set[str]:
    """The keyed indexes of the accounts from which money has come back."""
    return set(returned().values_list("payment__account__number_index", flat=True))


def unsettled(run: Run) -> QuerySet[Payment]:
    """The payments of a run that are neither confirmed nor returned."""
    return unsettled_among([run]).order_by("number")


def unsettled_among(runs: Sequence[Run]) -> QuerySet[Payment]:
    """The payments of these runs that are neither confirmed nor returned."""
    silent = ~Exists(Answer.objects.filter(payment=OuterRef("pk")))
    disputed = Q(pk__in=contradicted().values("payment"))
    return Payment.objects.filter(silent | disputed, run__in=runs)


def _told(outcome: Outcome, known_at: datetime | None) -> QuerySet[Answer]:
    """The answers of one kind in the files taken in by a moment; None is now."""
    told = Answer.objects.filter(outcome=str(outcome))
    return told if known_at is None else told.filter(file__taken_at__lte=known_at)


def _success_since(known_at: datetime | None) -> QuerySet[Answer]:
    """A success of the same payment, reported for the day of the return or a later one."""
    return _told(Outcome.PAID, known_at).filter(
        payment=OuterRef("payment"),
        file__bank_day__gte=OuterRef("file__bank_day"),
    )
