"""No livelihood (无生活来源): a person's own income below the standard, property within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.amounts import Amount, exactly
from doudi.policy.entities import HOUSEHOLD, PERSON
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.means import counted_kinds, taken_off, within_limits
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law, Persons

MEASURES = "特困人员认定办法（民发〔2021〕43号）"


@amount(PERSON, f"{MEASURES}第六条")
def tekun_income(persons: Persons, law: Law) -> Amount:
    """A person's own income over twelve months; wider exemptions than Dibao's, and without end."""
    kinds = counted_kinds(persons, law, "tekun.exempt")
    return persons.amount("income_wage") + kinds - taken_off(persons)


@condition(HOUSEHOLD, f"{MEASURES}第六条")
def tekun_property_ok(households: Households, law: Law) -> Truth:
    """Property within the limits, reckoned for all living members [assumed: Dibao's limits]."""
    living = households.total(exactly(1).only_if(households.members.truth("alive")))
    return within_limits(households, law, living)


@condition(PERSON, f"{MEASURES}第六条")
def no_livelihood(persons: Persons, law: Law) -> Truth:
    """Own income strictly below the standard, and property within the limits."""
    del law
    standards = persons.household_amount("standard").times(MONTHS_A_YEAR)
    poor = persons.amount("tekun_income") < standards
    return poor & persons.household_truth("tekun_property_ok")
