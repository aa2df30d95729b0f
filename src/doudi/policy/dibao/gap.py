"""Dibao by the difference (补差): the household's total against the standard, never a rounded head.

Totals are kept over twelve months, so that a twelfth of a fen is not lost before the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.amounts import NOTHING, Amount, exactly, larger, smaller
from doudi.policy.entities import HOUSEHOLD
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.means import within_limits
from doudi.policy.rounding import rounded
from doudi.policy.rule import amount, condition
from doudi.policy.values import WHOLE_SHARE

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law

MEASURES = "最低生活保障审核确认办法（民发〔2021〕57号）"


@amount(HOUSEHOLD, f"{MEASURES}第二十三条")
def household_gap(households: Households, law: Law) -> Amount:
    """What the counted members lack to the standard over twelve months; below zero above it.

    Income is never below zero, so the gap is never more than the standard of all members.
    """
    del law
    members = households.members
    total = households.total(members.amount("own_gap").only_if(members.truth("counted")))
    whole = households.amount("standard") * households.amount("counted_members")
    return smaller(total, whole.times(MONTHS_A_YEAR))


@condition(HOUSEHOLD, f"{MEASURES}第十四条")
def property_ok(households: Households, law: Law) -> Truth:
    """The household's property lies within the local limits."""
    return within_limits(households, law, households.amount("counted_members"))


@condition(HOUSEHOLD, "社会救助暂行办法 第九条", f"{MEASURES}第三条")
def dibao(households: Households, law: Law) -> Truth:
    """Income strictly below the standard, property within the limits, somebody to count."""
    del law
    somebody = households.amount("counted_members") > NOTHING
    short = households.amount("household_gap") > NOTHING
    return somebody & short & households.truth("property_ok")


@amount(HOUSEHOLD, "社会救助暂行办法 第十二条", f"{MEASURES}第二十三条")
def dibao_gap(households: Households, law: Law) -> Amount:
    """The difference in fen a month, rounded once, and not under the local least share."""
    floor = households.amount("standard") * households.amount("counted_members")
    return gap_paid(households.amount("household_gap"), floor, law).only_if(
        households.truth("dibao")
    )


def gap_paid(gap: Amount, standards: Amount, law: Law) -> Amount:
    """A gap over twelve months, in fen a month: rounded, and at least the least share."""
    mode, flag = law.word("dibao.rounding"), law.flag("dibao.rounding")
    monthly = rounded(larger(gap, NOTHING), MONTHS_A_YEAR, mode, flag)
    least = standards * smaller(law.share("dibao.minimum_share"), exactly(WHOLE_SHARE))
    return larger(monthly, rounded(least, WHOLE_SHARE, mode, flag))


@amount(HOUSEHOLD, f"{MEASURES}第二十三条")
def dibao_amount(households: Households, law: Law) -> Amount:
    """The difference and the supplement, in fen a month."""
    del law
    return households.amount("dibao_gap") + households.amount("dibao_supplement")
