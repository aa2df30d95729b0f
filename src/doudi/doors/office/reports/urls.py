"""Addresses of the reports."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("report/<str:period>/<str:code>", views.report, name="report"),
    path("report/<str:period>/<str:code>/word", views.word, name="report-word"),
    path("report/<str:period>/<str:code>/excel", views.excel, name="report-excel"),
    path("report/<str:period>/<str:code>/records/<str:key>", views.records, name="report-records"),
]
