"""Addresses of the parameters."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.parameters import views

urlpatterns = [path("parameters/", views.parameters, name="parameters")]
"""One page: place and month stand in its query."""
