"""Runs (发放批次) and what they pay: a payment an award, a line a month."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doudi.kernel.money import MAX_FEN
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word
from doudi.payments.guards import of_parts, of_run

_STEPS = ("drafted", "checked", "approved", "sealed")
_HASH_LENGTH = 64


class Stage(Word):
    """How far a run has come (批次状态)."""

    DRAFTED = "drafted", N_("已拟定")
    CHECKED = "checked", N_("已复核")
    APPROVED = "approved", N_("已批准")
    SEALED = "sealed", N_("已封存")
    EXPORTED = "exported", N_("已导出")
    SETTLED = "settled", N_("已结清")
    CANCELLED = "cancelled", N_("已作废")


class LineKind(Word):
    """What a line is (明细性质): the run's own month, an earlier one, or money taken back."""

    REGULAR = "regular", N_("当月")
    ARREARS = "arrears", N_("补发")
    RECOVERY = "recovery", N_("追缴")


def _taken_by_somebody(step: str) -> models.CheckConstraint:
    """A step has an officer exactly when it has a moment."""
    return models.CheckConstraint(
        condition=Q(**{f"{step}_at": None, f"{step}_by": None})
        | Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}),
        name=f"run_{step}_by_somebody",
    )


def _two_officers(first: str, second: str) -> models.CheckConstraint:
    """Two steps are two people's: whoever takes one may not take the other."""
    return models.CheckConstraint(
        condition=Q(**{f"{second}_by": None}) | ~Q(**{f"{second}_by": F(f"{first}_by")}),
        name=f"run_{second}_not_by_who_{first}",
    )


def _in_order(first: str, second: str) -> models.CheckConstraint:
    """No step before the one ahead of it."""
    return models.CheckConstraint(
        condition=Q(**{f"{second}_at": None}) | Q(**{f"{first}_at__isnull": False}),
        name=f"run_{second}_after_{first}",
    )


class Run(models.Model):
    """One payroll (发放批次) of an area: all that is due through a month and not paid yet.

    Four people make it: who drafts, checks, approves and seals are four. Once sealed or
    cancelled nothing in it changes (triggers). `desk` is the one place where a run lies open.
    """

    GUARDS = of_run()

    number = models.CharField(max_length=12, unique=True)
    month = models.CharField(max_length=7)
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+")
    desk = models.SmallIntegerField(default=1)
    drafted_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sealed_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=_HASH_LENGTH, blank=True)
    cancelled_by = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=200, blank=True)

    class Meta:
        """One open run; four officers; every step in its turn; a seal has its hash."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(desk=1), name="run_one_desk"),
            models.UniqueConstraint(
                fields=["desk"],
                condition=Q(sealed_at=None, cancelled_at=None),
                name="run_open_once",
            ),
            *(_two_officers(first, second) for first, second in combinations(_STEPS, 2)),
            *(_taken_by_somebody(step) for step in (*_STEPS[1:], "cancelled")),
            *(_in_order(first, second) for first, second in pairwise(_STEPS[1:])),
            models.CheckConstraint(
                condition=Q(sealed_at=None, content_hash="")
                | (Q(sealed_at__isnull=False) & ~Q(content_hash="")),
                name="run_sealed_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_why="")
                | (Q(cancelled_at__isnull=False, sealed_at=None) & ~Q(cancelled_why="")),
                name="run_cancelled_with_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["month"], name="run_by_month")
        ]

    def __str__(self) -> str:
        """Its number."""
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it is neither sealed nor cancelled."""
        return self.sealed_at is None and self.cancelled_at is None

    @property
    def step(self) -> Stage:
        """The last step taken in the office; what the bank did is in `queries.stage_of`."""
        if self.cancelled_at is not None:
            return Stage.CANCELLED
        if self.sealed_at is not None:
            return Stage.SEALED
        if self.approved_at is not None:
            return Stage.APPROVED
        return Stage.DRAFTED if self.checked_at is None else Stage.CHECKED


class Payment(models.Model):
    """What one award is paid in a run (发放明细), in fen, and the account it goes to.

    Bank, holder and number are copied as they stood at the draft; the number stays sealed for
    the account's own row. `number` counts within the run and is what the bank answers to.
    """

    GUARDS = of_parts("payments_payment", run="run_id")

    run = models.ForeignKey(
        "payments.Run", on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    number = models.IntegerField()
    award = models.ForeignKey("entitlement.Award", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        "registry.Account", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account_sealed = models.CharField(max_length=200)
    bank = models.CharField(max_length=60)
    holder_name = models.CharField(max_length=60)
    amount_fen = models.BigIntegerField()

    class Meta:
        """One payment an award in a run; always more than nothing."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "award"], name="payment_award_once_a_run"),
            models.UniqueConstraint(fields=["run", "number"], name="payment_number_once_a_run"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN, number__gte=1),
                name="payment_amount_bounded",
            ),
        ]

    def __str__(self) -> str:
        """Its key: no name, no account."""
        return f"payment {self.pk}"


class Line(models.Model):
    """What a payment holds for one month (明细行), in fen: below zero where money is taken back."""

    GUARDS = of_parts("payments_line", payment="payment_id")

    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    month = models.CharField(max_length=7)
    amount_fen = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=LineKind.choices())

    class Meta:
        """One line a month; a recovery, and nothing else, is below zero."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["payment", "month"], name="line_month_once_a_payment"),
            models.CheckConstraint(
                condition=Q(kind=str(LineKind.RECOVERY), amount_fen__lt=0)
                | (~Q(kind=str(LineKind.RECOVERY)) & Q(amount_fen__gt=0)),
                name="line_sign_by_kind",
            ),
        ]

    def __str__(self) -> str:
        """Its payment and month."""
        return f"{self.payment_id} {self.month}"


class Held(models.Model):
    """What a run could not pay to an award (暂缓发放), in fen, and why, by a stable code.

    It stays due: the next run finds it again.
    """

    GUARDS = of_parts("payments_held", run="run_id")

    run = models.ForeignKey(
        "payments.Run", on_delete=models.PROTECT, related_name="held", db_index=False
    )
    award = models.ForeignKey("entitlement.Award", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20)
    amount_fen = models.BigIntegerField()

    class Meta:
        """Once an award; always more than nothing."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "award"], name="held_award_once_a_run"),
            models.CheckConstraint(condition=Q(amount_fen__gte=1), name="held_something"),
        ]

    def __str__(self) -> str:
        """Award and reason."""
        return f"{self.award_id} {self.reason}"


class Remark(models.Model):
    """What whoever checks a run should look at in a payment (复核提示), by a stable code."""

    GUARDS = of_parts("payments_remark", payment="payment_id")

    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="remarks", db_index=False
    )
    code = models.CharField(max_length=20)

    class Meta:
        """Each remark once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["payment", "code"], name="remark_once_a_payment")
        ]

    def __str__(self) -> str:
        """Its payment and code."""
        return f"{self.payment_id} {self.code}"
