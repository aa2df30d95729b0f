"""A number in the clear: for a reason, on one page, so often a day, and never without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from doudi.access.models import Deed, Entry, Role
from doudi.registry.actions import looks
from doudi.registry.models import Look
from doudi.registry.queries import masked_id
from tests.office.conftest import confirmed
from tests.registry.build import a_household, a_person, an_officer, state

if TYPE_CHECKING:
    from doudi.registry.models import Person

pytestmark = pytest.mark.django_db
ACCOUNT = "6217003860000000017"


@pytest.fixture
def person() -> Person:
    """Somebody of ours, with an account."""
    person = a_person(born="1950-03-01")
    a_household(person)
    state(person, "account", bank="农商行", number=ACCOUNT, holder_name=person.name, agent=False)
    return person


@pytest.fixture
def clerk(person: Person) -> Client:
    """A counter clerk who has given the password this minute."""
    del person
    client = Client()
    client.force_login(an_officer("wang", Role.COUNTER_CLERK))
    return confirmed(client)


def page_of(person: Person) -> str:
    """Where somebody's numbers are asked for."""
    return f"/persons/{person.person_number}/reveal"


def test_a_number_is_shown_once_and_leaves_who_looked_and_why(
    clerk: Client, person: Person
) -> None:
    answer = clerk.post(page_of(person), {"what": "id", "why": "核对身份证"})
    number = answer.context["shown"]
    assert len(number) == 18
    assert number in answer.content.decode()
    assert number not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    assert answer["Cache-Control"] == "no-store"
    look = Look.objects.get()
    assert (look.person, look.officer.username, look.why) == (person, "wang", "核对身份证")
    assert Deed.objects.get(act="look").why == "核对身份证"
    assert not any(number in str(each.after) for each in Entry.objects.all())
    again = clerk.get(page_of(person)).content.decode()
    assert number not in again
    assert masked_id(person) in again


def test_an_account_is_shown_as_an_id_number_is(clerk: Client, person: Person) -> None:
    page = clerk.post(page_of(person), {"what": "account", "why": "核对账户"}).content.decode()
    assert ACCOUNT in page
    assert Look.objects.get().field == "account"


def test_without_a_reason_nothing_is_shown(clerk: Client, person: Person) -> None:
    answer = clerk.post(page_of(person), {"what": "id", "why": "  "})
    assert answer.status_code == 409
    assert "请写明查看的原因" in answer.content.decode()
    assert not Look.objects.exists()


def test_who_has_not_said_lately_who_they_are_is_asked_first(person: Person) -> None:
    client = Client()
    client.force_login(an_officer("wang", Role.COUNTER_CLERK))
    answer = client.post(page_of(person), {"what": "id", "why": "核对"})
    assert answer.status_code == 401
    assert not Look.objects.exists()


def test_an_officer_sees_so_many_numbers_a_day_and_no_more(
    clerk: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "LOOKS_A_DAY", 2)
    for _ in range(2):
        assert clerk.post(page_of(person), {"what": "id", "why": "核对"}).status_code == 200
    answer = clerk.post(page_of(person), {"what": "id", "why": "核对"})
    assert answer.status_code == 409
    assert "到了上限" in answer.content.decode()
    assert Look.objects.count() == 2
    other = Client()
    other.force_login(an_officer("li", Role.INVESTIGATOR))
    data = {"what": "id", "why": "核对"}
    assert confirmed(other).post(page_of(person), data).status_code == 200


def test_somebody_elsewhere_has_no_such_page(clerk: Client) -> None:
    stranger = a_person()
    a_household(stranger, area="官渡街道")
    assert clerk.post(page_of(stranger), {"what": "id", "why": "核对"}).status_code == 404
    assert not Look.objects.exists()
