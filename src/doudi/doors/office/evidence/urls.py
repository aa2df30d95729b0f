"""Addresses of papers; a paper is named by its random uid."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.evidence import views

urlpatterns = [
    path("households/<str:number>/evidence", views.papers, name="household-evidence"),
    path("households/<str:number>/evidence/add", views.add, name="evidence-add"),
    path("evidence/<uuid:uid>", views.look, name="evidence"),
]
