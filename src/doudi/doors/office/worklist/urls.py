"""The address of the worklist."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.worklist import views

urlpatterns = [path("worklist/", views.worklist, name="worklist")]
