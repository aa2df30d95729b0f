"""Orphans (孤儿): the basic living allowance, at home or in an institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import CarePlace, ChildScheme, Programme
from doudi.policy.amounts import Amount, either
from doudi.policy.awards import holds, holds_are_stated
from doudi.policy.children.parents import ORPHANS
from doudi.policy.entities import PERSON
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

CHOICE = "特困人员认定办法（民发〔2021〕43号）第九条"


def chose_tekun(persons: Persons) -> Truth:
    """On Tekun already, or fits it and Tekun was chosen for the child."""
    chosen = persons.among("child_scheme", [ChildScheme.TEKUN]) & persons.truth("fits_tekun")
    return holds(persons, Programme.TEKUN) | chosen


@condition(PERSON, ORPHANS)
def fits_orphan(persons: Persons, law: Law) -> Truth:
    """Alive, under 18, without parents."""
    del law
    return persons.truth("alive") & persons.truth("minor") & persons.truth("both_parents_gone")


@condition(PERSON, ORPHANS, CHOICE)
def orphan(persons: Persons, law: Law) -> Truth:
    """An orphan for whom Tekun was not chosen."""
    del law
    return persons.truth("fits_orphan") & ~chose_tekun(persons)


@condition(PERSON, ORPHANS)
def on_orphan(persons: Persons, law: Law) -> Truth:
    """Receives the orphans' allowance: as held, or where awards are not stated, as due."""
    del law
    due = ~holds_are_stated(persons) & persons.truth("orphan")
    return holds(persons, Programme.ORPHAN) | due


@amount(PERSON, ORPHANS, "民政部 财政部关于发放孤儿基本生活费的通知（民发〔2010〕161号）")
def orphan_amount(persons: Persons, law: Law) -> Amount:
    """The allowance by place of care, in fen a month."""
    at_home = persons.among("care_place", [CarePlace.HOME])
    standard = either(at_home, law.money("orphan.home"), law.money("orphan.institution"))
    return standard.only_if(persons.truth("orphan"))
