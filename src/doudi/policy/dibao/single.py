"""The single-person route (单人户): a person assessed as a household of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.amounts import NOTHING, Amount, smaller
from doudi.policy.dibao.gap import gap_paid
from doudi.policy.dibao.supplement import supplement_paid
from doudi.policy.disabilities import in_grades
from doudi.policy.entities import PERSON
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

MEASURES = "最低生活保障审核确认办法（民发〔2021〕57号）"
NOTICE = "关于进一步做好最低生活保障等社会救助兜底保障工作的通知（民发〔2022〕83号）第一条"


@condition(PERSON, f"{MEASURES}第八条第一项", f"{MEASURES}第八条第二项")
def route_from_margin(persons: Persons, law: Law) -> Truth:
    """Of a margin household: severely disabled, mental or intellectual grade 3, seriously ill."""
    disabled = in_grades(persons, law.grades("dibao.single.margin_grades"))
    burdened = disabled | persons.truth("serious_illness")
    margin = persons.household_truth("dibao_margin")
    return law.yes("dibao.single.margin_route") & margin & burdened


@condition(PERSON, NOTICE)
def route_of_adults(persons: Persons, law: Law) -> Truth:
    """Adult, without work, grade 1 or 2 of any kind: whatever the household, from 2022-10-20."""
    severe = in_grades(persons, law.grades("dibao.single.adult_grades"))
    without_work = persons.truth("adult") & ~persons.truth("employed")
    return law.yes("dibao.single.adult_route") & without_work & severe


@condition(PERSON, f"{MEASURES}第八条", NOTICE)
def dibao_single(persons: Persons, law: Law) -> Truth:
    """By either route, of a household not on Dibao, with own income below the standard."""
    del law
    route = persons.truth("route_from_margin") | persons.truth("route_of_adults")
    apart = persons.truth("counted") & ~persons.household_truth("household_on_dibao")
    return apart & route & (persons.amount("own_gap") > NOTHING)


@amount(PERSON, f"{MEASURES}第二十三条")
def dibao_single_gap(persons: Persons, law: Law) -> Amount:
    """The standard less a person's own income, as for a household of one, in fen a month."""
    standard = persons.household_amount("standard")
    gap = smaller(persons.amount("own_gap"), standard.times(MONTHS_A_YEAR))
    return gap_paid(gap, standard, law).only_if(persons.truth("dibao_single"))


@amount(PERSON, "社会救助暂行办法 第十二条")
def dibao_single_supplement(persons: Persons, law: Law) -> Amount:
    """The supplement by category of a person on the route, in fen a month."""
    standard = persons.household_amount("standard")
    paid = supplement_paid(persons.amount("supplement_share"), standard, law)
    return paid.only_if(persons.truth("dibao_single"))


@amount(PERSON, f"{MEASURES}第二十三条")
def dibao_single_amount(persons: Persons, law: Law) -> Amount:
    """The difference and the supplement, in fen a month."""
    del law
    return persons.amount("dibao_single_gap") + persons.amount("dibao_single_supplement")
