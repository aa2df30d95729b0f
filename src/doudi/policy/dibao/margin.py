"""Households on the Dibao margin (低保边缘家庭): from the standard up to a multiple of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.amounts import NOTHING, Amount
from doudi.policy.entities import HOUSEHOLD
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.rule import amount, condition
from doudi.policy.values import WHOLE_SHARE

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law

ARTICLES = (
    "最低生活保障审核确认办法（民发〔2021〕57号）第八条",
    "关于进一步做好最低生活保障等社会救助兜底保障工作的通知（民发〔2022〕83号）第一条",
)


@amount(HOUSEHOLD, *ARTICLES)
def margin_gap(households: Households, law: Law) -> Amount:
    """What the counted members lack to the multiple of the standard, in ten-thousandths of a fen.

    Over twelve months, so that nothing is rounded before it is compared.
    """
    members = households.members
    standards = members.household_amount("standard").times(MONTHS_A_YEAR)
    line = standards * law.share("dibao.margin_multiple")
    own = line - members.amount("income_after_transfers").times(WHOLE_SHARE)
    return households.total(own.only_if(members.truth("counted")))


@condition(HOUSEHOLD, *ARTICLES)
def dibao_margin(households: Households, law: Law) -> Truth:
    """Income not below the standard but strictly below its multiple; property within limits."""
    del law
    not_short = households.amount("household_gap") <= NOTHING
    somebody = households.amount("counted_members") > NOTHING
    below = households.amount("margin_gap") > NOTHING
    return somebody & not_short & below & households.truth("property_ok")
