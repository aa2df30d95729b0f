"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:key>/", views.job, name="job"),
    path("jobs/<uuid:key>/stop", views.stop_job, name="job-stop"),
]
