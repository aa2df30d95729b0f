"""The address of the search; what is searched for is never part of it."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.search import views

urlpatterns = [path("search", views.search, name="search")]
