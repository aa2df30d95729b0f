"""Temporary assistance (临时救助): by persons and months, tied to the Dibao standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.amounts import NOTHING, Amount, either, larger, smaller
from doudi.policy.entities import HOUSEHOLD
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law

NOTICE = "国务院关于全面建立临时救助制度的通知（国发〔2014〕47号）"
OPINION = "民政部 财政部关于进一步加强和改进临时救助工作的意见（民发〔2018〕23号）第二条"


@amount(HOUSEHOLD, f"{OPINION}第三项")
def months_granted(households: Households, law: Law) -> Amount:
    """Months asked for, at most the limit of one event, and what the year's limit leaves."""
    left = law.count("temporary_assistance.cap_months") - households.amount("event_grants_months")
    asked = smaller(
        households.amount("event_months"), law.count("temporary_assistance.per_person_months")
    )
    return larger(smaller(asked, left), NOTHING)


@amount(HOUSEHOLD, f"{OPINION}第三项")
def assistance_by_formula(households: Households, law: Law) -> Amount:
    """The standard times persons times months, where the place says so at most the own costs."""
    persons = households.amount("event_persons")
    full = households.amount("standard") * persons * households.amount("months_granted")
    limited = law.yes("temporary_assistance.limit_to_own_costs")
    return either(limited, smaller(full, households.amount("event_own_costs")), full)


@condition(HOUSEHOLD, f"{OPINION}第一项", f"{OPINION}第二项")
def means_allow_assistance(households: Households, law: Law) -> Truth:
    """Income per head below last year's local disposable income, and property within limits.

    For those on Dibao or Tekun only the spending is looked at.
    """
    members = households.members
    income = households.total(
        members.amount("income_after_transfers").only_if(members.truth("counted"))
    )
    heads = households.amount("counted_members")
    poor = larger(income, NOTHING) < law.money("disposable_income_year") * heads
    all_on_tekun = (heads <= NOTHING) & households.any(members.truth("on_tekun"))
    helped = households.truth("household_on_dibao") | all_on_tekun
    return helped | (poor & households.truth("property_ok"))


@condition(HOUSEHOLD, NOTICE, OPINION)
def temporary_assistance(households: Households, law: Law) -> Truth:
    """Something befell the household; in an emergency means are not looked at first."""
    del law
    reason = households.truth("event_emergency") | households.truth("means_allow_assistance")
    something = households.amount("assistance_by_formula") > NOTHING
    return households.truth("event") & reason & something


@amount(HOUSEHOLD, f"{OPINION}第三项")
def temporary_assistance_amount(households: Households, law: Law) -> Amount:
    """What is granted, once, in fen."""
    del law
    return households.amount("assistance_by_formula").only_if(
        households.truth("temporary_assistance")
    )
