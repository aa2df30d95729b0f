"""What happens at an account's door (账户记录), and which roles need a second factor (双因素)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.access.models.officers import Role
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class AccountAct(Word):
    """What happened at an account's door (账户事件)."""

    TRIED = "tried", N_("尝试登录，未有结果")
    WRONG = "wrong", N_("用户名或密码不对")
    PASSED = "passed", N_("密码正确")
    CODE_WRONG = "code_wrong", N_("验证码不对")
    SIGNED_IN = "signed_in", N_("登录")
    SIGNED_OUT = "signed_out", N_("退出")
    LOCKED = "locked", N_("锁定")
    UNLOCKED = "unlocked", N_("解锁")
    SESSIONS_ENDED = "sessions_ended", N_("结束其他登录")
    FACTOR_ADDED = "factor_added", N_("增加双因素")
    FACTOR_REMOVED = "factor_removed", N_("取消双因素")
    CODES_RENEWED = "codes_renewed", N_("更换恢复码")
    FACTORS_RESET = "factors_reset", N_("管理员重置双因素")


class AccountRecord(models.Model):
    """One thing that happened at an account's door (账户记录): never what was typed there.

    `named` is the keyed index of the username that was typed, which need not be an officer's;
    `address` is the network it came from, without the machine's own part.
    """

    officer = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="account_records"
    )
    named = models.CharField(max_length=64)
    act = models.CharField(max_length=20, choices=AccountAct.choices())
    detail = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        """Looked up by what was typed."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["named", "at"], name="account_record_by_name")
        ]

    def __str__(self) -> str:
        """Moment and what happened."""
        return f"{self.at} {self.act}"


class FactorDuty(models.Model):
    """A role whose holders need a second factor to work here (双因素要求)."""

    role = models.CharField(max_length=20, choices=Role.choices(), unique=True)

    class Meta:
        """Roles of ours alone."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="factor_duty_of_a_role"
            )
        ]

    def __str__(self) -> str:
        """The role."""
        return self.role
