"""What became of a child's parents, and which scheme was chosen for the child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.vocabulary import ChildScheme, DisabilityCategory, ParentSide, ParentStatus
from doudi.registry.models.clocks import Circumstance, believed_once


class Parent(Circumstance):
    """What became of one parent of a child (父母情况).

    `status_since` is the day since when, for what the law counts in months.
    """

    KEY = ("person_id", "side")
    VALUES = (
        "status",
        "status_since",
        "disability_category",
        "disability_grade",
        "serious_illness",
    )

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="parents")
    side = models.CharField(max_length=6, choices=ParentSide.choices())
    status = models.CharField(max_length=26, choices=ParentStatus.choices())
    status_since = models.DateField(null=True)
    disability_category = models.CharField(
        max_length=12, blank=True, choices=DisabilityCategory.choices()
    )
    disability_grade = models.SmallIntegerField(null=True)
    serious_illness = models.BooleanField(default=False)

    class Meta(Circumstance.Meta):
        """One statement of each parent at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("parent", "person", "side"),
            models.CheckConstraint(
                condition=Q(disability_category="", disability_grade=None)
                | (
                    ~Q(disability_category="") & Q(disability_grade__gte=1, disability_grade__lte=4)
                ),
                name="parent_disability_whole",
            ),
        ]


class ChildChoice(Circumstance):
    """The scheme that the guardian chose for a child that fits two (保障选择)."""

    KEY = ("person_id",)
    VALUES = ("scheme",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="child_choices"
    )
    scheme = models.CharField(max_length=5, choices=ChildScheme.choices())

    class Meta(Circumstance.Meta):
        """One choice at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("child_choice", "person"),
        ]
