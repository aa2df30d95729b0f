"""The pages of a person: where they belong, what is known by both clocks, what they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.access.models import Role
from doudi.kernel.vocabulary import Relation
from doudi.registry.actions import correct_circumstance, end_circumstance
from tests.entitlement.build import an_award
from tests.registry.build import a_household, a_person, an_officer, day, moment, state, the_system

if TYPE_CHECKING:
    from doudi.registry.models import Household, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    """A client of a counter clerk."""
    client = Client()
    client.force_login(an_officer("wang", Role.COUNTER_CLERK))
    return client


@pytest.fixture
def home() -> tuple[Household, Person]:
    """A household of two."""
    person = a_person(born="1950-03-01", name="赵钱孙")
    return a_household(person, (a_person(name="李周吴"), Relation.SPOUSE)), person


def test_a_household_leads_to_its_members_and_back(
    clerk: Client, home: tuple[Household, Person]
) -> None:
    household, person = home
    file, page = f"/households/{household.number}/", f"/persons/{person.person_number}/"
    assert page in clerk.get(file).content.decode()
    shown = clerk.get(page).content.decode()
    for said in ("赵钱孙", "1950-03-01", file):
        assert said in shown


def test_the_list_holds_who_is_ours_and_nobody_else(
    clerk: Client, home: tuple[Household, Person]
) -> None:
    a_household(a_person(name="陌生人"), area="官渡街道")
    page = clerk.get("/persons/").content.decode()
    assert "赵钱孙" in page
    assert "李周吴" in page
    assert "陌生人" not in page
    del home


def test_the_list_asks_as_much_for_many_as_for_few(
    clerk: Client, home: tuple[Household, Person]
) -> None:
    del home
    clerk.get("/persons/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/persons/")
    for _ in range(3):
        a_household(a_person())
    with CaptureQueriesContext(connection) as many:
        clerk.get("/persons/")
    assert len(few) == len(many)


def test_a_household_left_for_elsewhere_is_told_without_its_number(
    home: tuple[Household, Person],
) -> None:
    household, _ = home
    membership = household.memberships.get(relation="spouse", superseded_at=None)
    person = membership.person
    end_circumstance(
        membership,
        valid_to=day("2022-03-31"),
        actor=the_system(),
        at=moment("2022-04-01"),
        why="迁",
    )
    new = a_household(person, area="官渡街道", since="2022-04-01", at=moment("2022-04-02"))
    there = Client()
    there.force_login(an_officer("li", Role.COUNTER_CLERK, "官渡街道"))
    page = there.get(f"/persons/{person.person_number}/").content.decode()
    assert new.number in page
    assert household.number not in page
    assert "别的辖区" in page


def test_what_is_known_is_shown_by_both_clocks(
    clerk: Client, home: tuple[Household, Person]
) -> None:
    _, person = home
    row = state(person, "income", kind="wage", amount_fen=10_000, months=1)
    correct_circumstance(
        row, values={"amount_fen": 20_000}, source="工资单",
        actor=the_system(), at=moment("2022-06-01"), why="核对",
    )  # fmt: skip
    facts = f"/persons/{person.person_number}/facts"
    now = clerk.get(facts).content.decode()
    assert "200.00" in now
    assert "100.00" not in now
    then = clerk.get(f"{facts}?known_on=2022-05-01").content.decode()
    assert "100.00" in then
    assert "200.00" not in then
    everything = clerk.get(f"/persons/{person.person_number}/history").content.decode()
    assert "100.00" in everything
    assert "200.00" in everything


def test_awards_in_ones_own_name_are_shown(clerk: Client, home: tuple[Household, Person]) -> None:
    household, person = home
    award = an_award(household, person, programme="tekun")
    page = clerk.get(f"/persons/{person.person_number}/benefits").content.decode()
    assert award.number in page
