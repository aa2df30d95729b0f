"""The check value of the office's key: which key this database was sealed with."""

from __future__ import annotations

from django.db import models


class KeyCheck(models.Model):
    """What a key version makes of a fixed text; says nothing about the key itself."""

    version = models.SmallIntegerField(unique=True)
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        """The version."""
        return f"key {self.version}"
