"""The pages of months and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.months.state import drafting_areas, state_of, states_of
from doudi.doors.office.paging import page_of
from doudi.entitlement import queries as entitlement
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from doudi.payments import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

_ON_PAPER = 2_000
"""The most payments that one printed roster lists; more are handed out as a workbook."""


@open_to(*CASE_ROLES)
@require_safe
def months(request: OfficeRequest) -> HttpResponse:
    """The runs of the officer's areas, the latest first, and the way to a new one."""
    sight = request.sight
    found = page_of(sight.runs(), request, per_page=24)
    page = {
        "page": found,
        "states": states_of(found.rows, sight),
        "areas": drafting_areas(sight),
        "month": Month.of(sight.on),
    }
    return render(request, "office/months/list.html", page)


@open_to(*CASE_ROLES)
@require_safe
def run(request: OfficeRequest, number: str) -> HttpResponse:
    """A run: how far it has come, what it pays by programme, what it could not pay."""
    found = request.sight.run(number)
    page = {
        "state": state_of(found, request.sight),
        "tab": "run",
        "shares": queries.shares_of(found),
        "remarks": queries.remarks_on(found),
        "held": queries.held_in(found)[:50],
        "changes": entitlement.counted_changes(found.area, Month(found.month)).items(),
    }
    return render(request, "office/months/run.html", page)


@open_to(*CASE_ROLES)
@require_safe
def changes(request: OfficeRequest, number: str) -> HttpResponse:
    """What differs from the month before, award by award, each with its reason."""
    found = request.sight.run(number)
    month = Month(found.month)
    rows = page_of(entitlement.changes_of_month(found.area, month), request)
    page = {
        "state": state_of(found, request.sight),
        "tab": "run-changes",
        "before": month.plus(-1),
        "page": rows.of(entitlement.changed_awards(rows.rows)),
    }
    return render(request, "office/months/changes.html", page)


@open_to(*CASE_ROLES)
@require_safe
def payments(request: OfficeRequest, number: str) -> HttpResponse:
    """The payments of a run, with their lines: the month itself, arrears, recoveries."""
    found = request.sight.run(number)
    returned = request.GET.get("returned", "")
    rows = queries.payments_of(found, returned_only=bool(returned))
    programme, kind = request.GET.get("programme", ""), request.GET.get("kind", "")
    if Programme.labelled(programme):
        rows = rows.filter(award__programme=programme)
    if kind in ("arrears", "recovery"):
        rows = rows.filter(lines__kind=kind).distinct()
    page = {
        "state": state_of(found, request.sight),
        "tab": "run-payments",
        "page": page_of(rows.select_related("award__household"), request),
        "programmes": list(Programme),
        "wanted": {
            "programme": programme,
            "kind": kind,
            "returned": returned,
        },
    }
    return render(request, "office/months/payments.html", page)


@open_to(*CASE_ROLES)
@require_safe
def bank(request: OfficeRequest, number: str) -> HttpResponse:
    """What the bank said: how much arrived, came back, is open, or fits no payment."""
    found = request.sight.run(number)
    page = {
        "state": state_of(found, request.sight),
        "tab": "run-bank",
        "returned": queries.sums_returned(found),
        "unsettled": queries.sums_unsettled(found),
        "suspense": queries.suspense_of(found)[:200],
        "is_intact": found.sealed_at is None or queries.is_intact(found),
    }
    return render(request, "office/months/bank.html", page)


@open_to(*CASE_ROLES)
@require_safe
def roster(request: OfficeRequest, number: str) -> HttpResponse:
    """The roster of a run on paper, with room for signatures."""
    found = request.sight.run(number)
    rows = queries.payments_of(found).select_related("award__household")
    page = {
        "state": state_of(found, request.sight),
        "rows": list(rows[:_ON_PAPER]),
        "is_cut": rows.count() > _ON_PAPER,
    }
    return render(request, "office/months/roster.html", page)
