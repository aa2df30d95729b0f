"""Memberships against one another: one head on each day, one spouse, ages that can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.months import day_after
from doudi.kernel.refusals import N_, Fault, Severity
from doudi.kernel.vocabulary import Relation
from doudi.registry.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_GENERATION = 14
"""Years between parent and child below which a clerk must look again."""
_MARRIAGEABLE = 20
"""Years below which a marriage can't be lawful (民法典 第一千零四十七条), for women."""
_LARGE = 20
"""Members above which a household is probably several."""

_YOUNGER = {Relation.CHILD: 1, Relation.GRANDCHILD: 2}
_OLDER = {Relation.PARENT: 1, Relation.GRANDPARENT: 2}
"""By how many generations a member stands below or above the head."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A person's membership as it will be believed; `statement` is new, None for an old one."""

    person: int
    relation: str
    valid_from: date
    valid_to: date | None
    statement: Statement | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the person is a member on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def faults_of_household(
    number: str, stays: Sequence[Stay], born: Mapping[int, date], touched: Statement
) -> Iterator[Fault]:
    """What is wrong with a household as it will be; at most one fault of each code.

    `touched` is a statement that concerns the household, for faults of no other row.
    """
    seen: set[str] = set()
    for fault in _all_faults(number, stays, born, touched):
        if fault.code not in seen:
            seen.add(fault.code)
            yield fault


def _all_faults(
    number: str, stays: Sequence[Stay], born: Mapping[int, date], touched: Statement
) -> Iterator[Fault]:
    """Every fault, day by day of those on which the household changes."""
    for day in _days_of_change(stays):
        members = [stay for stay in stays if stay.holds_on(day)]
        if not members:
            continue
        row = next((s.statement for s in members if s.statement is not None), touched)
        yield from _faults_of_day(number, members, day, row)
        yield from _faults_of_ages(members, born, day)


def _days_of_change(stays: Sequence[Stay]) -> list[date]:
    starts = {stay.valid_from for stay in stays}
    ends = {day_after(stay.valid_to) for stay in stays if stay.valid_to is not None}
    return sorted(starts | ends)


def _faults_of_day(
    number: str, members: Sequence[Stay], day: date, row: Statement
) -> Iterator[Fault]:
    """Heads, spouses and size on one day."""
    heads = sum(stay.relation == Relation.HEAD for stay in members)
    if heads == 0:
        yield row.fault(
            "HH-HEAD",
            N_("户 {number} 在 {day} 没有户主，每户须有且只有一名户主"),
            "relation",
            number=number,
            day=day,
        )
    elif heads > 1:
        yield row.fault(
            "HH-HEAD",
            N_("户 {number} 在 {day} 有 {count} 名户主，每户须有且只有一名户主"),
            "relation",
            number=number,
            day=day,
            count=heads,
        )
    spouses = sum(stay.relation == Relation.SPOUSE for stay in members)
    if spouses > 1:
        yield row.fault(
            "HH-SPOUSE",
            N_("户 {number} 在 {day} 有 {count} 名配偶，请核对与户主关系"),
            "relation",
            number=number,
            day=day,
            count=spouses,
        )
    if len(members) > _LARGE:
        yield row.fault(
            "HH-SIZE",
            N_("户 {number} 有 {count} 人，是否把几户并成了一户？"),
            "household",
            Severity.WARNING,
            number=number,
            count=len(members),
        )


def _faults_of_ages(
    members: Sequence[Stay], born: Mapping[int, date], day: date
) -> Iterator[Fault]:
    """Members whose ages don't go with what they are to the head; only rows that are new."""
    head = next((stay for stay in members if stay.relation == Relation.HEAD), None)
    if head is None or head.person not in born:
        return
    for stay in members:
        row = stay.statement or head.statement
        if row is not None and stay.person in born and stay is not head:
            yield from _faults_of_age(stay, born[stay.person], born[head.person], row, day)


def _faults_of_age(
    stay: Stay, birth: date, birth_of_head: date, row: Statement, day: date
) -> Iterator[Fault]:
    relation = Relation(stay.relation)
    years: int | None = None
    generations = 0
    if relation in _YOUNGER:
        years, generations = _years(birth_of_head, birth), _YOUNGER[relation]
    elif relation in _OLDER:
        years, generations = _years(birth, birth_of_head), _OLDER[relation]
    elif relation == Relation.SPOUSE and _years(birth, day) < _MARRIAGEABLE:
        yield row.fault(
            "HH-MINOR", N_("配偶未到法定婚龄，请核对关系和出生日期"), "relation", Severity.WARNING
        )
    if years is None:
        return
    if years < generations:
        yield row.fault(
            "HH-AGE", N_("“{relation}”的年龄与户主不符：长辈须先出生，请核对"), "relation",
            relation=relation,
        )  # fmt: skip
    elif years < generations * _GENERATION:
        yield row.fault(
            "HH-AGE",
            N_("“{relation}”与户主只差 {years} 岁，请核对关系和出生日期"),
            "relation",
            Severity.WARNING,
            relation=relation,
            years=years,
        )


def _years(earlier: date, later: date) -> int:
    """Whole years from one day to another; negative when it is the other way round."""
    whole = later.year - earlier.year
    return whole - ((later.month, later.day) < (earlier.month, earlier.day))
