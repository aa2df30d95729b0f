"""The pages of households: the list, and the parts of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.doors.office.guard import CASE_ROLES, CONFIRMING, FRONT_LINE, open_to
from doudi.doors.office.households.file import file_of
from doudi.doors.office.households.happened import happenings
from doudi.doors.office.households.known import asked_moment, facts_known
from doudi.doors.office.households.shown import show_list
from doudi.doors.office.paging import page_of
from doudi.entitlement import queries as entitlement
from doudi.payments import queries as payments_queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest


@open_to(*CASE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def households(request: OfficeRequest) -> HttpResponse:
    """The list of households, narrowed as the address says, and by the keyword that is sent."""
    return show_list(request)


@open_to(*CASE_ROLES)
@require_safe
def household(request: OfficeRequest, number: str) -> HttpResponse:
    """A household's file: who belongs to it, and what it gets."""
    file = file_of(request.sight.household(number), request.sight)
    return render(request, "office/households/overview.html", {"file": file, "tab": "household"})


@open_to(*CASE_ROLES)
@require_safe
def facts(request: OfficeRequest, number: str) -> HttpResponse:
    """What is known of a household and its members, as of a day and as known on another."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    asked = asked_moment(request.GET, sight)
    page = {
        "file": file,
        "tab": "household-facts",
        "asked": asked,
        "groups": facts_known(file.household, asked),
        "may_record": file.residence is not None and sight.holds(FRONT_LINE, file.residence.area),
        "may_change": file.residence is not None and sight.holds(CONFIRMING, file.residence.area),
    }
    return render(request, "office/households/facts.html", page)


@open_to(*CASE_ROLES)
@require_safe
def benefits(request: OfficeRequest, number: str) -> HttpResponse:
    """What a household gets and got: its awards, and what was due month by month."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    dues = page_of(entitlement.dues_of_household(file.household.pk), request)
    page = {
        "file": file,
        "tab": "household-benefits",
        "awards": entitlement.awards_of_subjects([file.household.pk]),
        "page": dues,
    }
    return render(request, "office/households/benefits.html", page)


@open_to(*CASE_ROLES)
@require_safe
def payments(request: OfficeRequest, number: str) -> HttpResponse:
    """What was paid to a household, and what came back."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    found = page_of(payments_queries.payments_of_household(file.household.pk), request)
    page = {"file": file, "tab": "household-payments", "page": found}
    return render(request, "office/households/payments.html", page)


@open_to(*CASE_ROLES)
@require_safe
def history(request: OfficeRequest, number: str) -> HttpResponse:
    """Everything that happened to a household, the latest first."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    page = {
        "file": file,
        "tab": "household-history",
        "years": happenings(file.household, sight.at),
    }
    return render(request, "office/households/history.html", page)
