"""Who manages accounts never works on cases: the database refuses it, not the action alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from doudi.access.journal import deed
from doudi.access.models import Appointment, Role
from doudi.access.queries import find_area
from doudi.access.triggers import install_triggers
from tests.access.build import AT, an_officer, the_system

pytestmark = pytest.mark.django_db


def appoint(officer: object, role: Role, first: date, last: date | None = None) -> Appointment:
    """An appointment written past the action, as a faulty program would."""
    with transaction.atomic(), deed(actor=the_system(), act="test", why="测试", at=AT):
        return Appointment.objects.create(
            officer=officer,
            role=role,
            area=find_area("六甲街道"),
            valid_from=first,
            valid_to=last,
        )


def write_again(appointment: Appointment) -> None:
    """An appointment changed past the action."""
    with transaction.atomic(), deed(actor=the_system(), act="test", why="测试", at=AT):
        appointment.save()


@pytest.mark.parametrize(
    ("first", "second"),
    [(Role.ADMINISTRATOR, Role.CASHIER), (Role.CASHIER, Role.ADMINISTRATOR)],
)
def test_the_database_refuses_an_administrator_who_works_on_cases(
    first: Role, second: Role
) -> None:
    officer = an_officer()
    appoint(officer, first, date(2022, 1, 1))
    with pytest.raises(IntegrityError, match="administrator holds no other role"):
        appoint(officer, second, date(2022, 6, 1))


def test_one_after_the_other_is_allowed_and_a_change_of_days_is_looked_at_too() -> None:
    officer = an_officer()
    appoint(officer, Role.CASHIER, date(2022, 1, 1), date(2022, 5, 31))
    later = appoint(officer, Role.ADMINISTRATOR, date(2022, 6, 1))
    later.valid_from = date(2022, 5, 1)
    with pytest.raises(IntegrityError, match="administrator holds no other role"):
        write_again(later)


def test_without_the_guard_both_would_meet_in_one_person() -> None:
    """The control: the guard is what refuses."""
    officer = an_officer()
    appoint(officer, Role.CASHIER, date(2022, 1, 1))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE access_appointment DISABLE TRIGGER journal_apart_insert")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            cursor.execute("DROP TRIGGER journal_access_appointment_apart_insert")
    appoint(officer, Role.ADMINISTRATOR, date(2022, 1, 1))
    if connection.vendor != "postgresql":
        install_triggers()
