"""Who is on Dibao (在保): as decided, or where nothing is said of awards, as due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Programme
from doudi.policy.awards import holds, holds_are_stated
from doudi.policy.entities import HOUSEHOLD, PERSON
from doudi.policy.rule import condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law, Persons

MEASURES = "最低生活保障审核确认办法（民发〔2021〕57号）"


@condition(HOUSEHOLD, f"{MEASURES}第二十三条")
def household_on_dibao(households: Households, law: Law) -> Truth:
    """A member holds Dibao; or it is due, and a counted member's awards are not stated."""
    del law
    members = households.members
    held = households.any(holds(members, Programme.DIBAO))
    assumed = households.any(members.truth("counted") & ~holds_are_stated(members))
    return held | (assumed & households.truth("dibao"))


@condition(PERSON, f"{MEASURES}第二十三条")
def on_dibao(persons: Persons, law: Law) -> Truth:
    """A counted member of a household on Dibao."""
    del law
    return persons.truth("counted") & persons.household_truth("household_on_dibao")


@condition(PERSON, f"{MEASURES}第八条")
def on_dibao_single(persons: Persons, law: Law) -> Truth:
    """On Dibao by the single-person route: as held, or where awards are not stated, as due."""
    del law
    stated = holds_are_stated(persons)
    held = holds(persons, Programme.DIBAO_SINGLE)
    return persons.truth("alive") & (held | (~stated & persons.truth("dibao_single")))
