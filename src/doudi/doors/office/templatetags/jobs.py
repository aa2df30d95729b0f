"""Words of jobs on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from doudi.doors.office.jobs.kinds import KINDS
from doudi.doors.office.jobs.models import JobState

register = template.Library()


@register.filter
def job_state(value: str) -> str:
    """How far a job has come, in words."""
    return gettext(JobState(value).label)


@register.filter
def job_title(kind: str) -> str:
    """What a kind of job is called."""
    return gettext(KINDS[kind].title)
