"""The tables of this door: what the site itself keeps; no fact of anybody's."""

from doudi.doors.office.households.models import ListColumns, ListTaken, SavedView
from doudi.doors.office.jobs.models import Job, JobState

__all__ = ["Job", "JobState", "ListColumns", "ListTaken", "SavedView"]
