"""Addresses of the office's pages; each subject has its own list."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from doudi.doors.office.guard import open_to_all

urlpatterns = [
    path("language", open_to_all(set_language), name="language"),
    path("", include("doudi.doors.office.accounts.urls")),
    path("", include("doudi.doors.office.desk.urls")),
    path("", include("doudi.doors.office.evidence.urls")),
    path("", include("doudi.doors.office.households.urls")),
    path("", include("doudi.doors.office.imports.urls")),
    path("", include("doudi.doors.office.jobs.urls")),
    path("", include("doudi.doors.office.journal.urls")),
    path("", include("doudi.doors.office.months.urls")),
    path("", include("doudi.doors.office.parameters.urls")),
    path("", include("doudi.doors.office.persons.urls")),
    path("", include("doudi.doors.office.plans.urls")),
    path("", include("doudi.doors.office.recording.urls")),
    path("", include("doudi.doors.office.dues.urls")),
    path("", include("doudi.doors.office.simulations.urls")),
    path("", include("doudi.doors.office.reports.urls")),
    path("", include("doudi.doors.office.search.urls")),
    path("", include("doudi.doors.office.system.urls")),
    path("", include("doudi.doors.office.worklist.urls")),
]
handler404 = "doudi.doors.office.refusing.not_found"
handler500 = "doudi.doors.office.refusing.failed"
