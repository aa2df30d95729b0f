"""A job (后台任务): who asked for what, how far it has come, and what came of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word


class JobState(Word):
    """How far a job has come (状态)."""

    WAITING = "waiting", N_("等待中")
    RUNNING = "running", N_("进行中")
    DONE = "done", N_("已完成")
    REFUSED = "refused", N_("没有办成")
    FAILED = "failed", N_("出错了")
    STOPPED = "stopped", N_("已停止")


class Job(models.Model):
    """Work that takes longer than a page: its kind, its arguments, its progress and its outcome.

    The journal doesn't follow it: what a job does to the office's records is a deed of its own.
    `asked` holds numbers and codes, never a name or a sealed number.
    """

    IS_JOURNALED: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=JobState.choices(), default="waiting")
    is_to_stop = models.BooleanField(default=False)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    stage = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        """What is over has an end; looked up by officer, the latest first."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"]) | Q(ended_at__isnull=False),
                name="job_over_has_an_end",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["officer", "-asked_at"], name="job_by_officer")
        ]

    def __str__(self) -> str:
        """Its key and kind."""
        return f"{self.pk} {self.kind}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)

    @property
    def percent(self) -> int:
        """How much of it is done, in hundredths; 0 while nobody knows."""
        return min(100, self.done * 100 // self.total) if self.total else 0
