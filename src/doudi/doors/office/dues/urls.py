"""The address of an explanation; a due row is named by its number."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.dues import views

urlpatterns = [path("dues/<int:number>/", views.due, name="due")]
