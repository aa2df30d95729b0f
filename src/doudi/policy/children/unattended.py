"""Children in fact unattended (事实无人抚养儿童): the difference to what they already receive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.vocabulary import Programme
from doudi.policy.amounts import NOTHING, Amount, Numbers, between, either, exactly, larger
from doudi.policy.awards import holds, holds_are_stated
from doudi.policy.children.orphan import CHOICE, chose_tekun
from doudi.policy.children.parents import FURTHER, UNATTENDED
from doudi.policy.entities import PERSON
from doudi.policy.known import FACTS
from doudi.policy.missing import fact_flag
from doudi.policy.rule import amount, condition
from doudi.policy.values import MAX_PARAMETER_FEN

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

DIFFERENCE = "关于进一步加强事实无人抚养儿童保障工作的意见（民发〔2019〕62号）第三条第一项"


@condition(PERSON, UNATTENDED, FURTHER)
def fits_unattended(persons: Persons, law: Law) -> Truth:
    """Alive, under 18, no orphan, and neither parent can care."""
    child = persons.truth("alive") & persons.truth("minor") & ~persons.truth("fits_orphan")
    return law.yes("unattended.in_force") & child & persons.truth("both_parents_out")


@condition(PERSON, UNATTENDED, FURTHER, CHOICE)
def unattended(persons: Persons, law: Law) -> Truth:
    """An unattended child for whom Tekun was not chosen."""
    del law
    return persons.truth("fits_unattended") & ~chose_tekun(persons)


@amount(PERSON, DIFFERENCE)
def dibao_received(persons: Persons, law: Law) -> Amount:
    """Dibao that a child already receives: as stated, or its head's part of the household's."""
    del law
    stated = persons.stated("dibao_per_head")
    unknown = _anything()
    share = either(persons.household_truth("dibao"), _per_head(persons), unknown)
    alone = either(persons.truth("dibao_single"), persons.amount("dibao_single_amount"), unknown)
    by_rules = share.only_if(persons.truth("on_dibao")) + alone.only_if(
        persons.truth("on_dibao_single")
    )
    return either(stated, persons.amount("dibao_per_head"), by_rules)


def _per_head(persons: Persons) -> Amount:
    """The household's amount divided by its counted members, to the fen."""
    whole = persons.household_amount("dibao_amount")
    members = larger(persons.household_amount("counted_members"), exactly(1))
    if whole.exact and members.exact:
        return exactly(_divided(whole.low, members.low))
    return between(
        _divided(whole.low, members.high),
        _divided(whole.high, members.low),
        whole.missing,
        members.missing,
    )


def _divided(fen: Numbers, members: Numbers) -> Numbers:
    """Half up to the fen, for each row by its own number of members."""
    return (fen + fen + members) // (members + members)


def _anything() -> Amount:
    """What is paid although the rules don't give it: unknown."""
    flag = np.asarray(fact_flag(FACTS["dibao_per_head"]), dtype=np.int64)
    return between(0, MAX_PARAMETER_FEN, flag)


@amount(PERSON, DIFFERENCE)
def living_subsidy_received(persons: Persons, law: Law) -> Amount:
    """The disability living subsidy that a child already receives: as held, or as due."""
    rate = law.money("disability.living")
    held = holds(persons, Programme.DISABILITY_LIVING)
    due = ~holds_are_stated(persons) & persons.truth("disability_living")
    return rate.only_if(held | due)


@amount(PERSON, DIFFERENCE)
def unattended_amount(persons: Persons, law: Law) -> Amount:
    """The standard less what is already received, never below zero; in fen a month."""
    received = persons.amount("dibao_received") + persons.amount("living_subsidy_received")
    difference = larger(law.money("unattended.standard") - received, NOTHING)
    return difference.only_if(persons.truth("unattended"))
