"""Disability, care, illness: what makes a person need more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.vocabulary import DisabilityCategory
from doudi.registry.models.clocks import Circumstance, believed_once


class Disability(Circumstance):
    """A disability certificate (残疾证): category and grade 1 to 4, valid from and to."""

    KEY = ("person_id",)
    VALUES = ("category", "grade")

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="disabilities"
    )
    category = models.CharField(max_length=12, choices=DisabilityCategory.choices())
    grade = models.SmallIntegerField()

    class Meta(Circumstance.Meta):
        """One certificate at a time, of a grade that exists."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("disability", "person"),
            models.CheckConstraint(
                condition=Q(grade__gte=1, grade__lte=4), name="disability_grade_exists"
            ),
        ]


class CareNeed(Circumstance):
    """Whether a person needs long-term care (需要长期照护), as assessed; no row: not assessed."""

    KEY = ("person_id",)
    VALUES = ("needs_long_term_care",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="care_needs"
    )
    needs_long_term_care = models.BooleanField()

    class Meta(Circumstance.Meta):
        """One finding at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("care_need", "person"),
        ]


class SelfCare(Circumstance):
    """A self-care assessment (自理能力评估): how many of the six items are not met."""

    KEY = ("person_id",)
    VALUES = ("items_unmet",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="self_cares"
    )
    items_unmet = models.SmallIntegerField()

    class Meta(Circumstance.Meta):
        """One assessment at a time, of six items."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("self_care", "person"),
            models.CheckConstraint(
                condition=Q(items_unmet__gte=0, items_unmet__lte=6), name="self_care_six_items"
            ),
        ]


class SeriousIllness(Circumstance):
    """A recognised serious illness (重特大疾病); which one is not kept here."""

    KEY = ("person_id",)
    VALUES = ()

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="serious_illnesses"
    )

    class Meta(Circumstance.Meta):
        """One span at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("serious_illness", "person"),
        ]
