"""The tree of areas (行政区划) by the national codes, and who administers a community when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class AreaKind(Word):
    """Level of an area (区划级别)."""

    NATION = "nation", N_("国家")
    PROVINCE = "province", N_("省")
    CITY = "city", N_("市")
    DISTRICT = "district", N_("区县")
    SUBDISTRICT = "subdistrict", N_("街道")
    TOWNSHIP = "township", N_("乡镇")
    COMMUNITY = "community", N_("社区")
    VILLAGE = "village", N_("村")


class Area(models.Model):
    """An area by its national code: two digits for a province to twelve for a community.

    `path` holds the codes from the root down, each closed by a stroke (`53/5301/530111/`), so
    that everything inside an area is found by one prefix. `jurisdiction` names the folder of
    parameters that applies; where it is empty, the nearest area above that has one decides.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=AreaKind.choices())
    parent = models.ForeignKey(
        "access.Area", null=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=90, unique=True)
    jurisdiction = models.CharField(max_length=40, blank=True)

    class Meta:
        """A code is of digits alone."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2,12}$"), name="area_code_of_digits"
            ),
        ]

    def __str__(self) -> str:
        """Its name and code."""
        return f"{self.name}（{self.code}）"


class Administration(models.Model):
    """Which office administers a community, from a day to a day (管辖).

    `administered_by` is null where it is an office outside this tree, a development zone's for
    one; `assumed` is true where nobody has confirmed it yet.
    """

    area = models.ForeignKey(
        "access.Area", on_delete=models.PROTECT, related_name="administrations"
    )
    administered_by = models.ForeignKey(
        "access.Area", null=True, on_delete=models.PROTECT, related_name="administers"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    assumed = models.BooleanField(default=False)

    class Meta:
        """Days run forwards; one office begins on a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="administration_span_forwards",
            ),
            models.UniqueConstraint(
                fields=["area", "valid_from"], name="administration_begins_once"
            ),
        ]

    def __str__(self) -> str:
        """Area and first day."""
        return f"{self.area_id} {self.valid_from}"
