"""Every address of the site, with a record of ours to fill it in by.

A page whose address names a record is listed in `RECORDS`; a page that is missing there fails
the matrix, so that none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from doudi.access.actions import add_officer, appoint_officer
from doudi.access.journal import deed
from doudi.access.models import Role
from doudi.access.queries import officers, system_officer
from doudi.doors.office.guard import Access, declared
from doudi.entitlement.queries import due_table
from doudi.registry.evidence import keep_paper
from doudi.registry.models import Evidence, Membership
from tests.warehouse.build import START

if TYPE_CHECKING:
    from doudi.registry.models import Household

Fill = Callable[["Household"], Mapping[str, object]]


def _household(household: Household) -> Mapping[str, object]:
    return {"number": household.number}


def _person(household: Household) -> Mapping[str, object]:
    return {"number": Membership.objects.filter(household=household).first().person.person_number}


def _fact(household: Household) -> Mapping[str, object]:
    """Where the household lives."""
    return {"number": household.number, "kind": "residence", "row": household.residences.get().pk}


def _paper(household: Household) -> Mapping[str, object]:
    """A paper of the household, brought in when it is first asked for."""
    paper = household.evidence.first()
    if paper is None:
        system = system_officer()
        with deed(actor=system, act="test", why="测试", at=START):
            paper = Evidence.objects.create(
                household=household,
                title="户口簿",
                content_type="image/jpeg",
                digest="0" * 64,
                size=3,
                pages=1,
                uploaded_at=START,
                uploaded_by=system,
            )
        keep_paper(b"\xff\xd8\xff", paper.uid)
    return {"uid": paper.uid}


def _run(household: Household) -> Mapping[str, object]:
    del household
    return {"number": "2022-06-1"}


def _report(household: Household) -> Mapping[str, object]:
    return {"period": "2022H1", "code": household.residences.get().area.parent.code}


def _job(household: Household) -> Mapping[str, object]:
    del household
    return {"key": UUID(int=1)}


ONES_OWN = {
    "job",
    "job-stop",
    "households-exported",
    "import-told",
    "import-marked",
    "import-take",
    "import-undo",
    "simulation",
    "simulation-chart",
    "simulation-workbook",
}
"""Pages of what an officer asked for himself: to everybody else they are not there."""


def _officer(household: Household) -> Mapping[str, object]:
    """A colleague who is appointed where the household lives."""
    area = household.residences.get().area.parent
    system = system_officer()
    colleague = officers().filter(username="colleague").first()
    if colleague is None:
        colleague = add_officer(username="colleague", name="同事", actor=system, at=START)
        appoint_officer(
            colleague,
            role=Role.COUNTER_CLERK,
            area=area,
            valid_from=START.date(),
            actor=system,
            at=START,
        )
    return {"username": colleague.username}


def _due(household: Household) -> Mapping[str, object]:
    """A due row, of whoever has one: the household that a test makes up is due nothing."""
    del household
    return {"number": due_table().order_by("pk")[0].pk}


RECORDS: dict[str, Fill] = {
    "due": _due,
    **dict.fromkeys(
        (
            "run",
            "run-changes",
            "run-payments",
            "run-bank",
            "run-roster",
            "run-check",
            "run-approve",
            "run-seal",
            "run-return",
            "run-cancel",
            "run-bank-file",
            "run-answer",
        ),
        _run,
    ),
    **dict.fromkeys(ONES_OWN, _job),
    "household": _household,
    "household-facts": _household,
    "household-benefits": _household,
    "household-payments": _household,
    "household-history": _household,
    "household-plan": _household,
    "household-plan-revise": _household,
    "household-evidence": _household,
    "evidence-add": _household,
    "evidence": _paper,
    "fact-choose": _household,
    "fact-record": lambda household: {"number": household.number, "kind": "residence"},
    **dict.fromkeys(("fact-correct", "fact-end", "fact-withdraw", "fact-confirm"), _fact),
    **dict.fromkeys(
        (
            "person",
            "person-facts",
            "person-benefits",
            "person-evidence",
            "person-history",
            "person-reveal",
        ),
        _person,
    ),
    **dict.fromkeys(("report", "report-word", "report-excel"), _report),
    "report-records": lambda household: {**_report(household), "key": "dibao_urban_paid"},
    **dict.fromkeys(
        (
            "officer",
            "officer_appoint",
            "officer_end",
            "officer_deactivate",
            "officer_reactivate",
            "officer_unlock",
            "officer_password",
            "officer_factors",
        ),
        _officer,
    ),
}
"""By the name of an address: what fills it in, from a household."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page: its name, the names of its places, and whom it says it is open to."""

    name: str
    places: frozenset[str]
    access: Access

    def of(self, household: Household) -> str:
        """The address filled in for a household; raises KeyError when `RECORDS` lacks it."""
        return reverse(self.name, kwargs=dict(RECORDS[self.name](household)) if self.places else {})


def addresses() -> list[Address]:
    """Every page of the site."""
    return list(_walked(get_resolver().url_patterns))


def _walked(patterns: list[URLPattern | URLResolver]) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walked(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern} has no name"
            places = frozenset(pattern.pattern.converters)
            yield Address(pattern.name, places, declared(pattern.callback))
