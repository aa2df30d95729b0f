"""The nursing subsidy (重度残疾人护理补贴): grade 1 or 2 with a need of long-term care."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from doudi.policy.amounts import Amount, picked
from doudi.policy.disability.living import STATE, YUNNAN, certified, open_to
from doudi.policy.entities import PERSON
from doudi.policy.known import FACTS
from doudi.policy.missing import fact_flag
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons


@condition(PERSON, STATE, YUNNAN)
def severe_with_care_need(persons: Persons, law: Law) -> Truth:
    """Grade 1 or 2 of any kind and needing long-term care, and not excluded."""
    severe = certified(persons, law.grades("disability.care_grades"))
    return open_to(persons, law) & severe & persons.truth("needs_long_term_care")


@amount(PERSON, STATE, YUNNAN)
def care_rate(persons: Persons, law: Law) -> Amount:
    """The rate for the grade on the certificate, in fen a month."""
    grade = persons.codes("disability_grade").astype(np.int64)
    rates = {
        int(name): partial(law.money, f"disability.care.{name}")
        for name in law.words("disability.rated")
    }
    return picked(grade, rates, fact_flag(FACTS["disability_grade"]))


@condition(PERSON, STATE, YUNNAN)
def disability_care(persons: Persons, law: Law) -> Truth:
    """Of this subsidy and another nursing allowance the higher is paid: this, if it is."""
    del law
    higher = persons.amount("care_rate") > persons.amount("nursing_allowance")
    return persons.truth("severe_with_care_need") & higher


@amount(PERSON, STATE, YUNNAN)
def disability_care_amount(persons: Persons, law: Law) -> Amount:
    """The rate for the grade, in fen a month."""
    del law
    return persons.amount("care_rate").only_if(persons.truth("disability_care"))
