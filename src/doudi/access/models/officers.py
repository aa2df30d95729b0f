"""Officers (工作人员) and what they are appointed to (岗位)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import acheck_password, check_password
from django.db import models
from django.db.models import F, Q

from doudi.access.guards import of_appointments
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word

SYSTEM = "system"
"""Username of the actor of what no person does: the first start, the demo's clock."""


class Role(Word):
    """What an officer may be appointed to (岗位)."""

    COUNTER_CLERK = "counter_clerk", N_("受理")
    INVESTIGATOR = "investigator", N_("核查")
    APPROVER = "approver", N_("审核确认")
    CASHIER = "cashier", N_("资金")
    SOCIAL_WORKER = "social_worker", N_("社工")
    COMMUNITY_WORKER = "community_worker", N_("社区")
    DISTRICT_INSPECTOR = "district_inspector", N_("区级督查")
    ADMINISTRATOR = "administrator", N_("管理员")


class Officer(AbstractBaseUser):
    """Somebody who works here, by username; never deleted, only no longer active.

    The row that stands for the system itself holds no appointment and can't log in.
    """

    JOURNAL_HIDDEN: ClassVar[tuple[str, ...]] = ("password",)
    """The journal says that a password changed, not what it became."""

    last_login = None
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """A username is short, plain and in lower case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z][a-z0-9._-]{1,39}$"),
                name="officer_username_plain",
            )
        ]

    def __str__(self) -> str:
        """Name and username."""
        return f"{self.name}（{self.username}）"

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; writes nothing.

        Django's own would hash it anew when the hasher has changed, which is a change of this
        table outside of a deed. Argon2's cost is raised at the next change of the password.
        """
        return check_password(raw_password, self.password)

    async def acheck_password(self, raw_password: str | None) -> bool:
        """The same for asynchronous callers."""
        return await acheck_password(raw_password, self.password)


class Appointment(models.Model):
    """A role in an area, from a day to a day (任职); it holds in everything inside the area."""

    GUARDS = of_appointments()

    officer = models.ForeignKey(
        "access.Officer", on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(max_length=20, choices=Role.choices())
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        """Days run forwards; one appointment of a kind begins on a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="appointment_span_forwards",
            ),
            models.UniqueConstraint(
                fields=["officer", "role", "area", "valid_from"], name="appointment_begins_once"
            ),
        ]

    def __str__(self) -> str:
        """Officer, role and area."""
        return f"{self.officer_id} {self.role} {self.area_id}"
