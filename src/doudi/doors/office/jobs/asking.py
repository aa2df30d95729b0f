"""Asking for jobs and looking at them: each officer sees the jobs that they asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import get_language, gettext

from doudi.doors.office.jobs.models import Job, JobState
from doudi.doors.office.jobs.queue import put
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from doudi.doors.office.sight import Sight

_SILENT = timedelta(minutes=10)
"""A job that has said nothing for so long has lost its worker."""


def ask_for(kind: str, asked: dict[str, Any], sight: Sight) -> Job:
    """Put work into the queue for an officer; answers the job to be watched."""
    job = Job.objects.create(
        kind=kind,
        officer=sight.officer,
        asked={**asked, "language": get_language()},
        asked_at=sight.at,
    )
    put(job)
    return job


def jobs_of(sight: Sight) -> QuerySet[Job]:
    """The jobs that an officer asked for, the latest first."""
    return Job.objects.filter(officer=sight.officer).order_by("-asked_at")


def job_of(key: str, sight: Sight) -> Job:
    """A job of the officer's own; raises Http404 for any other.

    One whose worker died with the machine is told as failed: it may be asked for again.
    """
    job = jobs_of(sight).filter(pk=key).first()
    if job is None:
        raise Http404
    if job.state == JobState.RUNNING and job.heard_at and job.heard_at < sight.at - _SILENT:
        said = gettext(N_("执行它的进程已不在；请重新运行，不会重复"))
        Job.objects.filter(pk=job.pk, state=str(JobState.RUNNING)).update(
            state=str(JobState.FAILED), ended_at=sight.at, said=said
        )
        job.refresh_from_db()
    return job


def stop(job: Job) -> None:
    """Ask a job to stop; one that still waits is over at once."""
    Job.objects.filter(pk=job.pk).update(is_to_stop=True)
