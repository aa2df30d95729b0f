"""The check value of the office's key: which key this database was sealed with."""

from __future__ import annotations

from django.db import models


class KeyCheck(models.Model):
    """What a key version makes of a fixed text; says nothing about the key itself.

    A version that is not in use yet seals already, but indexes only a second time, beside the one
    before it: it comes into use once everything unique is indexed by both.
    """

    version = models.SmallIntegerField(unique=True)
    value = models.CharField(max_length=64)
    is_in_use = models.BooleanField(default=True)
    made_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The version."""
        return f"key {self.version}"
