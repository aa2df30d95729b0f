"""Officers may do what they are appointed to, where and while they are; nobody appoints himself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from doudi.access.actions import (
    add_officer,
    appoint_officer,
    deactivate_officer,
    end_appointment,
    open_office,
)
from doudi.access.journal import deed
from doudi.access.models import Deed, Officer, Role
from doudi.access.queries import (
    areas_of,
    find_area,
    may,
    officer_named,
    require,
    visible_areas,
)
from doudi.kernel.refusals import Refusal
from tests.access.build import AT, ON, an_officer, the_system

pytestmark = pytest.mark.django_db


def test_a_role_holds_in_its_area_and_everything_inside_it() -> None:
    clerk = an_officer(Role.COUNTER_CLERK, "六甲街道")
    assert may(clerk, Role.COUNTER_CLERK, find_area("福保社区"), ON)
    assert may(clerk, Role.COUNTER_CLERK, find_area("六甲街道"), ON)
    assert not may(clerk, Role.COUNTER_CLERK, find_area("官渡街道"), ON)
    assert not may(clerk, Role.COUNTER_CLERK, find_area("官渡区"), ON)
    assert not may(clerk, Role.APPROVER, find_area("六甲街道"), ON)


def test_a_role_holds_from_its_first_day_to_its_last() -> None:
    clerk = an_officer(Role.COUNTER_CLERK, since=date(2022, 3, 1))
    end_appointment(
        clerk.appointments.get(), last_day=date(2022, 3, 31), why="x", actor=the_system(), at=AT
    )
    area = find_area("六甲街道")
    days = [date(2022, 2, 28), date(2022, 3, 1), date(2022, 3, 31), date(2022, 4, 1)]
    assert [may(clerk, Role.COUNTER_CLERK, area, day) for day in days] == [False, True, True, False]


def test_what_is_not_allowed_is_refused_with_who_may() -> None:
    with pytest.raises(Refusal) as refused:
        require(an_officer(), Role.APPROVER, find_area("六甲街道"), ON)
    assert refused.value.code == "NOT-ALLOWED"
    assert "审核确认" in str(refused.value)


def test_an_officer_sees_the_areas_where_appointed_and_all_inside() -> None:
    worker = an_officer(Role.COMMUNITY_WORKER, "福保社区")
    assert [area.name for area in visible_areas(worker, ON)] == ["福保社区"]
    inspector = an_officer(Role.DISTRICT_INSPECTOR, "官渡区")
    assert visible_areas(inspector, ON).count() == 24
    assert [area.name for area in areas_of(inspector, ON)] == ["官渡区"]


def test_an_administrator_sees_nobodys_case() -> None:
    assert not visible_areas(an_officer(Role.ADMINISTRATOR, "官渡区"), ON).exists()


def test_the_system_and_the_unappointed_see_nothing() -> None:
    assert not visible_areas(the_system(), ON).exists()
    assert not visible_areas(an_officer(), ON).exists()


def test_somebody_who_left_may_nothing_any_more_and_keeps_the_name() -> None:
    clerk = an_officer(Role.COUNTER_CLERK)
    deactivate_officer(clerk, why="调离", actor=the_system(), at=AT)
    assert not may(clerk, Role.COUNTER_CLERK, find_area("六甲街道"), ON)
    with pytest.raises(Refusal, match="已停用"):
        officer_named(clerk.username)
    assert Officer.objects.filter(username=clerk.username).exists()


@pytest.mark.parametrize("username", ["nobody", "system", "", "x" * 500])
def test_nobody_works_under_an_unknown_name_or_the_systems(username: str) -> None:
    the_system()
    with pytest.raises(Refusal) as refused:
        officer_named(username)
    assert refused.value.code == "OFFICER"


@pytest.mark.parametrize("username", ["Zhang", "z", "1a", "张三", "a b", "a" * 41, "", "ａｂ"])
def test_a_username_that_is_not_plain_is_refused(username: str) -> None:
    with pytest.raises(Refusal) as refused:
        add_officer(username=username, name="张三", actor=the_system(), at=AT)
    assert refused.value.code == "OFFICER-FMT"


@pytest.mark.parametrize("name", ["", "  ", "张" * 61])
def test_an_officer_needs_a_name(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        add_officer(username="zhang", name=name, actor=the_system(), at=AT)
    assert refused.value.code == "OFFICER-FMT"


def test_a_username_is_given_once() -> None:
    officer = an_officer()
    with pytest.raises(Refusal) as refused:
        add_officer(username=officer.username, name="李四", actor=the_system(), at=AT)
    assert refused.value.code == "OFFICER-DUP"


def test_the_database_itself_refuses_a_username_that_is_not_plain() -> None:
    with (
        pytest.raises(IntegrityError),
        deed(actor=the_system(), act="test", why="x", at=AT),
    ):
        Officer.objects.create(username="Not Plain", name="x")


def test_the_same_appointment_twice_is_refused() -> None:
    clerk = an_officer(Role.COUNTER_CLERK)
    with pytest.raises(Refusal) as refused:
        appoint_officer(
            clerk,
            role=Role.COUNTER_CLERK,
            area=find_area("六甲街道"),
            valid_from=date(2022, 6, 1),
            actor=the_system(),
            at=AT,
        )
    assert refused.value.code == "APPOINTED"


def test_one_after_the_other_is_two_appointments() -> None:
    clerk = an_officer(Role.COUNTER_CLERK)
    system, area = the_system(), find_area("六甲街道")
    end_appointment(
        clerk.appointments.get(), last_day=date(2022, 5, 31), why="x", actor=system, at=AT
    )
    appoint_officer(
        clerk,
        role=Role.COUNTER_CLERK,
        area=area,
        valid_from=date(2022, 6, 1),
        actor=system,
        at=AT,
    )
    assert may(clerk, Role.COUNTER_CLERK, area, date(2022, 6, 1))


@pytest.mark.parametrize(
    ("held", "wanted"),
    [(Role.ADMINISTRATOR, Role.APPROVER), (Role.APPROVER, Role.ADMINISTRATOR)],
)
def test_an_administrator_works_on_no_case_and_the_other_way_round(
    held: Role, wanted: Role
) -> None:
    officer = an_officer(held)
    with pytest.raises(Refusal) as refused:
        appoint_officer(
            officer,
            role=wanted,
            area=find_area("官渡街道"),
            valid_from=ON,
            actor=the_system(),
            at=AT,
        )
    assert refused.value.code == "ROLE-APART"


def test_nobody_but_an_administrator_takes_on_or_appoints() -> None:
    clerk, area = an_officer(Role.COUNTER_CLERK), find_area("六甲街道")
    attempts = (
        lambda: add_officer(username="friend", name="友", actor=clerk, at=AT),
        lambda: appoint_officer(
            clerk, role=Role.APPROVER, area=area, valid_from=ON, actor=clerk, at=AT
        ),
        lambda: deactivate_officer(clerk, why="x", actor=clerk, at=AT),
        lambda: end_appointment(clerk.appointments.get(), last_day=ON, why="x", actor=clerk, at=AT),
    )
    for attempt in attempts:
        with pytest.raises(Refusal) as refused, transaction.atomic():
            attempt()
        assert refused.value.code == "NOT-ALLOWED"


def test_opening_the_office_again_changes_nothing() -> None:
    system = the_system()
    deeds = Deed.objects.count()
    assert open_office(at=AT) == system
    assert Deed.objects.count() == deeds
