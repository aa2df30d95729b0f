"""Carrying a job out: its progress is told as it goes, and whatever happens is told at the end."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, override

from doudi.doors.office.clock import now
from doudi.doors.office.jobs.models import Job, JobState
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from doudi.access.models import Officer

_EVERY = 0.5
"""Seconds between two reports of progress."""
_log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - an answer to who asked, not an error of ours
    """Whoever asked for the job has asked to stop it."""


@dataclass(slots=True)
class Carried:
    """A job under way, as the work sees it: its arguments, its officer, and whom to tell."""

    job: Job
    at: datetime
    _told: float = 0.0

    @property
    def officer(self) -> Officer:
        """Who asked for it, and acts."""
        return self.job.officer

    @property
    def asked(self) -> dict[str, Any]:
        """Its arguments."""
        return dict(self.job.asked)

    def tell(self, done: int, total: int, stage: str = "") -> None:
        """Report progress, twice a second at most; raises Stopped when it is to stop.

        Inside of a deed nothing may be told: on SQLite the page would wait for the deed's end.
        """
        if time.monotonic() - self._told < _EVERY and not stage:
            return
        self._told = time.monotonic()
        told: dict[str, Any] = {"done": done, "total": total, "heard_at": now()}
        if stage:
            told["stage"] = stage
        rows = Job.objects.filter(pk=self.job.pk)
        rows.update(**told)
        if rows.filter(is_to_stop=True).exists():
            raise Stopped

    def go_on(self) -> None:
        """Go on, or raise Stopped when it is to stop: for work during which nothing is written."""
        if time.monotonic() - self._told < _EVERY:
            return
        self._told = time.monotonic()
        if Job.objects.filter(pk=self.job.pk, is_to_stop=True).exists():
            raise Stopped


Work = Callable[[Carried], dict[str, Any]]
"""Does what a kind of job asks for; answers what came of it, as plain data."""

_WORKS: dict[str, Work] = {}


def works(kind: str) -> Callable[[Work], Work]:
    """Declare that a function carries out the jobs of a kind."""

    def declare(work: Work) -> Work:
        _WORKS[kind] = work
        return work

    return declare


def carry_out(key: str) -> None:
    """Carry out a job that waits; one that is over or under way is left alone."""
    at = now()
    waiting = Job.objects.filter(pk=key, state=str(JobState.WAITING))
    if not waiting.update(state=str(JobState.RUNNING), started_at=at, heard_at=at):
        return
    job = Job.objects.select_related("officer").get(pk=key)
    with override(str(job.asked.get("language", "zh-hans"))):
        try:
            outcome = _WORKS[job.kind](Carried(job, at))
        except Stopped:
            _end(job, JobState.STOPPED)
        except Refusal as refusal:
            _end(job, JobState.REFUSED, said=refusal.sentence(gettext))
        except Exception:  # noqa: BLE001 - whatever it was, who waits must be told
            _log.exception("job %s failed", job.pk)
            _end(job, JobState.FAILED, said=gettext(N_("原因见启动网页的窗口；请重新运行")))
        else:
            _end(job, JobState.DONE, outcome=outcome)


def _end(job: Job, state: JobState, **what: Any) -> None:  # noqa: ANN401 - columns
    """Note how a job ended."""
    if "said" in what:
        what["said"] = what["said"][:500]
    Job.objects.filter(pk=job.pk).update(state=str(state), ended_at=now(), **what)
