"""Builders for awards: decided ones, and months worked out under the demo's parameters.

home = a_household()
award = an_award(home)
work_out("2022-03")
amounts(award)  # {"2022-01": 70000, …}
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from doudi.access.actions import set_jurisdiction
from doudi.access.queries import find_area
from doudi.entitlement.actions import determine_month, import_awards
from doudi.entitlement.models import Award
from doudi.entitlement.queries import due_table
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from doudi.registry.ledger.rows import AwardRow
from tests.registry.build import START, day, moment, the_system

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.entitlement.actions import MonthDetermined
    from doudi.registry.models import Household, Person

LIUJIA = "六甲街道"
STANDARD = 70_000
"""The demo's Dibao standard, in fen."""

_serial = count(1)


def liujia() -> Area:
    """The subdistrict, under the demo's parameters."""
    system = the_system()
    area = find_area(LIUJIA)
    if area.jurisdiction != "demo_assumptions":
        set_jurisdiction(area, jurisdiction="demo_assumptions", actor=system, at=START, why="测试")
    return find_area(LIUJIA)


def an_award_row(
    household: Household,
    person: Person | None = None,
    *,
    payee: Person | None = None,
    programme: Programme = Programme.DIBAO,
    applied_on: str = "2021-11-02",
    decided_on: str = "2021-12-10",
    **more: object,
) -> AwardRow:
    """A row of the sheet 待遇; due from January 2022 unless told otherwise."""
    serial = next(_serial)
    values: dict[str, object] = {
        "number": f"A{serial:06d}",
        "person_number": person.person_number if person else "",
        "payee_number": (payee or person or head_of(household)).person_number,
    }
    return AwardRow(
        row=serial + 1,
        programme=programme,
        household_number=household.number,
        applied_on=day(applied_on),
        decided_on=day(decided_on),
        decided_by="官渡区民政局",
        source="测试",
        **(values | more),  # type: ignore[arg-type] # any column may be given
    )


def head_of(household: Household) -> Person:
    """The head of a household as registered."""
    return household.memberships.get(relation="head", superseded_at=None).person


def take_in(*rows: AwardRow, at: datetime = START) -> list[Award]:
    """Import awards and give their records, in the order of the rows."""
    import_awards(rows, actor=the_system(), at=at, why="测试")
    return [Award.objects.get(number=row.number) for row in rows]


def an_award(
    household: Household, person: Person | None = None, *, at: datetime = START, **more: object
) -> Award:
    """One award, taken in."""
    return take_in(an_award_row(household, person, **more), at=at)[0]  # type: ignore[arg-type]


def work_out(month: str, at: str = "") -> list[MonthDetermined]:
    """Work a month out on its 20th, or on another day."""
    moment_of_it = moment(at or f"{month}-20")
    return determine_month(area=liujia(), month=Month(month), actor=the_system(), at=moment_of_it)


def amounts(award: Award) -> dict[str, int]:
    """What an award is due by month, as it stands."""
    rows = due_table().filter(award=award).order_by("month")
    return dict(rows.values_list("month", "amount_fen"))
