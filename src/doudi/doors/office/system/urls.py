"""Addresses of the state of the system."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.system import views

urlpatterns = [
    path("system/", views.system, name="system"),
    path("system/verify", views.verify, name="system-verify"),
    path("healthz", views.healthz, name="healthz"),
]
