"""Persons and households are found by number, seen by those who may, and shown masked."""

from __future__ import annotations

import pytest

from doudi.access.models import Deed, Entry, Role
from doudi.access.queries import find_area
from doudi.kernel.id_numbers import fictional_id_number
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Relation, Sex
from doudi.registry import queries
from doudi.registry.actions import (
    end_circumstance,
    register_household,
    register_persons,
    reveal_id_number,
)
from doudi.registry.models import Household, Look, Person
from doudi.registry.newcomers import NewPerson, Registered
from tests.registry.build import (
    START,
    a_household,
    a_person,
    an_officer,
    day,
    moment,
    state,
    the_system,
)

pytestmark = pytest.mark.django_db

BORN = day("1980-02-03")
NUMBER = fictional_id_number(BORN, 18)
MISTYPED = "7" if NUMBER[-1] != "7" else "8"


def register(*persons: NewPerson) -> Registered:
    return register_persons(persons, actor=the_system(), at=START, why="登记")


def newcomer(name: str = "张三", number: str = NUMBER, born: str = "1980-02-03") -> NewPerson:
    return NewPerson(name, Sex.FEMALE, day(born), number, row=2)


def test_an_id_number_is_kept_sealed_and_found_by_its_index() -> None:
    ids = register(newcomer()).ids
    person = Person.objects.get(pk=ids[0])
    assert NUMBER not in person.id_number_sealed + str(person.id_number_index)
    assert queries.person_by_id_number(NUMBER) == person
    assert queries.person_by_id_number(fictional_id_number(BORN, 20)) is None
    assert queries.person_ids([NUMBER, person.person_number, "无"]) == {
        NUMBER: person.pk,
        person.person_number: person.pk,
    }


def test_nothing_of_a_number_stands_in_the_journal() -> None:
    register(newcomer())
    assert not Entry.objects.filter(after__contains=NUMBER[6:14] + NUMBER[14:]).exists()
    assert not Entry.objects.filter(after__contains=NUMBER).exists()


def test_a_number_is_shown_masked_and_a_look_leaves_a_trace() -> None:
    person = Person.objects.get(pk=register(newcomer()).ids[0])
    a_household(person)
    assert queries.masked_id(person) == f"{NUMBER[:6]}********{NUMBER[-4:]}"
    officer = an_officer("li", Role.COUNTER_CLERK)
    assert reveal_id_number(person, actor=officer, at=START, why="核对原件") == NUMBER
    look = Look.objects.get()
    assert (look.officer, look.person, look.why) == (officer, person, "核对原件")
    assert Deed.objects.filter(act="look", actor=officer, why="核对原件").exists()


def test_nobody_looks_without_a_reason_or_beyond_the_own_area() -> None:
    person = Person.objects.get(pk=register(newcomer()).ids[0])
    a_household(person, area="福保社区")
    ours = an_officer("li", Role.COUNTER_CLERK, "六甲街道")
    theirs = an_officer("wu", Role.COUNTER_CLERK, "关上街道")
    for officer, why, code in ((ours, " ", "WHY-EMPTY"), (theirs, "好奇", "NOT-ALLOWED")):
        with pytest.raises(Refusal) as refused:
            reveal_id_number(person, actor=officer, at=START, why=why)
        assert refused.value.code == code
    assert not Look.objects.exists()


def test_a_person_without_papers_gets_a_number_of_ours() -> None:
    registered = register(newcomer(number=""), newcomer("李四", number=""))
    numbers = Person.objects.filter(pk__in=registered.ids).values_list("person_number", flat=True)
    assert sorted(numbers) == ["P00000001", "P00000002"]


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (newcomer("李四"), "ID-NAME"),
        (newcomer(), "ID-KNOWN"),
        (newcomer(number=NUMBER[:-1] + MISTYPED), "ID-CHK"),
        (newcomer(number=fictional_id_number(BORN, 44), born="1980-02-04"), "ID-BIRTH"),
        (newcomer(number="", born="2022-01-01"), "DATE-FUTURE"),
    ],
)
def test_a_person_who_cannot_be_is_refused(person: NewPerson, code: str) -> None:
    register(newcomer())
    registered = register(newcomer("王五", number=""), person)
    assert [fault.code for fault in registered.faults] == [code]
    assert NUMBER not in registered.faults[0].sentence()
    assert Person.objects.count() == 1


def test_one_person_twice_in_a_file_is_told() -> None:
    registered = register(newcomer(), newcomer())
    assert {fault.code for fault in registered.faults} == {"F-DUPROW"}


def test_a_household_s_number_is_nobody_else_s() -> None:
    register_household("A1", actor=the_system(), at=START, why="建档")
    with pytest.raises(Refusal) as refused:
        register_household("A1", actor=the_system(), at=START, why="建档")
    assert refused.value.code == "NUM-KNOWN"
    assert queries.household_numbered("A1").number == "A1"
    with pytest.raises(Refusal, match="没有户编号“A2”"):
        queries.household_numbered("A2")


def test_members_are_those_of_the_day_as_known_then() -> None:
    child = a_person(born="2012-01-01")
    home = a_household(None, (child, Relation.CHILD))
    row = home.memberships.get(person=child)
    at = moment("2022-04-01")
    end_circumstance(row, valid_to=day("2022-02-28"), actor=the_system(), at=at, why="迁出")
    sizes = [
        len(queries.members(home, day(on), moment(known)))
        for on, known in (
            ("2022-02-28", "2022-05-01"),
            ("2022-03-01", "2022-05-01"),
            ("2022-03-01", "2022-03-31"),
        )
    ]
    assert sizes == [2, 1, 2]


def test_an_officer_sees_the_people_of_the_appointed_area_alone() -> None:
    ours, theirs = a_household(area="福保社区"), a_household(area="关上街道")
    clerk = an_officer("zhao", Role.COUNTER_CLERK, "六甲街道")
    admin = an_officer("qian", Role.ADMINISTRATOR, "官渡区")
    on = day("2022-01-15")
    assert list(queries.households_visible_to(clerk, on)) == [ours]
    persons = queries.persons_visible_to(clerk, on)
    assert set(persons) == {row.person for row in ours.memberships.all()}
    assert theirs not in queries.households_visible_to(clerk, on)
    assert list(queries.households_visible_to(admin, on)) == []
    assert list(queries.households_visible_to(an_officer("sun"), on)) == []


def test_each_value_can_name_its_source() -> None:
    head = a_person()
    home = a_household(head)
    state(head, "disability", category="physical", grade=1)
    state(head, "income", kind="wage", amount_fen=1, months=1)
    state(head, "supporter", tie="长子", birth_date=day("1990-01-01"), income_year_fen=None,
          property_ok=None, disability_category="", disability_grade=None,
          status="ordinary")  # fmt: skip
    found = queries.facts(find_area("六甲街道"), Month("2022-01"), moment("2022-01-31"))
    of_head = queries.sources(found, person=head.pk)
    assert set(of_head) == {"membership", "disability", "income.wage", "supporter.长子"}
    assert of_head["income.wage"].source == "测试"
    assert of_head["income.wage"].recorded_by == "系统"
    assert set(queries.sources(found, household=home.pk)) == {"residence"}
    with pytest.raises(KeyError):
        queries.sources(found, person=head.pk + 1000)


def test_a_household_s_file_shows_everything_ever_recorded_in_order() -> None:
    head = a_person()
    home = a_household(head)
    row = state(head, "income", kind="wage", amount_fen=1, months=1, at=moment("2022-01-05"))
    end_circumstance(
        row, valid_to=day("2022-02-28"), actor=the_system(), at=moment("2022-03-01"), why="停"
    )
    held = queries.circumstances_of(home, on=None, known_at=moment("2022-03-02"))
    held.sort(key=lambda each: (each.row.recorded_at, each.row.valid_from, each.kind.name))
    kinds = [(each.kind.name, each.row.superseded_at is None) for each in held]
    assert kinds == [
        ("membership", True),
        ("residence", True),
        ("income", False),
        ("income", True),
    ]
    assert Household.objects.count() == 1
