"""Reads of runs: which is open, how far each has come, what it holds and pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Sum

from doudi.entitlement.queries import due_table
from doudi.kernel.refusals import N_, Refusal
from doudi.payments.models import Export, Held, Line, Payment, Remark, Run, Stage
from doudi.payments.queries.outcomes import returned, unsettled, unsettled_among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.access.models import Area
    from doudi.kernel.months import Month


@dataclass(frozen=True, slots=True)
class Share:
    """What a run pays of one programme and kind of line: how many lines, and fen."""

    programme: str
    kind: str
    lines: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Sums:
    """How many payments, and what they come to in fen."""

    payments: int
    amount_fen: int


def runs(area: Area | None = None) -> QuerySet[Run]:
    """Every run, or those of an area and what lies within it; the latest first."""
    found = Run.objects.select_related("area", *_officers())
    if area is not None:
        found = found.filter(area__path__startswith=area.path)
    return found.order_by("-drafted_at", "-pk")


def run_numbered(number: str) -> Run:
    """The run with this number; refuses RUN-UNKNOWN, naming the latest ones."""
    run = runs().filter(number=number).first()
    if run is None:
        latest = "、".join(runs().values_list("number", flat=True)[:3])
        raise Refusal(
            "RUN-UNKNOWN",
            N_("没有发放批次“{number}”；最近的批次：{latest}"),
            number=number,
            latest=latest or "-",
        )
    return run


def open_run() -> Run | None:
    """The run that is neither sealed nor cancelled: there is at most one."""
    return runs().filter(sealed_at=None, cancelled_at=None).first()


def sealed_runs() -> QuerySet[Run]:
    """Every sealed run, in the order of sealing."""
    return runs().filter(sealed_at__isnull=False).order_by("sealed_at", "pk")


def runs_of_month(month: Month) -> int:
    """How many runs a month has had, cancelled ones included."""
    return Run.objects.filter(month=month).count()


def stage_of(run: Run) -> Stage:
    """How far a run has come, the bank's part included."""
    return stages_of([run])[run.pk]


def sums_of(run: Run) -> Sums:
    """The whole of a run."""
    return _sums(Payment.objects.filter(run=run))


def sums_of_each(of: Sequence[Run]) -> dict[int, Sums]:
    """The whole of each of these runs, by id; one statement."""
    rows = (
        Payment.objects.filter(run__in=of)
        .values("run_id")
        .annotate(n=Count("pk"), total=Sum("amount_fen"))
        .order_by()
    )
    found = {row["run_id"]: Sums(row["n"], int(row["total"])) for row in rows}
    return {run.pk: found.get(run.pk, Sums(0, 0)) for run in of}


def stages_of(of: Sequence[Run]) -> dict[int, Stage]:
    """How far each of these runs has come, the bank's part included, by id; two statements."""
    exported = set(Export.objects.filter(run__in=of).values_list("run_id", flat=True))
    open_ones = set(unsettled_among(of).values_list("run_id", flat=True).distinct())
    return {run.pk: _stage(run, run.pk in exported, run.pk in open_ones) for run in of}


def sums_returned(run: Run) -> Sums:
    """What of a run came back from the bank."""
    return _sums(Payment.objects.filter(run=run, pk__in=returned().values("payment")))


def sums_unsettled(run: Run) -> Sums:
    """What of a run the bank has not answered for yet, or has contradicted itself about."""
    return _sums(unsettled(run))


def shares_of(run: Run) -> list[Share]:
    """What a run pays by programme and kind of line."""
    rows = (
        Line.objects.filter(payment__run=run)
        .values(programme=F("payment__award__programme"), what=F("kind"))
        .annotate(lines=Count("pk"), total=Sum("amount_fen"))
        .order_by("programme", "what")
    )
    return [Share(r["programme"], r["what"], r["lines"], r["total"]) for r in rows]


def sums_by_month(of: QuerySet[Run], months: int) -> dict[tuple[str, str], int]:
    """Fen that the sealed of these runs pay, by month and programme, in their last months.

    Returned payments are counted: they were paid out, and came back later. Two statements.
    """
    sealed = of.filter(sealed_at__isnull=False).order_by()
    last = sorted(set(sealed.values_list("month", flat=True)))[-months:]
    rows = (
        Payment.objects.filter(run__in=sealed.filter(month__in=last))
        .values("run__month", "award__programme")
        .annotate(total=Sum("amount_fen"))
        .order_by()
    )
    return {(row["run__month"], row["award__programme"]): int(row["total"]) for row in rows}


def payments_of(run: Run, *, returned_only: bool = False) -> QuerySet[Payment]:
    """The payments of a run by number, each with its award, payee and lines.

    With `returned_only`, those that came back from the bank.
    """
    rows = Payment.objects.filter(run=run)
    if returned_only:
        rows = rows.filter(pk__in=returned().values("payment"))
    return (
        rows.select_related("award", "payee", "account")
        .prefetch_related(Prefetch("lines", queryset=lines_with_dues()), "remarks")
        .annotate(came_back=Exists(returned().filter(payment=OuterRef("pk"))))
        .order_by("number")
    )


def lines_with_dues() -> QuerySet[Any, Any]:
    """Lines by month, each with `due`: the number of the due row that stands for it, or None."""
    due = due_table().filter(award=OuterRef("payment__award"), month=OuterRef("month"))
    return Line.objects.annotate(due=Subquery(due.values("pk")[:1])).order_by("month")


def payments_of_household(household: int) -> QuerySet[Payment]:
    """The payments to a household's awards, the latest run first, each with its lines.

    Of runs that were cancelled there are none; those of an open run are not paid yet.
    """
    return _shown(Payment.objects.filter(award__household_id=household))


def payments_to_person(person: int, households: Sequence[int]) -> QuerySet[Payment]:
    """The same of the payments that a person received, for awards of these households."""
    return _shown(Payment.objects.filter(payee_id=person, award__household__in=households))


def _shown(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Payments of runs that were not cancelled, with all that a page says of each."""
    return (
        payments.filter(run__cancelled_at=None)
        .select_related("run", "award", "payee", "account")
        .prefetch_related(Prefetch("lines", queryset=lines_with_dues()))
        .annotate(came_back=Exists(returned().filter(payment=OuterRef("pk"))))
        .order_by("-run__drafted_at", "number")
    )


def held_in(run: Run) -> QuerySet[Held]:
    """What a run could not pay, by award."""
    return Held.objects.filter(run=run).select_related("award").order_by("award__number")


def remarks_on(run: Run) -> list[tuple[str, int]]:
    """How many payments of a run bear each remark."""
    counted = (
        Remark.objects.filter(payment__run=run)
        .values("code")
        .annotate(n=Count("pk"))
        .order_by("code")
    )
    return [(row["code"], row["n"]) for row in counted]


def _stage(run: Run, was_exported: bool, is_unsettled: bool) -> Stage:  # noqa: FBT001 - private
    """How far a run has come."""
    if run.step is not Stage.SEALED:
        return run.step
    if not is_unsettled:
        return Stage.SETTLED
    return Stage.EXPORTED if was_exported else Stage.SEALED


def _sums(payments: QuerySet[Payment]) -> Sums:
    whole = payments.order_by().aggregate(n=Count("pk"), total=Sum("amount_fen"))
    return Sums(whole["n"], int(whole["total"] or 0))


def _officers() -> list[str]:
    return [f"{step}_by" for step in ("drafted", "checked", "approved", "sealed", "cancelled")]
