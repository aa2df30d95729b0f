"""Addresses of the reports."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.reports import views

urlpatterns = [path("report/<str:period>/<str:code>", views.report, name="report")]
