"""Sets of grades (残疾等级): four meanings of 重残 run side by side, and none is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from doudi.kernel.vocabulary import DisabilityCategory
from doudi.policy.known import FACTS, UNKNOWN_CODE, code_of
from doudi.policy.logic import NO, UNKNOWN, YES, States, Truth
from doudi.policy.missing import NOT_ON_CERTIFICATE, fact_flag, flag
from doudi.policy.values import GRADED, GRADES

if TYPE_CHECKING:
    from doudi.policy.views import View

Codes = npt.NDArray[np.integer]


def in_grades(view: View, grades: tuple[int, ...], prefix: str = "") -> Truth:
    """Whether a certificate's category and grade lie in a set; `prefix` is a parent's side."""
    return among_grades(
        view.codes(f"{prefix}disability_category"),
        view.codes(f"{prefix}disability_grade"),
        grades,
        fact_flag(FACTS[f"{prefix}disability_grade"]),
    )


def among_grades(category: Codes, grade: Codes, grades: tuple[int, ...], missing: int) -> Truth:
    """Whether category and grade lie in a set: for each category the lowest grade that counts.

    A multiple disability (多重残疾) bears the grade of its heaviest part and doesn't say which
    part that is: it lies in the set for certain only if every category does at that grade.
    """
    table = _table(grades)
    state = table[category, grade]
    unknown = state == UNKNOWN
    if not unknown.any():
        return Truth(state)
    multiple = (category == code_of(DisabilityCategory.MULTIPLE)) & (grade != UNKNOWN_CODE)
    bits = np.where(multiple, flag(NOT_ON_CERTIFICATE), missing)
    return Truth(state, np.where(unknown, bits, 0))


def _table(grades: tuple[int, ...]) -> States:
    """The answer by category (0 none, the last unknown) and grade (0 none, the last unknown)."""
    table = np.full((len(DisabilityCategory) + 2, GRADES + 2), NO, dtype=np.int8)
    for grade in range(1, GRADES + 1):
        holds = [YES if grade <= lowest else NO for lowest in grades]
        for word, answer in zip(GRADED, holds, strict=True):
            table[code_of(word), grade] = answer
        table[code_of(DisabilityCategory.MULTIPLE), grade] = _agreed(holds)
    for row in range(1, len(DisabilityCategory) + 1):
        table[row, -1] = _agreed(list(table[row, 1 : GRADES + 1]))
    for column in (*range(1, GRADES + 1), -1):
        table[-1, column] = _agreed(list(table[1 : len(DisabilityCategory) + 1, column]))
    table[-1, -1] = _agreed([NO, *table[1:-1, -1]])  # there may be no certificate at all
    return table


def _agreed(answers: list[np.int8]) -> np.int8:
    """The answer where all agree, unknown where not."""
    return answers[0] if len(set(answers)) == 1 else UNKNOWN
