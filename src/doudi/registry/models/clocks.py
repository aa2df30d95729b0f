"""The two clocks (两个时间) of every circumstance: when it was true, and when it was known.

A row says: from `valid_from` to `valid_to` this was so, and from `recorded_at` to `superseded_at`
the office believed it. Nothing is overwritten: a correction closes the belief and states anew.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


def believed_once(name: str, *key: str) -> models.UniqueConstraint:
    """No two believed rows of one key may begin on the same day."""
    return models.UniqueConstraint(
        fields=[*key, "valid_from"], condition=Q(superseded_at=None), name=f"{name}_believed_once"
    )


class Circumstance(models.Model):
    """One dated fact (情况) of a person or a household, with its source.

    `valid_from` and `valid_to` are days, both included; `valid_to` is null while it goes on.
    `confirmed_at` is null while the fact is only claimed: it counts for no money till then.
    """

    KEY: ClassVar[tuple[str, ...]] = ()
    """The columns within which only one row is true on a day."""
    VALUES: ClassVar[tuple[str, ...]] = ()
    """The columns that say what is so."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.CharField(max_length=100)
    note = models.CharField(max_length=2000, blank=True)

    class Meta:
        """Spans run forwards; so does belief."""

        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_span_forwards",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name="%(class)s_belief_forwards",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="%(class)s_confirmed_by_somebody",
            ),
        ]
