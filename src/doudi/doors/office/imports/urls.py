"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.imports import acts, views

urlpatterns = [
    path("import/", views.imports, name="import"),
    path("import/template", views.template, name="import-template"),
    path("import/read", acts.read, name="import-read"),
    path("import/<uuid:key>/", views.told, name="import-told"),
    path("import/<uuid:key>/marked", views.marked, name="import-marked"),
    path("import/<uuid:key>/take", acts.take, name="import-take"),
    path("import/<uuid:key>/undo", acts.undo, name="import-undo"),
]
