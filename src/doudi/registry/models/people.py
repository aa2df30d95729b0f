"""Persons, households and what ties them: membership, hukou, residence, accounts, death."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.sealing import SealedColumn
from doudi.kernel.vocabulary import Registration, Relation, Sex
from doudi.registry.models.clocks import Circumstance, believed_once


class Person(models.Model):
    """A person (人员); what changes about them is a circumstance, not a column.

    `id_number_sealed` is ciphertext bound to `uid`; `id_number_index` is keyed, for exact
    look-up, and so is `id_number_next_index`, by the newest key (both are unique). A person
    without papers has a number of ours instead, `person_number`.
    """

    SEALED: ClassVar[tuple[SealedColumn, ...]] = (
        SealedColumn(
            "id_number_sealed", "person.id_number", "id_number_index", "id_number_next_index"
        ),
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person_number = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, choices=Sex.choices())
    birth_date = models.DateField()
    id_number_sealed = models.CharField(max_length=200, blank=True)
    id_number_index = models.CharField(max_length=80, null=True, blank=True, unique=True)
    id_number_next_index = models.CharField(max_length=80, null=True, blank=True, unique=True)

    class Meta:
        """An ID number is sealed and indexed, or absent."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(id_number_sealed="", id_number_index=None)
                | (~Q(id_number_sealed="") & Q(id_number_index__isnull=False)),
                name="person_id_number_whole",
            )
        ]

    def __str__(self) -> str:
        """The office's number: never the name, which is personal."""
        return self.person_number


class Household(models.Model):
    """A household (户): one file and one support plan (一户一策一档), by its number."""

    number = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        """Its number."""
        return self.number


class Residence(Circumstance):
    """Where a household lives and how it is registered (居住与户籍性质)."""

    KEY = ("household_id",)
    VALUES = ("area_id", "registration", "address")

    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="residences"
    )
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+")
    registration = models.CharField(max_length=5, choices=Registration.choices())
    address = models.CharField(max_length=200, blank=True)

    class Meta(Circumstance.Meta):
        """One residence at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("residence", "household"),
        ]


class Membership(Circumstance):
    """A person's place in a household (家庭成员)."""

    KEY = ("person_id",)
    VALUES = ("household_id", "relation", "lives_with", "independent")

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="memberships"
    )
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="memberships"
    )
    relation = models.CharField(max_length=12, choices=Relation.choices())
    lives_with = models.BooleanField(default=True)
    independent = models.BooleanField(default=True)

    class Meta(Circumstance.Meta):
        """A person is of one household at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("membership", "person"),
        ]


class Hukou(Circumstance):
    """Where a person's hukou is (户籍地), by national code of the area."""

    KEY = ("person_id",)
    VALUES = ("area_code",)

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="hukous")
    area_code = models.CharField(max_length=12)

    class Meta(Circumstance.Meta):
        """One hukou at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("hukou", "person"),
        ]


class Death(Circumstance):
    """A death (死亡); `valid_from` is the day. What is unknown of the funeral is null."""

    KEY = ("person_id",)
    VALUES = ("cremated", "state_funeral_grant")

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="deaths")
    cremated = models.BooleanField(null=True)
    state_funeral_grant = models.BooleanField(null=True)

    class Meta(Circumstance.Meta):
        """Believed to have died once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(superseded_at=None), name="death_once"
            ),
        ]


class Phone(Circumstance):
    """How to call a person (联系电话), sealed, with a keyed index."""

    KEY = ("person_id",)
    VALUES = ("number_index",)
    SEALED: ClassVar[tuple[SealedColumn, ...]] = (
        SealedColumn("number_sealed", "phone.number", "number_index"),
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="phones")
    number_sealed = models.CharField(max_length=200)
    number_index = models.CharField(max_length=80, db_index=True)

    class Meta(Circumstance.Meta):
        """One number at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("phone", "person"),
        ]


class Account(Circumstance):
    """The bank account (银行账户) that a person is paid into, sealed, with a keyed index.

    `agent` is true where the holder receives for the person by a registered mandate (代领).
    """

    KEY = ("person_id",)
    VALUES = ("bank", "number_index", "holder_name", "agent")
    SEALED: ClassVar[tuple[SealedColumn, ...]] = (
        SealedColumn("number_sealed", "account.number", "number_index"),
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="accounts")
    bank = models.CharField(max_length=60)
    number_sealed = models.CharField(max_length=200)
    number_index = models.CharField(max_length=80, db_index=True)
    holder_name = models.CharField(max_length=60)
    agent = models.BooleanField(default=False)

    class Meta(Circumstance.Meta):
        """One account at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Circumstance.Meta.constraints,
            believed_once("account", "person"),
        ]
