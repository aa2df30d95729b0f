"""Addresses of households; a household is named by the office's own number."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.households import acts, views

urlpatterns = [
    path("households/", views.households, name="households"),
    path("households-list/view", acts.save_view, name="households-view"),
    path("households-list/view/forget", acts.forget_view, name="households-view-forget"),
    path("households-list/columns", acts.choose_columns, name="households-columns"),
    path("households-list/print", acts.print_sheets, name="households-print"),
    path("households-list/export", acts.export, name="households-export"),
    path("households-list/exported/<uuid:key>", acts.exported, name="households-exported"),
    path("households/<str:number>/", views.household, name="household"),
    path("households/<str:number>/facts", views.facts, name="household-facts"),
    path("households/<str:number>/benefits", views.benefits, name="household-benefits"),
    path("households/<str:number>/payments", views.payments, name="household-payments"),
    path("households/<str:number>/history", views.history, name="household-history"),
]
