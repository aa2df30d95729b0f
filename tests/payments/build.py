"""Builders for payrolls: awards, what is due to them, four officers, a bank that answers.

People come from the registry's own builders; awards and due rows are written as entitlement
would leave them, each within a deed.

    award = an_award()
    owe(award, "2022-06", 90_000)
    run = a_sealed_run("2022-06")
    the_bank_says(run, {1: "03"})
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from doudi.access.journal import deed
from doudi.access.models import Officer, Role
from doudi.access.queries import find_area, officers
from doudi.entitlement.models import Award, Determination, Due
from doudi.entitlement.queries import due_table
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme
from doudi.payments import queries
from doudi.payments.actions import approve_run, check_run, draft_run, seal_run, settle_run
from doudi.payments.return_file import write
from tests.registry.build import (
    START,
    a_household,
    a_person,
    an_officer,
    moment,
    state,
    the_system,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from doudi.payments.actions import Drafted, Settled
    from doudi.payments.models import Run
    from doudi.registry.models import Household, Person

LIUJIA = "六甲街道"
SHARE = 300
"""The share, in thousandths, that recoveries may take in these tests."""

_serial = count(1)


@dataclass(frozen=True)
class Staff:
    """The four who make a payroll."""

    clerk: Officer
    investigator: Officer
    approver: Officer
    cashier: Officer


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def the_staff() -> Staff:
    """Four officers, each appointed to one role in the subdistrict; made at the first call."""
    return Staff(
        _appointed("clerk", Role.COUNTER_CLERK),
        _appointed("investigator", Role.INVESTIGATOR),
        _appointed("approver", Role.APPROVER),
        _appointed("cashier", Role.CASHIER),
    )


def _appointed(username: str, role: Role) -> Officer:
    known = officers().filter(username=username).first()
    return known or an_officer(username, role)


def a_number(serial: int) -> str:
    """A made-up account number that begins with 62 and satisfies Luhn's check."""
    body = f"621700{serial:012d}"
    doubled = [int(c) * 2 if place % 2 == 0 else int(c) for place, c in enumerate(reversed(body))]
    return f"{body}{-sum(d - 9 if d > 9 else d for d in doubled) % 10}"


def an_account(
    person: Person,
    *,
    serial: int | None = None,
    holder: str = "",
    agent: bool = False,
    since: str = "2020-01-01",
    at: datetime = START,
) -> str:
    """A person's account; answers its number. A later one ends the one before."""
    number = a_number(serial or next(_serial))
    state(
        person,
        "account",
        valid_from=since,
        at=at,
        revise=True,
        bank="测试银行六甲支行",
        number=number,
        holder_name=holder or person.name,
        agent=agent,
    )
    return number


def an_award(
    programme: Programme = Programme.DIBAO,
    *,
    payee: Person | None = None,
    household: Household | None = None,
    name: str = "测试人",
    area: str = "福保社区",
    with_account: bool = True,
) -> Award:
    """An award of a household, made up unless given, paid to its head."""
    head = payee or a_person(name=name)
    home = household or a_household(head, area=area)
    if with_account and payee is None:
        an_account(head)
    of_person = programme not in (Programme.DIBAO, Programme.TEMPORARY_ASSISTANCE)
    with deed(actor=the_system(), act="test", why="测试", at=START):
        return Award.objects.create(
            number=f"A{next(_serial):06d}",
            programme=programme,
            household=home,
            person=head if of_person else None,
            payee=head,
            applied_on=date(2021, 11, 1),
            decided_on=date(2021, 12, 1),
            decided_by="官渡区民政局",
            first_month="2022-01",
            due_from="2022-01",
            source="测试",
            recorded_at=START,
            recorded_by=the_system(),
        )


def owe(
    award: Award,
    month: str,
    fen: int,
    *,
    at: datetime = START,
    permille: int | None = SHARE,
) -> None:
    """An award is now due so much for a month: the row before, if any, stands no longer."""
    with deed(actor=the_system(), act="test", why="测试", at=at):
        determination = Determination.objects.create(
            area=find_area(LIUJIA),
            month=month,
            known_at=at,
            jurisdiction="530111",
            fingerprint="-",
            whole=True,
            recovery_permille=permille,
            awards=1,
            changed=1,
            undetermined=0,
            recorded_by=the_system(),
        )
        due_table().filter(award=award, month=month).update(superseded_at=at)
        Due.objects.create(
            award=award,
            month=month,
            amount_fen=fen,
            members=1,
            reason="holds",
            determination=determination,
            determined_at=at,
        )


def payday(month: str) -> datetime:
    """The moment when the office works on a month's payroll in these tests."""
    return moment(f"{month}-20")


def draft(month: str, *, at: datetime | None = None, area: str = LIUJIA) -> Drafted:
    """Draft a month's run, as the clerk."""
    return draft_run(
        month=Month(month), area=find_area(area), actor=the_staff().clerk, at=at or payday(month)
    )


def a_draft(month: str, *, at: datetime | None = None) -> Run:
    """A drafted run; fails when there was nothing to pay."""
    drafted = draft(month, at=at)
    assert drafted.run is not None
    return drafted.run


def an_approved_run(month: str, *, at: datetime | None = None) -> Run:
    """A run drafted, checked and approved by three officers."""
    run = a_draft(month, at=at)
    when = at or payday(month)
    check_run(run.number, actor=the_staff().investigator, at=when)
    return approve_run(run.number, actor=the_staff().approver, at=when)


def a_sealed_run(month: str, *, at: datetime | None = None) -> Run:
    """A run that four officers have made, up to its seal."""
    run = an_approved_run(month, at=at)
    return seal_run(run.number, actor=the_staff().cashier, at=at or payday(month))


def an_answer(run: Run, codes: Mapping[int, str], *, on: date | None = None) -> bytes:
    """A return file: a code for the number of each payment that the bank answers for."""
    assert run.sealed_at is not None
    return write(
        queries.contents_of(run),
        run.content_hash[:16],
        on or run.sealed_at.date() + timedelta(days=1),
        [(number, code, "") for number, code in codes.items()],
    )


def the_bank_says(run: Run, codes: Mapping[int, str], *, on: date | None = None) -> Settled:
    """Take in such a file, as the cashier."""
    return take_in(an_answer(run, codes, on=on))


def take_in(content: bytes, *, at: datetime | None = None) -> Settled:
    """Take in a return file, as the cashier, at the end of the year unless told."""
    when = at or moment("2022-12-31")
    return settle_run(content, name="return.txt", actor=the_staff().cashier, at=when)
