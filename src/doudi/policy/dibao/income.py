"""Which income counts (家庭收入), and what it leaves a household short of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.entities import HOUSEHOLD, PERSON
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.means import counted_kinds, local_standard, taken_off, wage_after_cost
from doudi.policy.rule import amount

if TYPE_CHECKING:
    from doudi.policy.amounts import Amount
    from doudi.policy.views import Households, Law, Persons

MEASURES = "最低生活保障审核确认办法（民发〔2021〕57号）"


@amount(HOUSEHOLD, f"{MEASURES}第三条", "社会救助暂行办法 第十条")
def standard(households: Households, law: Law) -> Amount:
    """The local standard per person, in fen a month."""
    return local_standard(households, law)


@amount(PERSON, f"{MEASURES}第十三条")
def counted_income(persons: Persons, law: Law) -> Amount:
    """A person's wages after the cost of working and all else not exempt; over twelve months."""
    return wage_after_cost(persons, law) + counted_kinds(persons, law, "dibao.exempt")


@amount(PERSON, f"{MEASURES}第十三条第一款第四项")
def income_after_transfers(persons: Persons, law: Law) -> Amount:
    """Counted income less tax, insurance and maintenance paid; below zero where these are more."""
    del law
    return persons.amount("counted_income") - taken_off(persons)


@amount(PERSON, f"{MEASURES}第二十三条")
def own_gap(persons: Persons, law: Law) -> Amount:
    """Twelve standards less a person's own income: what it adds to the household's gap."""
    del law
    standards = persons.household_amount("standard").times(MONTHS_A_YEAR)
    return standards - persons.amount("income_after_transfers")
