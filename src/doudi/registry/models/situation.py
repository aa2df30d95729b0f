"""How people live: school, work, care, absence, who owes them support, what befell them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.vocabulary import (
    Absence as AbsenceReason,
)
from doudi.kernel.vocabulary import (
    CarePlace,
    DisabilityCategory,
    EmergencyKind,
    SupporterStatus,
    SupportFinding,
    WorkCapacity,
)
from doudi.kernel.vocabulary import Schooling as SchoolingStage
from doudi.registry.models.clocks import Circumstance, believed_once
from doudi.registry.models.means import bounded


class Schooling(Circumstance):
    """Full-time schooling (在校)."""

    KEY = ("person_id",)
    VALUES = ("stage",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="schoolings"
    )
    stage = models.CharField(max_length=14, choices=SchoolingStage.choices())

    class Meta(Circumstance.Meta):
        """One school at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("schooling", "person"),
        ]


class Work(Circumstance):
    """Capacity for work and whether it is used (劳动能力与就业)."""

    KEY = ("person_id",)
    VALUES = ("capacity", "employed")

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="works")
    capacity = models.CharField(max_length=8, choices=WorkCapacity.choices())
    employed = models.BooleanField()

    class Meta(Circumstance.Meta):
        """One finding at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("work", "person"),
        ]


class Absence(Circumstance):
    """Why a member is not counted for the time (不计入)."""

    KEY = ("person_id",)
    VALUES = ("reason",)

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="absences")
    reason = models.CharField(max_length=26, choices=AbsenceReason.choices())

    class Meta(Circumstance.Meta):
        """One reason at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("absence", "person"),
        ]


class CarePlacement(Circumstance):
    """Whether a person is cared for at home or in an institution (供养方式); no row: at home."""

    KEY = ("person_id",)
    VALUES = ("place",)

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="care_placements"
    )
    place = models.CharField(max_length=12, choices=CarePlace.choices())

    class Meta(Circumstance.Meta):
        """One place at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("care_placement", "person"),
        ]


class Support(Circumstance):
    """What an officer found of all who owe a person support (义务人调查结论)."""

    KEY = ("person_id",)
    VALUES = ("finding",)

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="supports")
    finding = models.CharField(max_length=8, choices=SupportFinding.choices())

    class Meta(Circumstance.Meta):
        """One finding at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("support", "person"),
        ]


class Supporter(Circumstance):
    """One who owes a person support in law (赡养抚养扶养义务人); may live elsewhere.

    `tie` tells one from another in the office's words: eldest son, younger sister.
    """

    KEY = ("person_id", "tie")
    VALUES = (
        "birth_date",
        "income_year_fen",
        "property_ok",
        "disability_category",
        "disability_grade",
        "status",
    )

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="supporters"
    )
    tie = models.CharField(max_length=30)
    birth_date = models.DateField()
    income_year_fen = models.BigIntegerField(null=True)
    property_ok = models.BooleanField(null=True)
    disability_category = models.CharField(
        max_length=12, blank=True, choices=DisabilityCategory.choices()
    )
    disability_grade = models.SmallIntegerField(null=True)
    status = models.CharField(max_length=16, choices=SupporterStatus.choices())

    class Meta(Circumstance.Meta):
        """One statement of each at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("supporter", "person", "tie"),
            models.CheckConstraint(
                condition=Q(disability_category="", disability_grade=None)
                | (
                    ~Q(disability_category="") & Q(disability_grade__gte=1, disability_grade__lte=4)
                ),
                name="supporter_disability_whole",
            ),
        ]


class Emergency(Circumstance):
    """What befell a household (急难情形); `valid_from` is the day it happened.

    `own_costs_fen` is what the household must pay itself, after insurance.
    """

    KEY = ("household_id",)
    VALUES = ("kind", "emergency", "own_costs_fen", "persons_assisted", "months")

    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="emergencies"
    )
    kind = models.CharField(max_length=14, choices=EmergencyKind.choices())
    emergency = models.BooleanField()
    own_costs_fen = models.BigIntegerField()
    persons_assisted = models.SmallIntegerField()
    months = models.SmallIntegerField()

    class Meta(Circumstance.Meta):
        """One event a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("emergency", "household"),
            bounded("emergency", "own_costs_fen"),
            models.CheckConstraint(
                condition=Q(persons_assisted__gte=1, months__gte=1),
                name="emergency_assists_somebody",
            ),
        ]
