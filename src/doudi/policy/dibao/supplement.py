"""The supplement by category (分类施保): old, minor, severely disabled, seriously ill members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.policy.amounts import NOTHING, Amount, between, exactly, larger
from doudi.policy.disabilities import in_grades
from doudi.policy.entities import HOUSEHOLD, PERSON
from doudi.policy.logic import NO
from doudi.policy.people import reached
from doudi.policy.rounding import rounded
from doudi.policy.rule import amount, condition
from doudi.policy.values import WHOLE_SHARE

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law, Persons

RELIEF = "社会救助暂行办法 第十二条"
MEASURES = "最低生活保障审核确认办法（民发〔2021〕57号）第二十七条"
GROUPS = ("old", "minor", "severe_disability", "serious_illness")


@condition(PERSON, RELIEF)
def group_old(persons: Persons, law: Law) -> Truth:
    """An old person (老年人): 60 on some day of the month."""
    return reached(persons, law.count("dibao.supplement_old_age"))


@condition(PERSON, RELIEF)
def group_minor(persons: Persons, law: Law) -> Truth:
    """A minor (未成年人)."""
    del law
    return persons.truth("minor")


@condition(PERSON, RELIEF)
def group_severe_disability(persons: Persons, law: Law) -> Truth:
    """A severely disabled person (重度残疾人): grade 1 or 2 of any kind."""
    return in_grades(persons, law.grades("dibao.supplement_grades"))


@condition(PERSON, RELIEF)
def group_serious_illness(persons: Persons, law: Law) -> Truth:
    """A person with a recognised serious illness (重病患者)."""
    del law
    return persons.truth("serious_illness")


@amount(PERSON, RELIEF, MEASURES)
def supplement_share(persons: Persons, law: Law) -> Amount:
    """The share of the standard that a person's groups add, in ten-thousandths.

    The highest alone or all of them, as the place says; where it doesn't, anything between.
    """
    highest = added = NOTHING
    for group in GROUPS:
        belongs = persons.truth(f"group_{group}")
        if np.all(belongs.state == NO):
            continue
        share = law.share(f"dibao.supplement.{group}").only_if(belongs)
        highest, added = larger(highest, share), added + share
    stacking = law.word("dibao.supplement_stacking")
    if stacking is None:
        unknown = exactly(law.flag("dibao.supplement_stacking")).low
        return between(
            highest.low, added.high, highest.low * 0 + unknown, highest.missing, added.missing
        )
    return highest if stacking == "highest_only" else added


@amount(HOUSEHOLD, RELIEF, MEASURES)
def dibao_supplement(households: Households, law: Law) -> Amount:
    """The supplements of all counted members of a Dibao household, in fen a month."""
    members = households.members
    shares = households.total(members.amount("supplement_share").only_if(members.truth("counted")))
    return supplement_paid(shares, households.amount("standard"), law).only_if(
        households.truth("dibao")
    )


def supplement_paid(shares: Amount, standard: Amount, law: Law) -> Amount:
    """Shares of the standard in fen, rounded once, apart from the gap."""
    return rounded(
        shares * standard, WHOLE_SHARE, law.word("dibao.rounding"), law.flag("dibao.rounding")
    )
