"""Builders for whoever needs people: an officer, a person, a household, a fact about them.

Everything goes through the doors of the rooms themselves. Made-up people bear numbers of a region
that never was. Unless told otherwise, all was so since 2020 and is known since December 2021.

    head = a_person(born="1950-03-01", sex=Sex.FEMALE)
    home = a_household(head, (a_person(born="2012-05-01"), Relation.CHILD))
    state(head, "income", kind="pension", amount_fen=120_000, months=1)
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from doudi.access.actions import add_officer, appoint_officer, load_areas, open_office
from doudi.access.queries import areas, find_area, officers
from doudi.kernel.id_numbers import fictional_id_number
from doudi.kernel.vocabulary import Registration, Relation, Sex
from doudi.registry.actions import (
    record_circumstances,
    register_household,
    register_person,
)
from doudi.registry.kinds import kind_named
from doudi.registry.newcomers import NewPerson
from doudi.registry.queries.beliefs import believed
from doudi.registry.statements import Statement, refuse

if TYPE_CHECKING:
    from doudi.access.models import Officer, Role
    from doudi.registry.models import Circumstance, Household, Person

BEIJING = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2020, 1, 1)

_serial = count(1)


def moment(text: str) -> datetime:
    """A moment in Beijing: `2022-03-05` is nine in the morning of that day."""
    at = datetime.fromisoformat(text)
    return at.replace(hour=at.hour or 9, tzinfo=BEIJING)


START = moment("2021-12-01")


def day(value: date | str) -> date:
    """A day, given as such or as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def the_system() -> Officer:
    """The officer that stands for the system; with it the office is open and knows its areas."""
    system = open_office(at=START)
    if not areas().exists():
        load_areas(actor=system, at=START)
    return system


def an_officer(username: str = "wang", role: Role | None = None, area: str = "六甲街道") -> Officer:
    """An officer, appointed since 2020 when a role is given; the same name gives the same one."""
    system = the_system()
    officer = officers().filter(username=username).first()
    if officer is None:
        officer = add_officer(username=username, name=f"{username}（测试）", actor=system, at=START)
    if role is not None:
        appoint_officer(
            officer,
            role=role,
            area=find_area(area),
            valid_from=LONG_AGO,
            actor=system,
            at=START,
        )
    return officer


def a_person(
    *,
    born: date | str = "1970-06-15",
    sex: Sex = Sex.FEMALE,
    name: str = "测试人",
    with_papers: bool = True,
    at: datetime | None = None,
) -> Person:
    """A person, with a fictional ID number unless without papers; registered after birth."""
    serial = next(_serial)
    order = serial * 2 % 1000 + (sex == Sex.MALE)
    id_number = fictional_id_number(day(born), order) if with_papers else ""
    newcomer = NewPerson(name, sex, day(born), id_number, f"T{serial:08d}")
    at = at or max(START, moment(day(born).isoformat()))
    return register_person(newcomer, actor=the_system(), at=at, why="测试")


def a_household(
    head: Person | None = None,
    *others: tuple[Person, Relation],
    area: str = "福保社区",
    registration: Registration = Registration.URBAN,
    since: date | str = LONG_AGO,
    at: datetime = START,
) -> Household:
    """A household that lives in an area: a head (made up if not given) and other members.

    Members born later than `since` are members from their birth.
    """
    home = register_household(f"H{next(_serial):08d}", actor=the_system(), at=at, why="测试")
    residence: dict[str, Any] = {
        "area_id": find_area(area).pk,
        "registration": registration,
        "address": "",
    }
    state(home, "residence", valid_from=since, at=at, **residence)
    members = [(head or a_person(at=at), Relation.HEAD), *others]
    recorded = record_circumstances(
        "membership",
        statements=[
            Statement(
                person.pk,
                {
                    "household_id": home.pk,
                    "relation": relation,
                    "lives_with": True,
                    "independent": False,
                },
                max(day(since), person.birth_date),
                source="测试",
            )
            for person, relation in members
        ],
        actor=the_system(),
        at=at,
        why="测试",
        accept_warnings=True,
    )
    refuse(recorded.faults)
    return home


def state(
    owner: Person | Household,
    kind: str,
    /,
    *,
    valid_from: date | str = LONG_AGO,
    valid_to: date | str | None = None,
    at: datetime = START,
    confirmed: bool = True,
    revise: bool = False,
    **values: Any,
) -> Circumstance:
    """State a fact and give its row; raises Refusal for its fault. `revise` as a ledger does."""
    statement = Statement(
        owner.pk,
        values,
        day(valid_from),
        None if valid_to is None else day(valid_to),
        "测试",
        confirmed=confirmed,
    )
    recorded = record_circumstances(
        kind,
        statements=[statement],
        actor=the_system(),
        at=at,
        why="测试",
        revise=revise,
        accept_warnings=True,
    )
    refuse(recorded.faults)
    return the_fact(owner, kind, valid_from=valid_from, **values)


def the_fact(
    owner: Person | Household, kind: str, /, *, valid_from: date | str = LONG_AGO, **values: Any
) -> Circumstance:
    """The believed fact of this kind that began on a day."""
    of = kind_named(kind)
    key = {word: values[word] for word in of.words}
    rows = believed(of, [owner.pk]).filter(valid_from=day(valid_from), **key)
    return rows.get()
