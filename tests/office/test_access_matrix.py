"""Every page with every role, at home and abroad: who may open it, and what it never shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from doudi.access.models import Appointment, Role
from doudi.doors.office.guard import Openness, declared
from tests.office.addresses import ONES_OWN, RECORDS, addresses
from tests.office.conftest import officer_of
from tests.warehouse.build import START

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.warehouse.build import World

HOME, ABROAD = "六甲街道", "官渡街道"
REFUSED, MISSING = 403, 404
ROLES = list(Role)


def signed_in(world: World, role: Role, area: str = HOME) -> Client:
    """A client of an officer with this role alone."""
    client = Client(raise_request_exception=False)
    client.force_login(officer_of(world, f"o-{role.value.replace('_', '-')}", role, area))
    return client


@pytest.mark.promise("R14")
def test_every_page_says_whom_it_is_open_to() -> None:
    names = [each.name for each in addresses()]
    assert "desk" in names
    assert len(names) == len(set(names)), "two pages of one name"


def test_every_page_of_a_record_is_in_the_matrix() -> None:
    assert {each.name for each in addresses() if each.places} == set(RECORDS)


@pytest.mark.control("R14")
def test_a_view_that_says_nothing_is_never_shown() -> None:
    def forgotten() -> None:
        """A view without a declaration."""

    with pytest.raises(ImproperlyConfigured, match="does not say whom it is open to"):
        declared(forgotten)  # type: ignore[arg-type]


def test_nobody_signed_in_sees_nothing_but_what_is_open_to_all(world: World) -> None:
    household = world.household("H2")
    for page in addresses():
        answer = Client(raise_request_exception=False).get(page.of(household))
        if page.access.openness is Openness.ALL:
            assert answer.status_code < 400 or answer.status_code == 405, page.name
        else:
            assert answer.status_code == 302, page.name
            assert answer["Location"].startswith("/account/login?next="), page.name


@pytest.mark.parametrize("role", ROLES)
def test_at_home_a_page_opens_as_it_declares(world: World, role: Role) -> None:
    household = world.household("H2")
    client = signed_in(world, role)
    for page in addresses():
        answer = client.get(page.of(household))
        if page.access.openness is Openness.ROLES and role not in page.access.roles:
            assert answer.status_code == REFUSED, page.name
        else:
            missing = set() if page.name in ONES_OWN else {MISSING}
            assert answer.status_code not in {REFUSED, 500} | missing, page.name


@pytest.mark.promise("R14")
@pytest.mark.parametrize("role", ROLES)
def test_abroad_a_record_is_as_if_it_were_not_there(world: World, role: Role) -> None:
    """R14: not by reading, not by sending a form, and told in the words of what does not exist."""
    household = world.household("H2", head="赵钱孙李")
    client = signed_in(world, role, ABROAD)
    for page in addresses():
        if not page.places:
            continue
        for send in (client.get, client.post):
            answer = send(page.of(household))
            assert _is_shut(answer), (page.name, send)
            assert "赵钱孙李" not in answer.content.decode(), page.name


@pytest.mark.parametrize("role", ROLES)
def test_abroad_no_page_changes_when_somebody_of_ours_is_registered(
    world: World, role: Role
) -> None:
    """R14: neither a name nor a count of people elsewhere is to be had."""
    client = signed_in(world, role, ABROAD)
    household = world.household("H2")
    pages = [page.of(household) for page in addresses() if not page.places]
    before = {page: _words(client.get(page)) for page in pages}
    world.household("H3", head="赵钱孙李")
    assert {page: _words(client.get(page)) for page in pages} == before


def _is_shut(answer: HttpResponse) -> bool:
    """Missing, refused, no such act; or asked, before anything is looked up, who sits here."""
    asks = answer.status_code in (302, 401) and "/account/confirm" in (
        answer.headers.get("Location", "") + answer.content.decode()
    )
    return asks or answer.status_code in (MISSING, REFUSED, 405)


def _words(answer: HttpResponse) -> str:
    """A page without what changes at each request: the token of its forms, the time of day."""
    content = answer.content.decode(errors="replace")  # a workbook is compared as it is
    text = re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken)[^>]+', "", content)
    return re.sub(r"\d\d:\d\d(:\d\d)?", "", text)


def test_an_appointment_that_has_ended_opens_nothing_from_the_next_request_on(world: World) -> None:
    client = signed_in(world, Role.COUNTER_CLERK)
    page = "/report/2022H1/530111008"
    assert client.get(page).status_code == 200
    with world.doing(START):
        Appointment.objects.filter(officer__username="o-counter-clerk").update(
            valid_to="2022-01-31"
        )
    assert client.get(page).status_code == REFUSED
