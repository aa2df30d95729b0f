"""Addresses of simulations; each is the job that carried it out."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.simulations import views

urlpatterns = [
    path("simulations/", views.simulations, name="simulations"),
    path("simulations/<uuid:key>/", views.simulation, name="simulation"),
    path("simulations/<uuid:key>/chart.svg", views.chart, name="simulation-chart"),
    path("simulations/<uuid:key>/workbook", views.book, name="simulation-workbook"),
]
