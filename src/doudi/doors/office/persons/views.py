"""The pages of persons: the list, and the parts of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.households.known import asked_moment, with_papers
from doudi.doors.office.paging import page_of
from doudi.doors.office.persons.file import person_file
from doudi.doors.office.persons.happened import happenings_of
from doudi.entitlement import queries as entitlement
from doudi.payments import queries as payments
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest


@open_to(*CASE_ROLES)
@require_safe
def persons(request: OfficeRequest) -> HttpResponse:
    """The persons whom the officer may see, by number; searching is the search box's."""
    sight = request.sight
    found = page_of(sight.persons(), request)
    homes = registry.homes_on([person.pk for person in found.rows], sight.on)
    rows = [(each, registry.masked_id(each), homes.get(each.pk)) for each in found.rows]
    return render(request, "office/persons/list.html", {"page": found.of(rows)})


@open_to(*CASE_ROLES)
@require_safe
def person(request: OfficeRequest, number: str) -> HttpResponse:
    """Who somebody is, and the households they belong to and belonged to."""
    file = person_file(request.sight.person(number), request.sight)
    return render(request, "office/persons/overview.html", {"file": file, "tab": "person"})


@open_to(*CASE_ROLES)
@require_safe
def facts(request: OfficeRequest, number: str) -> HttpResponse:
    """What is known of a person, as of a day and as known on another."""
    sight = request.sight
    file = person_file(sight.person(number), sight)
    asked = asked_moment(request.GET, sight)
    held = registry.circumstances_of_person(
        file.person, on=None if asked.is_whole else asked.on, known_at=asked.known_at
    )
    page = {"file": file, "tab": "person-facts", "asked": asked, "facts": with_papers(held)}
    return render(request, "office/persons/facts.html", page)


@open_to(*CASE_ROLES)
@require_safe
def benefits(request: OfficeRequest, number: str) -> HttpResponse:
    """What a person gets in their own name, and what was paid to them, for whomever."""
    sight = request.sight
    file = person_file(sight.person(number), sight)
    households = list(sight.households().filter(number__in=file.seen).values_list("pk", flat=True))
    page = {
        "file": file,
        "tab": "person-benefits",
        "awards": entitlement.awards_of_person(file.person.pk),
        "dues": entitlement.dues_of_person(file.person.pk)[:36],
        "page": page_of(payments.payments_to_person(file.person.pk, households), request),
    }
    return render(request, "office/persons/benefits.html", page)


@open_to(*CASE_ROLES)
@require_safe
def papers(request: OfficeRequest, number: str) -> HttpResponse:
    """The papers about a person, of households that the officer may see."""
    sight = request.sight
    file = person_file(sight.person(number), sight)
    found = page_of(registry.evidence_about(file.person, sight.households()), request)
    uses = registry.uses_of([paper.pk for paper in found.rows])
    rows = [(paper, uses.get(paper.pk, 0)) for paper in found.rows]
    page = {"file": file, "tab": "person-evidence", "page": found.of(rows)}
    return render(request, "office/persons/papers.html", page)


@open_to(*CASE_ROLES)
@require_safe
def history(request: OfficeRequest, number: str) -> HttpResponse:
    """Everything recorded of a person, and every look at their numbers; the latest first."""
    sight = request.sight
    file = person_file(sight.person(number), sight)
    page = {
        "file": file,
        "tab": "person-history",
        "years": happenings_of(file.person, sight.at),
    }
    return render(request, "office/persons/history.html", page)
