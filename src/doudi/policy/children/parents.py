"""What became of a child's parents (父母情况), as the two schemes ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import ParentSide, ParentStatus
from doudi.policy.disabilities import in_grades
from doudi.policy.entities import PERSON
from doudi.policy.rule import condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

ORPHANS = "国务院办公厅关于加强孤儿保障工作的意见（国办发〔2010〕54号）"
UNATTENDED = "关于进一步加强事实无人抚养儿童保障工作的意见（民发〔2019〕62号）第一条"
FURTHER = "关于进一步做好事实无人抚养儿童保障有关工作的通知（民发〔2020〕125号）"

COUNTED_IN_MONTHS = (
    ParentStatus.PRISON,
    ParentStatus.COMPULSORY_REHABILITATION,
    ParentStatus.LOST_CONTACT,
)
"""States of a parent that count only from so many months on."""
CAUSES_OF_THEIR_OWN = (ParentStatus.CUSTODY_REVOKED, ParentStatus.EXPELLED)
"""States of a parent that count whatever their length, from the notice of 2020 on."""


def gone(persons: Persons, side: ParentSide) -> Truth:
    """Dead or declared missing by a court."""
    return persons.among(f"{side}_status", [ParentStatus.DEAD, ParentStatus.DECLARED_MISSING])


def unable(persons: Persons, law: Law, side: ParentSide) -> Truth:
    """Alive, but disabled, seriously ill, locked up, out of touch, or deprived of custody."""
    disabled = in_grades(persons, law.grades("unattended.parent_grades"), f"{side}_")
    ill = persons.truth(f"{side}_serious_illness")
    found = disabled | ill
    for status in COUNTED_IN_MONTHS:
        long_enough = persons.amount(f"{side}_months") >= law.count(f"unattended.months.{status}")
        found = found | (persons.among(f"{side}_status", [status]) & long_enough)
    for status in CAUSES_OF_THEIR_OWN:
        counts = law.yes(f"unattended.cause.{status}")
        found = found | (persons.among(f"{side}_status", [status]) & counts)
    return found & ~gone(persons, side)


@condition(PERSON, ORPHANS)
def both_parents_gone(persons: Persons, law: Law) -> Truth:
    """Both parents are dead or declared missing."""
    del law
    return gone(persons, ParentSide.FATHER) & gone(persons, ParentSide.MOTHER)


@condition(PERSON, UNATTENDED, FURTHER)
def both_parents_out(persons: Persons, law: Law) -> Truth:
    """Each parent is gone or unable, and one at least is unable rather than gone."""
    father, mother = ParentSide.FATHER, ParentSide.MOTHER
    father_unable, mother_unable = unable(persons, law, father), unable(persons, law, mother)
    return (
        (gone(persons, father) & mother_unable)
        | (gone(persons, mother) & father_unable)
        | (father_unable & mother_unable)
    )
