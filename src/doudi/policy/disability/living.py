"""The living subsidy (困难残疾人生活补贴): disabled persons in Dibao households."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.disabilities import among_grades
from doudi.policy.entities import PERSON
from doudi.policy.known import FACTS
from doudi.policy.missing import fact_flag
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.amounts import Amount
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

STATE = "国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见（国发〔2015〕52号）"
YUNNAN = "云南省困难残疾人生活补贴和重度残疾人护理补贴制度实施办法（云政发〔2016〕5号）"


def certified(persons: Persons, grades: tuple[int, ...]) -> Truth:
    """Holds a certificate of a grade in the set."""
    return among_grades(
        persons.codes("disability_category"),
        persons.codes("disability_grade"),
        grades,
        fact_flag(FACTS["disability_grade"]),
    )


def open_to(persons: Persons, law: Law) -> Truth:
    """Neither subsidy goes to a person on Tekun or with the care fee of work-injury insurance."""
    excluded = persons.truth("on_tekun") | persons.truth("work_injury_care")
    return law.yes("disability.in_force") & persons.truth("alive") & ~excluded


@condition(PERSON, STATE, YUNNAN)
def disability_living(persons: Persons, law: Law) -> Truth:
    """Certified, on Dibao with the household or alone, and receiving no orphans' allowance."""
    on_dibao = persons.truth("on_dibao") | persons.truth("on_dibao_single")
    holder = certified(persons, law.grades("disability.living_grades"))
    return open_to(persons, law) & holder & on_dibao & ~persons.truth("on_orphan")


@amount(PERSON, STATE, YUNNAN)
def disability_living_amount(persons: Persons, law: Law) -> Amount:
    """The rate in force, in fen a month."""
    rate = law.money("disability.living")
    return rate.only_if(persons.truth("disability_living"))
