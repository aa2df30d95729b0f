"""No capacity for work (无劳动能力): by age, by disability, or kept on as a minor or pupil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Programme, Schooling
from doudi.policy.awards import holds
from doudi.policy.disabilities import in_grades
from doudi.policy.entities import PERSON
from doudi.policy.people import reached, still_under
from doudi.policy.rule import condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

MEASURES = "特困人员认定办法（民发〔2021〕43号）"


@condition(PERSON, f"{MEASURES}第二十四条")
def tekun_kept_on(persons: Persons, law: Law) -> Truth:
    """Who holds Tekun keeps it to 18, and beyond while at school below university."""
    at_school = persons.among("student", [Schooling(word) for word in law.words("tekun.schooling")])
    return holds(persons, Programme.TEKUN) & (persons.truth("minor") | at_school)


@condition(PERSON, f"{MEASURES}第五条")
def no_capacity(persons: Persons, law: Law) -> Truth:
    """60 or older, under 16, or disabled: intellectual or mental 1-3, physical 1-2, vision 1."""
    old = reached(persons, law.count("tekun.age_old"))
    young = still_under(persons, law.count("tekun.age_child"))
    disabled = in_grades(persons, law.grades("tekun.grades"))
    return old | young | disabled | persons.truth("tekun_kept_on")
