"""Addresses of households; a household is named by the office's own number."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.households import views

urlpatterns = [
    path("households/", views.households, name="households"),
    path("households/<str:number>/", views.household, name="household"),
    path("households/<str:number>/facts", views.facts, name="household-facts"),
    path("households/<str:number>/benefits", views.benefits, name="household-benefits"),
    path("households/<str:number>/payments", views.payments, name="household-payments"),
    path("households/<str:number>/history", views.history, name="household-history"),
]
