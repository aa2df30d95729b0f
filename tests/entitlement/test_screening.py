"""Screening: who seems to qualify and has no award, and whose award no longer holds."""

from __future__ import annotations

import pytest

from doudi.entitlement.screening import Finding, screen
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from tests.entitlement.build import STANDARD, an_award, liujia
from tests.registry.build import a_household, a_person, moment, state

pytestmark = pytest.mark.django_db


def findings(*, open_too: bool = False) -> list[tuple[str, str, str]]:
    """What screening finds in March 2022."""
    screening = screen(liujia(), Month("2022-03"), known_at=moment("2022-03-10"), open_too=open_too)
    return [(each.finding, each.programme, each.household) for each in screening.findings]


def test_a_poor_household_without_an_award_is_missed() -> None:
    home = a_household(a_person(born="1980-01-01"))
    assert findings() == [(Finding.MISSED, Programme.DIBAO, home.number)]


def test_a_household_with_its_award_is_not_found() -> None:
    an_award(a_household(a_person(born="1980-01-01")))
    assert findings() == []


def test_an_award_above_the_line_no_longer_holds() -> None:
    person = a_person(born="1980-01-01")
    home = a_household(person)
    an_award(home)
    state(person, "income", kind="wage", amount_fen=3 * STANDARD, months=1)
    assert findings() == [(Finding.HOLDS_NOT, Programme.DIBAO, home.number)]


def test_who_cannot_be_judged_is_listed_only_when_asked_for() -> None:
    old = a_person(born="1950-01-01")
    home = a_household(old)
    state(old, "income", kind="pension", amount_fen=3 * STANDARD, months=1)
    state(old, "disability", category="vision", grade=1)
    assert findings() == []
    assert (Finding.OPEN, Programme.DISABILITY_CARE, home.number) in findings(open_too=True)
