"""Awards (待遇), and what each is due (应发) in each month, with its parts and its reason."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doudi.kernel.money import MAX_FEN
from doudi.kernel.vocabulary import Programme

OF_HOUSEHOLDS = (Programme.DIBAO, Programme.TEMPORARY_ASSISTANCE)
"""Programmes awarded to a whole household; all others are a person's."""
ONE_OFF = (Programme.TEMPORARY_ASSISTANCE, Programme.FUNERAL)
"""Programmes paid once: an award lasts for its first month alone."""


class Award(models.Model):
    """One amount, from month to month, by one decision (享受待遇). Never edited.

    It exists because a named organ decided it. `due_from` is the first month that this office's
    records answer for: an award older than the ledger was paid by other means before.
    """

    number = models.CharField(max_length=40, unique=True)
    programme = models.CharField(max_length=24, choices=Programme.choices())
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "registry.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    payee = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=60)
    first_month = models.CharField(max_length=7)
    due_from = models.CharField(max_length=7)
    source = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """Decided after it was asked for; a household's or a person's as the programme says."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(decided_on__gte=F("applied_on")), name="award_decided_after_applied"
            ),
            models.CheckConstraint(
                condition=Q(due_from__gte=F("first_month")), name="award_due_from_first_month"
            ),
            models.CheckConstraint(
                condition=Q(programme__in=[str(p) for p in OF_HOUSEHOLDS], person=None)
                | (~Q(programme__in=[str(p) for p in OF_HOUSEHOLDS]) & Q(person__isnull=False)),
                name="award_of_household_or_person",
            ),
        ]

    def __str__(self) -> str:
        """Its number."""
        return self.number


class Stop(models.Model):
    """The decision to stop an award (停发) after `last_month`; a new one supersedes it."""

    award = models.ForeignKey("entitlement.Award", on_delete=models.PROTECT, related_name="stops")
    last_month = models.CharField(max_length=7)
    decided_on = models.DateField()
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """One stop is in force."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(superseded_at=None), name="stop_in_force_once"
            )
        ]

    def __str__(self) -> str:
        """The award and its last month."""
        return f"{self.award_id} {self.last_month}"


class Taper(models.Model):
    """The decision to let Dibao go on for a time after a job was found (渐退期)."""

    award = models.ForeignKey("entitlement.Award", on_delete=models.PROTECT, related_name="tapers")
    from_month = models.CharField(max_length=7)
    months = models.SmallIntegerField()
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """One taper is in force, of a month at least."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(superseded_at=None), name="taper_in_force_once"
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="taper_of_a_month_at_least"),
        ]

    def __str__(self) -> str:
        """The award and its first month of taper."""
        return f"{self.award_id} {self.from_month}"


class Determination(models.Model):
    """One working-out of a month for an area (核定): what was known then, under which rules.

    `whole` tells that all awards were worked out, not only those that news reached.

    `recovery_permille` is the most that recoveries may take of a month's payment, by the policy
    in force; null where no policy is on file, and then nothing is taken.
    """

    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    known_at = models.DateTimeField()
    jurisdiction = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    whole = models.BooleanField()
    recovery_permille = models.SmallIntegerField(null=True)
    awards = models.IntegerField()
    changed = models.IntegerField()
    undetermined = models.IntegerField()
    recorded_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """Looked up by month, the latest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["month", "-known_at"], name="determination_by_month")
        ]

    def __str__(self) -> str:
        """Area and month."""
        return f"{self.area_id} {self.month}"


class ParameterSet(models.Model):
    """The parameters of a determination by their fingerprint (参数版本), kept to be compared with.

    `values` has each parameter's value in force in the month by its path: fen, ten-thousandths,
    a number, a word, a list; null where nobody has found one.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    rules_version = models.CharField(max_length=20)
    values = models.JSONField()

    def __str__(self) -> str:
        """The head of its fingerprint."""
        return self.fingerprint[:16]


class Due(models.Model):
    """What an award is due for one month, in fen (应发); restated only when it changes.

    `members` is how many persons the amount is reckoned for.
    """

    award = models.ForeignKey("entitlement.Award", on_delete=models.PROTECT, related_name="dues")
    month = models.CharField(max_length=7)
    amount_fen = models.BigIntegerField()
    members = models.SmallIntegerField()
    reason = models.CharField(max_length=40)
    determination = models.ForeignKey(
        "entitlement.Determination", on_delete=models.PROTECT, related_name="dues"
    )
    determined_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One amount stands for an award and a month; it is never negative."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["award", "month"], condition=Q(superseded_at=None), name="due_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN), name="due_amount_bounded"
            ),
        ]

    def __str__(self) -> str:
        """Award and month."""
        return f"{self.award_id} {self.month}"


class DueComponent(models.Model):
    """A part of what is due (应发构成): the gap, the supplement, base, care …; in fen."""

    due = models.ForeignKey("entitlement.Due", on_delete=models.PROTECT, related_name="components")
    kind = models.CharField(max_length=20)
    amount_fen = models.BigIntegerField()

    class Meta:
        """Each part once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["due", "kind"], name="due_component_once")
        ]

    def __str__(self) -> str:
        """The due row and the kind of part."""
        return f"{self.due_id} {self.kind}"


class OpenQuestion(models.Model):
    """A month of an award that can't be determined yet (待定), and what is missing for it.

    It touches no due row: nobody loses money because a fact is not known.
    """

    award = models.ForeignKey(
        "entitlement.Award", on_delete=models.PROTECT, related_name="open_questions"
    )
    month = models.CharField(max_length=7)
    missing = models.JSONField()
    determination = models.ForeignKey(
        "entitlement.Determination", on_delete=models.PROTECT, related_name="open_questions"
    )
    determined_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One question stands for an award and a month."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["award", "month"],
                condition=Q(superseded_at=None),
                name="open_question_stands_once",
            )
        ]

    def __str__(self) -> str:
        """Award and month."""
        return f"{self.award_id} {self.month}"
