"""Laws of the two clocks, over random work: what was answered once is answered for ever."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.access.queries import find_area
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import IncomeKind, Relation
from doudi.registry import queries
from doudi.registry.actions import (
    confirm_circumstance,
    correct_circumstance,
    end_circumstance,
    withdraw_circumstance,
)
from doudi.registry.kinds import kind_named
from doudi.registry.queries.beliefs import believed
from tests.registry.build import START, a_household, a_person, state, the_system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from doudi.registry.models import Household, Person

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2022, 1, 1)
MONTHS = [Month("2022-01"), Month("2022-03"), Month("2022-06")]

acts = st.tuples(
    st.sampled_from(["state", "state", "state", "correct", "end", "withdraw", "confirm"]),
    st.sampled_from(["income", "disability"]),
    st.integers(0, 1),
    st.integers(0, 180),
    st.none() | st.integers(0, 90),
    st.integers(1, 4),
    st.booleans(),
)
work = st.lists(acts, min_size=1, max_size=8)
unhurried = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _open_office() -> None:
    """One office for all examples of a test."""
    the_system()


@contextmanager
def a_home_of_two() -> Iterator[tuple[Household, list[Person]]]:
    """A household of two for one example; gone after it, with all that was recorded."""
    with transaction.atomic():
        persons = [a_person(born="1970-01-01"), a_person(born="2000-01-01")]
        yield a_household(persons[0], (persons[1], Relation.CHILD)), persons
        transaction.set_rollback(True)


def carry_out(
    persons: list[Person], steps: list[tuple[Any, ...]], begin: datetime
) -> Iterator[datetime]:
    """Do the work, an hour a step, leaving out what is refused; gives the moment after each."""
    for hour, (act, kind, who, start, length, number, confirmed) in enumerate(steps, start=1):
        at = begin + timedelta(hours=hour)
        first = FIRST_DAY + timedelta(days=start)
        last = None if length is None else first + timedelta(days=length)
        try:
            if act == "state":
                say(persons[who], kind, first, last, number, at, confirmed=confirmed)
            else:
                change(persons[who], kind, act, last, number, at)
        except Refusal:
            pass
        yield at


def say(
    person: Person, kind: str, first: date, last: date | None, number: int, at: datetime,
    *, confirmed: bool,
) -> None:  # fmt: skip
    values: dict[str, Any] = (
        {"kind": "wage", "amount_fen": number, "months": 1}
        if kind == "income"
        else {"category": "physical", "grade": number}
    )
    state(
        person, kind, valid_from=first, valid_to=last, at=at, confirmed=confirmed,
        revise=bool(number % 2), **values,
    )  # fmt: skip


def change(
    person: Person, kind: str, act: str, last: date | None, number: int, at: datetime
) -> None:
    row = believed(kind_named(kind), [person.pk]).order_by("pk").last()
    if row is None:
        return
    by: dict[str, Any] = {"actor": the_system(), "at": at, "why": "测试"}
    if act == "withdraw":
        withdraw_circumstance(row, **by)
    elif act == "confirm":
        confirm_circumstance(row, **by)
    elif act == "end":
        end_circumstance(row, valid_to=last, **by)
    else:
        column = "amount_fen" if kind == "income" else "grade"
        correct_circumstance(row, values={column: number}, source="测试", **by)


def answers(known_at: datetime) -> list[list[int]]:
    """Income and grade of everybody in every month, as known at a moment."""
    area = find_area("六甲街道")
    found = [queries.facts(area, month, known_at).persons for month in MONTHS]
    return [
        [*each.income_year_fen[IncomeKind.WAGE].tolist(), *each.disability_grade.tolist()]
        for each in found
    ]


@unhurried
@given(work, work)
def test_what_is_learnt_later_never_changes_what_was_answered(
    before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]
) -> None:
    with a_home_of_two() as (_, persons):
        asked = {at: answers(at) for at in carry_out(persons, before, START)}
        list(carry_out(persons, after, START + timedelta(days=2)))
        assert {at: answers(at) for at in asked} == asked


@unhurried
@given(work)
def test_no_two_believed_facts_of_one_key_share_a_day(steps: list[tuple[Any, ...]]) -> None:
    with a_home_of_two() as (_, persons):
        for _ in carry_out(persons, steps, START):
            for kind in ("income", "disability"):
                for person in persons:
                    rows = believed(kind_named(kind), [person.pk]).order_by("valid_from")
                    for earlier, later in pairwise(rows):
                        assert earlier.valid_to is not None
                        assert earlier.valid_to < later.valid_from


@unhurried
@given(work)
def test_news_reaches_every_month_whose_answer_it_changes(steps: list[tuple[Any, ...]]) -> None:
    with a_home_of_two() as (home, persons):
        area, since = find_area("六甲街道"), START
        known = answers(since)
        for at in carry_out(persons, steps, START):
            now = answers(at)
            differs = [m for m, old, new in zip(MONTHS, known, now, strict=True) if old != new]
            spans = queries.touched_since(area, since, at).get(home.pk, [])
            for month in differs:
                assert any(span.touches(month) for span in spans)
            known, since = now, at


@unhurried
@given(work, st.integers(0, 11))
def test_asking_for_one_household_is_asking_for_all_and_looking_at_one(
    steps: list[tuple[Any, ...]], month: int
) -> None:
    with a_home_of_two() as (home, persons):
        a_household(a_person(born="1960-01-01"))
        at = list(carry_out(persons, steps, START))[-1]
        area, asked = find_area("六甲街道"), Month("2022-01").plus(month)
        whole = queries.facts(area, asked, at).persons
        one = queries.facts(area, asked, at, [home.pk])
        theirs = np.isin(whole.id, one.persons.id)
        assert one.households.id.tolist() == [home.pk]
        assert whole.disability_grade[theirs].tolist() == one.persons.disability_grade.tolist()
        for kind in IncomeKind:
            wholly = whole.income_year_fen[kind][theirs]
            assert wholly.tolist() == one.persons.income_year_fen[kind].tolist()
