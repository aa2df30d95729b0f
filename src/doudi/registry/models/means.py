"""What people live on: income, what is taken off it, property, benefits from elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.money import MAX_FEN
from doudi.kernel.vocabulary import DeductionKind, IncomeKind, OtherBenefitKind
from doudi.registry.models.clocks import Circumstance, believed_once


def bounded(model: str, column: str) -> models.CheckConstraint:
    """An amount is neither negative nor absurd."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__gte": 0, f"{column}__lte": MAX_FEN}),
        name=f"{model}_{column}_bounded",
    )


class Income(Circumstance):
    """Income of one kind (收入), in fen over `months` months: 1, or 12 for a year's sum."""

    KEY = ("person_id", "kind")
    VALUES = ("amount_fen", "months")

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="incomes")
    kind = models.CharField(max_length=30, choices=IncomeKind.choices())
    amount_fen = models.BigIntegerField()
    months = models.SmallIntegerField(default=1, choices=[(1, "月"), (12, "年")])

    class Meta(Circumstance.Meta):
        """One amount of a kind at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("income", "person", "kind"),
            bounded("income", "amount_fen"),
            models.CheckConstraint(condition=Q(months__in=[1, 12]), name="income_months_known"),
        ]


class Deduction(Circumstance):
    """What is taken off before income counts (扣减), in fen a month."""

    KEY = ("person_id", "kind")
    VALUES = ("amount_fen",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="deductions"
    )
    kind = models.CharField(max_length=30, choices=DeductionKind.choices())
    amount_fen = models.BigIntegerField()

    class Meta(Circumstance.Meta):
        """One amount of a kind at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("deduction", "person", "kind"),
            bounded("deduction", "amount_fen"),
        ]


class Property(Circumstance):
    """What a household owns (财产); no row means: within the limits, seen by an officer."""

    KEY = ("household_id",)
    VALUES = ("financial_fen", "dwellings", "vehicles", "business")

    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="properties"
    )
    financial_fen = models.BigIntegerField()
    dwellings = models.SmallIntegerField()
    vehicles = models.SmallIntegerField()
    business = models.BooleanField(default=False)

    class Meta(Circumstance.Meta):
        """One statement at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("property", "household"),
            bounded("property", "financial_fen"),
            models.CheckConstraint(
                condition=Q(dwellings__gte=0, vehicles__gte=0), name="property_counts_positive"
            ),
        ]


class OtherBenefit(Circumstance):
    """A benefit received from elsewhere (其他待遇), in fen a month."""

    KEY = ("person_id", "kind")
    VALUES = ("amount_fen",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="other_benefits"
    )
    kind = models.CharField(max_length=30, choices=OtherBenefitKind.choices())
    amount_fen = models.BigIntegerField()

    class Meta(Circumstance.Meta):
        """One amount of a kind at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("other_benefit", "person", "kind"),
            bounded("other_benefit", "amount_fen"),
        ]
