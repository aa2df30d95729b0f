"""Who counts as a member (共同生活的家庭成员) when a household's means are assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Absence, Relation, Schooling
from doudi.policy.amounts import Amount, exactly
from doudi.policy.entities import HOUSEHOLD, PERSON
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Households, Law, Persons

MEASURES = "最低生活保障审核确认办法（民发〔2021〕57号）"

DUTY_OF_SUPPORT = (
    Relation.CHILD,
    Relation.PARENT,
    Relation.GRANDCHILD,
    Relation.GRANDPARENT,
    Relation.SIBLING,
)
"""Relations with a statutory duty of support (法定赡养、抚养、扶养义务)."""


@condition(PERSON, f"{MEASURES}第七条第一款")
def belongs(persons: Persons, law: Law) -> Truth:
    """Head and spouse; minor or dependent children; others with a duty of support who live there.

    A child at school, up to undergraduate, belongs wherever it lives; a postgraduate doesn't.
    """
    at_school = persons.among(
        "student", [Schooling(word) for word in law.words("dibao.members.schooling")]
    )
    child = persons.among("relation", [Relation.CHILD])
    dependent = persons.truth("minor") | ~persons.truth("independent") | at_school
    lives_there = persons.among("relation", DUTY_OF_SUPPORT) & persons.truth("lives_with")
    couple = persons.among("relation", [Relation.HEAD, Relation.SPOUSE])
    return couple | (child & dependent) | lives_there


@condition(PERSON, f"{MEASURES}第七条第二款")
def away(persons: Persons, law: Law) -> Truth:
    """In prison, in compulsory rehabilitation, declared missing, or clergy three years away."""
    reasons = [Absence(word) for word in law.words("dibao.members.absences")]
    return persons.among("absent", reasons)


@condition(PERSON, f"{MEASURES}第七条", "社会救助暂行办法 第十四条")
def counted(persons: Persons, law: Law) -> Truth:
    """Alive, of the household, not away, and not on Tekun, which leaves the count."""
    del law
    present = persons.truth("alive") & persons.truth("belongs") & ~persons.truth("away")
    return present & ~persons.truth("on_tekun")


@amount(HOUSEHOLD, f"{MEASURES}第七条")
def counted_members(households: Households, law: Law) -> Amount:
    """How many members count."""
    del law
    return households.total(exactly(1).only_if(households.members.truth("counted")))
