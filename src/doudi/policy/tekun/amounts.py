"""What Tekun pays (救助供养标准): the basic living standard and care by grade and place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.vocabulary import CarePlace
from doudi.policy.amounts import Amount, Numbers, either, picked
from doudi.policy.entities import PERSON
from doudi.policy.known import FACTS, UNKNOWN_CODE
from doudi.policy.logic import NO, YES
from doudi.policy.missing import fact_flag
from doudi.policy.rounding import rounded
from doudi.policy.rule import amount
from doudi.policy.values import WHOLE_SHARE

if TYPE_CHECKING:
    from doudi.policy.views import Law, Persons

OPINION = "国务院关于进一步健全特困人员救助供养制度的意见（国发〔2016〕14号）"
MEASURES = "特困人员认定办法（民发〔2021〕43号）"
LEVELS = ("capable", "partial_loss", "full_loss")
"""Self-care (生活自理能力): capable, partly lost, wholly lost."""
NOBODY = len(LEVELS)
"""The level of a person of whom no care standard is asked."""


@amount(PERSON, OPINION)
def tekun_base(persons: Persons, law: Law) -> Amount:
    """The basic living standard, in fen a month.

    One sum for all, or one by place of care, or where the place has set neither, the multiple of
    the Dibao standard.
    """
    if law.value("tekun.base") is not None:
        base = law.money("tekun.base")
    elif law.value("tekun.base_by_place.home") is not None:
        at_home = persons.among("care_place", [CarePlace.HOME])
        base = either(
            at_home,
            law.money("tekun.base_by_place.home"),
            law.money("tekun.base_by_place.institution"),
        )
    else:
        product = persons.household_amount("standard") * law.share("tekun.base_multiple")
        mode, flag = law.word("tekun.base_rounding"), law.flag("tekun.base")
        base = rounded(product, WHOLE_SHARE, mode, flag)
    return base.only_if(persons.truth("tekun"))


@amount(PERSON, f"{MEASURES}第二十一条", f"{MEASURES}第二十二条", OPINION)
def tekun_care(persons: Persons, law: Law) -> Amount:
    """The care standard by what a person can't do of six things, and by the place of care."""
    level = np.where(persons.truth("tekun").state == NO, NOBODY, self_care_level(persons, law))
    home = persons.among("care_place", [CarePlace.HOME])
    at_home, in_institution = (
        _care_at(place, np.where(elsewhere, NOBODY, level), law)
        for place, elsewhere in (
            (CarePlace.HOME, home.state == NO),
            (CarePlace.INSTITUTION, home.state == YES),
        )
    )
    return either(home, at_home, in_institution).only_if(persons.truth("tekun"))


def _care_at(place: CarePlace, level: Numbers, law: Law) -> Amount:
    """The care standard of each level at a place; nothing for those cared for elsewhere."""
    return picked(
        level,
        {
            code: partial(law.money, f"tekun.care.{place}.{name}")
            for code, name in enumerate(LEVELS)
        },
        fact_flag(FACTS["self_care_unmet"]),
    )


def self_care_level(persons: Persons, law: Law) -> Numbers:
    """The place in `LEVELS` of each person; -1 where not assessed."""
    unmet = persons.codes("self_care_unmet")
    level = np.zeros(persons.rows, dtype=np.int64)
    level += unmet >= law.count("tekun.self_care.partial_from").low
    level += unmet >= law.count("tekun.self_care.full_from").low
    return np.where(unmet == UNKNOWN_CODE, -1, level)


@amount(PERSON, OPINION)
def tekun_amount(persons: Persons, law: Law) -> Amount:
    """Base and care, in fen a month."""
    del law
    return persons.amount("tekun_base") + persons.amount("tekun_care")
