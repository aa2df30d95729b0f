"""The journal (操作日志): deeds, the rows they changed, and the seals over them.

Entries are written by the database's own triggers (`access.triggers`); no code of ours can
change a journaled table and leave no entry, and nothing changes or removes an entry.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class Operation(Word):
    """What was done to a row (操作)."""

    INSERT = "I", N_("新增")
    UPDATE = "U", N_("修改")
    DELETE = "D", N_("删除")


class Deed(models.Model):
    """One act of one officer: everything changed in one transaction (操作), and why."""

    actor = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        """Looked up by day."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="deed_by_moment")]

    def __str__(self) -> str:
        """Number and verb."""
        return f"{self.pk} {self.act}"


class Entry(models.Model):
    """One row changed by a deed (明细): table, row, and the whole row before and after as JSON."""

    deed = models.ForeignKey("access.Deed", on_delete=models.PROTECT, related_name="entries")
    table = models.CharField(max_length=63)
    row = models.CharField(max_length=40)
    operation = models.CharField(max_length=1, choices=Operation.choices())
    before = models.TextField(null=True)  # noqa: DJ001 - null is "there was no row"
    after = models.TextField(null=True)  # noqa: DJ001 - null is "there is no row any more"

    class Meta:
        """Looked up by row: the history of one record."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["table", "row"], name="entry_by_row")
        ]

    def __str__(self) -> str:
        """Number, table and row."""
        return f"{self.pk} {self.table}:{self.row}"


class Seal(models.Model):
    """A link of the hash chain (封存) over the entries from `first_entry` to `last_entry`.

    `digest` is SHA-256 over `previous`, the seal's own particulars and the entries' lines.
    """

    first_entry = models.BigIntegerField(unique=True)
    last_entry = models.BigIntegerField(unique=True)
    count = models.BigIntegerField()
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    sealed_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A seal covers at least one entry."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(count__gte=1, last_entry__gte=models.F("first_entry")),
                name="seal_covers_entries",
            )
        ]

    def __str__(self) -> str:
        """The digest."""
        return self.digest
