"""Age and life (年龄与生死) in a month: a condition holds if it holds on some day of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.amounts import Amount, exactly
from doudi.policy.entities import PERSON
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.logic import CERTAIN, Truth, choose, given
from doudi.policy.rule import condition

if TYPE_CHECKING:
    from doudi.policy.views import Law, Persons, View


def reached(view: View, years: Amount) -> Truth:
    """Whether a person has had this birthday by the last day of the month.

    A person is 60 from the month of the 60th birthday, whatever its day.
    """
    months, _, is_known = view.months_since("birth_date")
    return given(is_known, exactly(months) >= years.times(MONTHS_A_YEAR))


def still_under(view: View, years: Amount) -> Truth:
    """Whether a person is under this age on the first day of the month.

    Under 18 up to and including the month of the 18th birthday, unless that is on the 1st.
    """
    months, day, is_known = view.months_since("birth_date")
    last = years.times(MONTHS_A_YEAR)
    before = exactly(months) < last
    later_this_month = (exactly(months) <= last) & (exactly(day) > exactly(1))
    return given(is_known, before | later_this_month)


@condition(PERSON, "中华人民共和国民法典 第十三条")
def alive(persons: Persons, law: Law) -> Truth:
    """Born by the last day of the month, and not dead before its first day.

    An unknown birthday is no doubt of being born; an unknown death is a doubt of being alive.
    """
    del law
    since_birth, _, birth_known = persons.months_since("birth_date")
    since_death, _, death_known = persons.months_since("death_date")
    born = choose(birth_known, exactly(since_birth) >= exactly(0), CERTAIN)
    return born & ~given(death_known, exactly(since_death) > exactly(0))


@condition(PERSON, "中华人民共和国民法典 第十七条")
def minor(persons: Persons, law: Law) -> Truth:
    """Under 18 on some day of the month (未成年人)."""
    return still_under(persons, law.count("child.age"))


@condition(PERSON, "中华人民共和国民法典 第十七条")
def adult(persons: Persons, law: Law) -> Truth:
    """18 on some day of the month (成年人)."""
    return reached(persons, law.count("child.age"))
