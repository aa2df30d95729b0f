"""Means (家庭经济状况): income by kind and property against limits, for whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.vocabulary import DeductionKind, IncomeKind, Registration
from doudi.policy.amounts import NOTHING, Amount, either, larger
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.logic import CERTAIN, NO, YES, Truth

if TYPE_CHECKING:
    from doudi.policy.views import Households, Law, Persons

TAKEN_OFF = (
    DeductionKind.SOCIAL_INSURANCE,
    DeductionKind.TAX,
    DeductionKind.MAINTENANCE_PAID,
)
"""What is taken off all income (转移性支出); the cost of working is taken off wages alone."""


def counted_kinds(persons: Persons, law: Law, exempt: str) -> Amount:
    """A person's income of all kinds but wages that the parameters below `exempt` don't exempt.

    In fen over twelve months.
    """
    total = NOTHING
    for kind in IncomeKind:
        if kind == IncomeKind.WAGE or not persons.has(f"income_{kind}"):
            continue
        is_exempt = law.yes(f"{exempt}.{kind}")
        if is_exempt.missing is None and is_exempt.state == NO:
            total = total + persons.amount(f"income_{kind}")
        else:
            total = total + persons.amount(f"income_{kind}").only_if(~is_exempt)
    return total


def taken_off(persons: Persons) -> Amount:
    """Social insurance, tax and maintenance that a person pays, in fen over twelve months."""
    total = NOTHING
    for kind in TAKEN_OFF:
        total = total + persons.amount(f"deduction_{kind}")
    return total.times(MONTHS_A_YEAR)


def local_standard(households: Households, law: Law) -> Amount:
    """The standard that holds for a household: urban, rural, or one for both (城乡一体)."""
    standard = law.money("dibao.standard")
    urban = households.among("registration", [Registration.URBAN])
    if np.all(urban.state == YES):
        return standard
    shared = urban | law.yes("dibao.unified")
    if np.all(shared.state == YES):
        return standard
    return either(shared, standard, law.money("dibao.standard_rural"))


def within_limits(households: Households, law: Law, members: Amount) -> Truth:
    """Whether a household's property lies within the local limits (财产限额).

    Nothing stated: within them, seen by an officer. Nothing owned is within any limit.
    """
    within = CERTAIN
    if households.has("property_financial"):
        limit = law.money("dibao.property.financial_per_person") * members
        within = within & _within(households, "property_financial", limit)
    for kind in ("dwellings", "vehicles"):
        if households.has(f"property_{kind}"):
            limit = law.count(f"dibao.property.{kind}")
            within = within & _within(households, f"property_{kind}", limit)
    if households.has("property_business"):
        allowed = law.yes("dibao.property.business_allowed")
        within = within & (~households.truth("property_business") | allowed)
    return within


def _within(households: Households, name: str, limit: Amount) -> Truth:
    """One kind of property: not stated, nothing, or at most the limit."""
    owned = households.amount(name)
    return ~households.stated(name) | (owned <= NOTHING) | (owned <= limit)


def wage_after_cost(persons: Persons, law: Law) -> Amount:
    """Wages less the necessary cost of working (必要就业成本), in fen over twelve months.

    The greater of the person's own cost and the local flat sum; never below zero.
    """
    if not persons.has("income_wage"):
        return NOTHING
    own = persons.amount("deduction_work_cost")
    cost = larger(own, law.money("dibao.work_cost")).times(MONTHS_A_YEAR)
    return larger(persons.amount("income_wage") - cost, NOTHING)
