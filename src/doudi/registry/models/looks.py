"""Looks (查看): who saw a sealed number in the clear, when, and what for."""

from __future__ import annotations

from django.db import models

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class SealedField(Word):
    """What was seen in the clear."""

    ID_NUMBER = "id_number", N_("证件号")
    ACCOUNT = "account", N_("银行账号")
    PHONE = "phone", N_("联系电话")


class Look(models.Model):
    """One look at one person's sealed number, for a reason; the number itself is not here."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="looks")
    field = models.CharField(max_length=9, choices=SealedField.choices())
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Number and field."""
        return f"{self.pk} {self.field}"
