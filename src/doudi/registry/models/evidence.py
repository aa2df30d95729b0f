"""Evidence (材料): papers that facts rest on, kept sealed outside of the database."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class EvidenceType(Word):
    """What a file is by its content, whatever it was called."""

    JPEG = "image/jpeg", N_("照片")
    PDF = "application/pdf", N_("PDF 文件")


class Evidence(models.Model):
    """One paper (材料) of a household, or of one person in it: a file, and who brought it in.

    The file lies sealed under its `uid` in the office's folder; `digest` and `size` are those of
    what is sealed in it. A photo's is not the digest of the photo that came: it is made anew.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="evidence"
    )
    person = models.ForeignKey(
        "registry.Person", null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(max_length=100)
    content_type = models.CharField(max_length=15, choices=EvidenceType.choices())
    digest = models.CharField(max_length=64)
    size = models.IntegerField()
    pages = models.IntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """A paper has pages, and something in it."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(size__gt=0, pages__gt=0), name="evidence_not_empty")
        ]

    def __str__(self) -> str:
        """Its uid."""
        return str(self.uid)


class EvidenceUse(models.Model):
    """That a fact rests on a paper (依据): the fact by the name of its kind and its row."""

    evidence = models.ForeignKey("registry.Evidence", on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField(max_length=20)
    row = models.BigIntegerField()

    class Meta:
        """Once is enough."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "row", "evidence"], name="evidence_use_once")
        ]

    def __str__(self) -> str:
        """Kind and row."""
        return f"{self.kind} {self.row}"


class EvidenceLook(models.Model):
    """One look (查看) at one paper: by whom and when."""

    evidence = models.ForeignKey(
        "registry.Evidence", on_delete=models.PROTECT, related_name="looks"
    )
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Its number."""
        return str(self.pk)
