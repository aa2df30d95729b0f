"""Nobody able to support (无法定义务人或义务人无履行义务能力)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from doudi.kernel.vocabulary import SupporterStatus, SupportFinding
from doudi.policy.amounts import Amount, between, exactly
from doudi.policy.disabilities import among_grades
from doudi.policy.entities import PERSON
from doudi.policy.known import FACTS, UNKNOWN_CODE, code_of
from doudi.policy.logic import NO, UNKNOWN, YES, Truth, all_by, choose, truth_of
from doudi.policy.missing import SUPPORTERS, fact_flag, flag
from doudi.policy.rule import condition
from doudi.policy.values import MAX_COUNT, MAX_PARAMETER_FEN

if TYPE_CHECKING:
    from doudi.policy.views import Column, Law, Persons

MEASURES = "特困人员认定办法（民发〔2021〕43号）"


@condition(PERSON, f"{MEASURES}第四条", f"{MEASURES}第八条")
def nobody_able(persons: Persons, law: Law) -> Truth:
    """No supporter, or every one unable: by an officer's finding, or one by one.

    Neither a finding nor a list: the family supports, and no claim is made.
    """
    found = persons.among("supporters", [SupportFinding.NONE, SupportFinding.UNABLE])
    if not len(persons.supporters.person):
        return found
    listed = np.zeros(persons.rows, dtype=np.bool_)
    listed[persons.supporters.person] = True
    every_one = all_by(_unable(persons, law), persons.supporters.person, persons.rows)
    return choose(truth_of(listed), every_one, found)


def _unable(persons: Persons, law: Law) -> Truth:
    """For each supporter whether the law takes it as unable to support."""
    table = persons.supporters
    age = _known(table.age, MAX_COUNT)
    old_on_dibao = _is(table.status, SupporterStatus.DIBAO) & (
        age >= law.count("tekun.supporter.age_on_dibao")
    )
    severe = among_grades(
        table.category, table.grade, law.grades("tekun.supporter.grades"), flag(SUPPORTERS)
    )
    weak = (age >= law.count("tekun.supporter.age_weak")) | severe
    property_ok = _told(table.property_ok)
    poor = _known(table.income_year, MAX_PARAMETER_FEN) < law.money("disposable_income_year")
    incapable = _is(
        table.status,
        SupporterStatus.PRISON,
        SupporterStatus.DECLARED_MISSING,
        SupporterStatus.NO_CAPACITY,
    )
    return (
        _is(table.status, SupporterStatus.TEKUN)
        | old_on_dibao
        | (weak & poor & property_ok)
        | (incapable & property_ok)
    )


def _is(codes: Column, *words: SupporterStatus) -> Truth:
    """Whether a supporter's status is one of these."""
    state = np.where(
        codes == UNKNOWN_CODE,
        UNKNOWN,
        np.where(np.isin(codes, [code_of(word) for word in words]), YES, NO),
    )
    return _missing(state)


def _told(column: Column) -> Truth:
    """A column of truths."""
    return _missing(column)


def _missing(answers: npt.NDArray[np.integer]) -> Truth:
    """A truth whose unknown rows miss what is known of the supporters."""
    state = answers.astype(np.int8)
    unknown = state == UNKNOWN
    if not unknown.any():
        return Truth(state)
    return Truth(state, np.where(unknown, fact_flag(FACTS[SUPPORTERS]), 0))


def _known(column: Column, most: int) -> Amount:
    """A column of numbers; anything up to `most` where unknown."""
    unknown = column == UNKNOWN_CODE
    if not unknown.any():
        return exactly(column)
    return between(
        np.where(unknown, 0, column),
        np.where(unknown, most, column),
        np.where(unknown, flag(SUPPORTERS), 0),
    )
