"""Addresses of the forms by which facts are recorded and changed."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.recording import changing, views

FILE = "households/<str:number>/facts"

urlpatterns = [
    path(f"{FILE}/record", views.choose, name="fact-choose"),
    path(f"{FILE}/record/<str:kind>", views.record, name="fact-record"),
    path(f"{FILE}/<str:kind>/<int:row>/correct", changing.correct, name="fact-correct"),
    path(f"{FILE}/<str:kind>/<int:row>/end", changing.end, name="fact-end"),
    path(f"{FILE}/<str:kind>/<int:row>/withdraw", changing.withdraw, name="fact-withdraw"),
    path(f"{FILE}/<str:kind>/<int:row>/confirm", changing.confirm, name="fact-confirm"),
]
