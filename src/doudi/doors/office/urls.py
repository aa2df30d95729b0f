"""Addresses of the office's pages."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from doudi.doors.office import views

urlpatterns = [
    path("", views.front, name="front"),
    path("language", set_language, name="language"),
    path("report/<str:period>/<str:code>", views.report, name="report"),
]
handler404 = "doudi.doors.office.views.not_found"
handler500 = "doudi.doors.office.views.failed"
