"""The support plan of a household (一户一策): measures with owners and days, version by version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class MeasureState(Word):
    """How far a measure has come (进展)."""

    PLANNED = "planned", N_("待实施")
    UNDER_WAY = "under_way", N_("进行中")
    DONE = "done", N_("已完成")
    DROPPED = "dropped", N_("不再需要")


class SupportPlan(models.Model):
    """One version of a household's plan (帮扶计划): what is to be reached.

    A revision supersedes the version before; nothing of it is changed any more.
    """

    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="plans"
    )
    version = models.SmallIntegerField()
    goal = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One version stands; versions count from 1."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["household", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["household"], condition=Q(superseded_at=None), name="plan_stands_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="plan_version_from_one"),
        ]

    def __str__(self) -> str:
        """The household's key and the version."""
        return f"plan {self.household_id} v{self.version}"


class Measure(models.Model):
    """One measure of a plan (帮扶措施): what, by whom, until when, and what came of it.

    `origin` is the measure of the version before that it goes on from.
    """

    plan = models.ForeignKey(
        "registry.SupportPlan", on_delete=models.PROTECT, related_name="measures"
    )
    origin = models.ForeignKey(
        "registry.Measure", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.SmallIntegerField()
    what = models.CharField(max_length=200)
    owner = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=MeasureState.choices())
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        """One measure in a place; what is done has a result."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "place"], name="measure_place_once"),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(result=""), name="measure_done_with_result"
            ),
        ]

    def __str__(self) -> str:
        """Its plan and place."""
        return f"measure {self.plan_id}.{self.place}"
