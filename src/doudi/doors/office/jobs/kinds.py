"""The kinds of job: what each is called, and where its outcome is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from doudi.doors.office.jobs.models import Job
from doudi.kernel.refusals import N_


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job: its title, and the address that its outcome is at."""

    title: str
    leads_to: Callable[[Job], str]


def _run(job: Job) -> str:
    """The run that was drafted, or the list of months where there was nothing to pay."""
    number = job.outcome.get("run")
    return reverse("run", kwargs={"number": number}) if number else reverse("months")


def _list(job: Job) -> str:
    """The workbook that was written."""
    return reverse("households-exported", kwargs={"key": job.pk})


def _import(job: Job) -> str:
    """What was found in a ledger, or what was saved of it."""
    return reverse("import-told", kwargs={"key": job.pk})


def _simulation(job: Job) -> str:
    """What a reform would do."""
    return reverse("simulation", kwargs={"key": job.pk})


KINDS: dict[str, JobKind] = {
    "household_list": JobKind(N_("导出一户一档台账"), _list),
    "ledger_check": JobKind(N_("核对台账"), _import),
    "ledger_take": JobKind(N_("导入台账"), _import),
    "journal_verify": JobKind(N_("核验操作日志"), lambda _: reverse("system")),
    "run": JobKind(N_("核定并拟定发放批次"), _run),
    "simulation": JobKind(N_("试算改革方案"), _simulation),
}
"""By the name that a job bears."""
