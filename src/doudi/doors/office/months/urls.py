"""Addresses of months and their runs."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.months import acts, views

urlpatterns = [
    path("months/", views.months, name="months"),
    path("months/draft", acts.draft, name="run-draft"),
    path("runs/<str:number>/", views.run, name="run"),
    path("runs/<str:number>/changes", views.changes, name="run-changes"),
    path("runs/<str:number>/payments", views.payments, name="run-payments"),
    path("runs/<str:number>/bank", views.bank, name="run-bank"),
    path("runs/<str:number>/roster", views.roster, name="run-roster"),
    path("runs/<str:number>/check", acts.check, name="run-check"),
    path("runs/<str:number>/approve", acts.approve, name="run-approve"),
    path("runs/<str:number>/seal", acts.seal, name="run-seal"),
    path("runs/<str:number>/return", acts.send_back, name="run-return"),
    path("runs/<str:number>/cancel", acts.cancel, name="run-cancel"),
    path("runs/<str:number>/bank-file", acts.hand_out, name="run-bank-file"),
    path("runs/<str:number>/answer", acts.settle, name="run-answer"),
]
