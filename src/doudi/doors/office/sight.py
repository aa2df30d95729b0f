"""What an officer may see at a moment (可见范围): the one way from a page to a record.

A page gets every record from its `request.sight`: lists come narrowed already, and a record
outside is as if it did not exist, so that not even its existence is told.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model
from django.http import Http404

from doudi.access.models import Role
from doudi.access.queries import appointments_of, visible_areas
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries as payments
from doudi.registry.queries import evidence_in, households_visible_to, persons_visible_to

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from doudi.access.models import Appointment, Area, Officer
    from doudi.payments.models import Run
    from doudi.registry.models import Evidence, Household, Person

Row = TypeVar("Row", bound=Model)


class Sight:
    """An officer, a moment, and whatever that officer may see at that moment.

    `at` is the moment of the request: reads are as of it, and what is written bears it.
    """

    def __init__(self, officer: Officer, at: datetime) -> None:
        """Note whose sight it is; nothing is read until it is asked for."""
        self.officer = officer
        self.at = at

    @property
    def on(self) -> date:
        """The day of the request."""
        return self.at.date()

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The officer's appointments today, each with its area."""
        return list(appointments_of(self.officer, self.on))

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that the officer holds today, wherever it is."""
        return frozenset(Role(appointment.role) for appointment in self.appointments)

    def areas(self) -> QuerySet[Area]:
        """The areas whose people the officer may see."""
        return visible_areas(self.officer, self.on)

    def area(self, code: str) -> Area:
        """The visible area with this code; raises Http404 for any other."""
        return _found(self.areas().filter(code=code))

    def home(self) -> Area:
        """The widest area that the officer works in: where lists and reports begin.

        Raises Http404 for an officer who may see nobody.
        """
        return _found(self.areas().order_by("path"))

    def households(self) -> QuerySet[Household]:
        """The households that the officer may see."""
        return households_visible_to(self.officer, self.on)

    def household(self, number: str) -> Household:
        """The visible household with this number; raises Http404 for any other."""
        return _found(self.households().filter(number=_plain(number)))

    def persons(self) -> QuerySet[Person]:
        """The persons whom the officer may see."""
        return persons_visible_to(self.officer, self.on)

    def person(self, number: str) -> Person:
        """The visible person with this number of the office's; raises Http404 for any other."""
        return _found(self.persons().filter(person_number=_plain(number)))

    def evidence(self, uid: UUID) -> Evidence:
        """The paper of a visible household with this uid; raises Http404 for any other."""
        return _found(evidence_in(self.households()).filter(uid=uid))

    def runs(self) -> QuerySet[Run]:
        """The runs of the areas that the officer may see, the latest first."""
        return payments.runs().filter(area__in=self.areas())

    def run(self, number: str) -> Run:
        """The visible run with this number; raises Http404 for any other."""
        return _found(self.runs().filter(number=_plain(number)))

    def holds(self, roles: Iterable[Role], area: Area) -> bool:
        """Whether the officer holds one of these roles in the area, or in one around it."""
        wanted = set(roles)
        return any(
            appointment.role in wanted and area.path.startswith(appointment.area.path)
            for appointment in self.appointments
        )

    def require(self, roles: Iterable[Role], area: Area) -> None:
        """Refuse with NOT-ALLOWED unless the officer holds one of these roles in the area."""
        wanted = tuple(roles)
        if not self.holds(wanted, area):
            raise Refusal(
                "NOT-ALLOWED",
                N_("“{username}”在{area}没有“{role}”岗位，请由有此岗位的人员办理"),
                username=self.officer.username,
                area=area.name,
                role=wanted,
            )


def _plain(text: str) -> str:
    """A number as it may be asked of the database: PostgreSQL takes no NUL in a text."""
    return text.replace("\0", " ")


def _found(rows: QuerySet[Row]) -> Row:
    """The first of these rows; raises Http404 when there is none."""
    row = rows.first()
    if row is None:
        raise Http404
    return row
