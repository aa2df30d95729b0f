"""Addresses of persons; a person is named by the office's own number, never by an ID number."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.persons import revealing, views

urlpatterns = [
    path("persons/", views.persons, name="persons"),
    path("persons/<str:number>/", views.person, name="person"),
    path("persons/<str:number>/facts", views.facts, name="person-facts"),
    path("persons/<str:number>/benefits", views.benefits, name="person-benefits"),
    path("persons/<str:number>/evidence", views.papers, name="person-evidence"),
    path("persons/<str:number>/history", views.history, name="person-history"),
    path("persons/<str:number>/reveal", revealing.reveal, name="person-reveal"),
]
