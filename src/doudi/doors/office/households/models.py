"""What an officer keeps of the list of households: views, columns, and which lists were taken."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SavedView(models.Model):
    """A view of the list that an officer named (常用视图): how it is narrowed and sorted.

    `query` holds codes of our own lists alone, never a name or a number of anybody.
    """

    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=300)
    saved_at = models.DateTimeField()

    class Meta:
        """A name means one view to an officer."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["officer", "name"], name="saved_view_named_once")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ListColumns(models.Model):
    """The columns that an officer wants left out of the list of households (列选择)."""

    officer = models.OneToOneField("access.Officer", on_delete=models.PROTECT, related_name="+")
    left_out = models.JSONField(default=list)

    def __str__(self) -> str:
        """Whose choice it is."""
        return str(self.officer_id)


class ListTaken(models.Model):
    """One list of households handed out as a workbook (台账导出): who took it, why, how long.

    `query` says how it was narrowed; `selected` how many rows were picked by hand, 0 for all.
    """

    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    query = models.CharField(max_length=300)
    selected = models.IntegerField()
    why = models.CharField(max_length=300)
    households = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        """Its number."""
        return str(self.pk)
