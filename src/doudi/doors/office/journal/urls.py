"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.journal import views

urlpatterns = [path("journal/", views.journal, name="journal")]
"""One page: what was asked for stands in its query."""
