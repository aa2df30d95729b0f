"""What went to the bank and what came back: exports, return files, answers, lines in suspense."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word
from doudi.payments.guards import append_only

_HASH_LENGTH = 64


class Outcome(Word):
    """What the bank says became of a payment (回盘结果)."""

    PAID = "paid", N_("成功")
    RETURNED = "returned", N_("退回")


class Export(models.Model):
    """One handing out of a run's bank file (导出): who took it, when, and the file's SHA-256."""

    GUARDS = append_only("payments_export")

    run = models.ForeignKey("payments.Run", on_delete=models.PROTECT, related_name="exports")
    digest = models.CharField(max_length=_HASH_LENGTH)
    exported_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    exported_at = models.DateTimeField()

    def __str__(self) -> str:
        """Run and moment."""
        return f"{self.run_id} {self.exported_at:%Y-%m-%d}"


class ReturnFile(models.Model):
    """A file that came back from the bank (回盘文件), known again by its SHA-256.

    `bank_day` is the day that the bank says the outcomes are of.
    """

    GUARDS = append_only("payments_returnfile")

    digest = models.CharField(max_length=_HASH_LENGTH, unique=True)
    name = models.CharField(max_length=120)
    run = models.ForeignKey("payments.Run", on_delete=models.PROTECT, related_name="return_files")
    bank_day = models.DateField()
    lines = models.IntegerField()
    taken_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        """The head of its digest."""
        return self.digest[:16]


class Answer(models.Model):
    """What one line of a return file says of one payment (回盘明细).

    Every line is kept, repeated ones too: what became of a payment is read from all of them
    together (`queries.outcomes`), so it can't depend on the order in which files come in.
    """

    GUARDS = append_only("payments_answer")

    file = models.ForeignKey(
        "payments.ReturnFile", on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    row = models.IntegerField()
    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="answers"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices())
    code = models.CharField(max_length=8)
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        """A row of a file answers once; returns, which are few, are found by an index."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["file", "row"], name="answer_row_once_a_file")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["payment"],
                condition=Q(outcome=str(Outcome.RETURNED)),
                name="answer_returned",
            )
        ]

    def __str__(self) -> str:
        """Payment and outcome."""
        return f"{self.payment_id} {self.outcome}"


class Suspense(models.Model):
    """A line of a return file that fits no payment (挂账): kept, masked, with the reason's code."""

    GUARDS = append_only("payments_suspense")

    file = models.ForeignKey(
        "payments.ReturnFile", on_delete=models.PROTECT, related_name="suspense", db_index=False
    )
    row = models.IntegerField()
    reason = models.CharField(max_length=20)
    masked = models.CharField(max_length=200)

    class Meta:
        """A row of a file is put here once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["file", "row"], name="suspense_row_once_a_file")
        ]

    def __str__(self) -> str:
        """File, row and reason."""
        return f"{self.file_id}:{self.row} {self.reason}"
