"""Words that persons are found by (检索词): derived from what the registry keeps, and only so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Findable(models.Model):
    """A word that a person is found by (检索词): the name, its sound, or a keyed number's end.

    `word` begins with `#` where it is the keyed index of an ID number's last four characters. The
    journal doesn't follow this table: it says nothing that can't be made again from the persons.
    """

    IS_JOURNALED: ClassVar[bool] = False

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=80)

    class Meta:
        """Looked up by how a word begins, in the order of its bytes on both databases."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["word", "person"],
                name="findable_by_word",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        """Its number: never the word, which is personal."""
        return str(self.pk)
