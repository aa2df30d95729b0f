"""R6: a month is Beijing's month, wherever the machine or the moment believes itself to be."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from doudi.access.models import Appointment, Role
from doudi.doors.cli.context import Invocation
from doudi.doors.office import clock
from doudi.entitlement.actions import determine_month
from doudi.kernel.months import Month
from tests.entitlement.build import liujia
from tests.payments.build import an_award, draft, owe, refused, the_staff
from tests.registry.build import an_officer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Door

TURNS = [
    ("2022-03", "2022-02-28T16:00:00"),
    ("2024-02", "2024-01-31T16:00:00"),
    ("2024-03", "2024-02-29T16:00:00"),
    ("2022-05", "2022-04-30T16:00:00"),
    ("2023-01", "2022-12-31T16:00:00"),
]
"""A month, and the moment in London at which it begins in Beijing."""


def in_london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_second_before(text: str) -> datetime:
    moment = in_london(text)
    return moment.replace(hour=15, minute=59, second=59)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that believes itself to be in New York."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.promise("R6")
@pytest.mark.django_db
@pytest.mark.parametrize(("month", "begins"), TURNS)
def test_a_month_may_be_drafted_from_its_first_second_in_beijing(month: str, begins: str) -> None:
    the_staff()
    owe(an_award(), month, 10_000)
    with refused("RUN-FUTURE"):
        draft(month, at=a_second_before(begins))
    assert draft(month, at=in_london(begins)).is_new


@pytest.mark.promise("R6")
@pytest.mark.django_db
def test_a_month_may_be_determined_from_its_first_second_in_beijing() -> None:
    liujia()
    with refused("MONTH-FUTURE"):
        determined(a_second_before("2022-04-30T16:00:00"))
    determined(in_london("2022-04-30T16:00:00"))


def determined(at: datetime) -> None:

    actor = the_staff().clerk
    determine_month(area=liujia(), month=Month("2022-05"), actor=actor, at=at)


@pytest.mark.promise("R6")
@pytest.mark.usefixtures("elsewhere")
def test_doors_tell_the_time_of_beijing_on_a_machine_of_elsewhere() -> None:
    assert str(Invocation().moment)[-6:] == "+08:00"
    assert str(clock.now())[-6:] == "+08:00"


@pytest.mark.promise("R6")
@pytest.mark.usefixtures("elsewhere")
def test_an_appointment_begins_on_the_day_it_is_in_beijing(door: Door) -> None:
    an_officer("boss", Role.ADMINISTRATOR)
    an_officer("li")
    words = ("officer", "appoint", "li", "--role", "counter_clerk", "--area", "六甲街道")
    door(*words, officer="boss", at="2022-02-28T16:00:00+00:00")
    assert str(Appointment.objects.get(officer__username="li").valid_from) == "2022-03-01"


@pytest.mark.control("R6")
def test_the_day_cut_off_a_moment_is_another_month_s() -> None:
    """What would be asked without the zone: all five beginnings fall into the month before."""
    without = [str(Month.of(in_london(begins).date())) for _, begins in TURNS]
    assert all(found < month for found, (month, _) in zip(without, TURNS, strict=True))
