"""Addresses of support plans."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.plans import views

urlpatterns = [
    path("households/<str:number>/plan", views.plan, name="household-plan"),
    path("households/<str:number>/plan/revise", views.revise, name="household-plan-revise"),
]
