"""The rules' answers to a case, in the shape in which a case file expects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.money import yuan
from doudi.kernel.vocabulary import Programme
from doudi.policy.cases.expected import UNDETERMINED, of_the_file
from doudi.policy.determine import MARGIN, QUESTIONS, Outcome, determine
from doudi.policy.explain import Explanation, explain
from doudi.policy.logic import NO, UNKNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.policy.cases.case import Case

Answer = dict[str, object]
Answers = dict[str, dict[str, object]]


def answer(case: Case, language: str = "zh") -> Answers:
    """Every programme's answer: of the household, or of each member by id."""
    determination = determine(case.facts, case.month, case.rules)
    answers: Answers = {}
    for programme in QUESTIONS:
        outcome = determination[programme]
        if QUESTIONS[programme].of_household:
            answers[programme] = _one(case, outcome, programme, 0, language)
        elif of_the_file(programme):
            answers[programme] = _of_deceased(case, outcome, programme, language)
        else:
            answers[programme] = {
                key: _one(case, outcome, programme, place, language)
                for place, key in enumerate(case.members)
            }
    return answers


def _of_deceased(case: Case, outcome: Outcome, programme: str, language: str) -> Answer:
    """The answer for the one who died; no where nobody did."""
    if case.deceased is None:
        return {"eligible": False, "amount": yuan(0)}
    return _one(case, outcome, programme, case.deceased, language)


def _one(case: Case, outcome: Outcome, programme: str, row: int, language: str) -> Answer:
    """One answer: eligible, members, amount and supplement; or why it can't be determined."""
    state = outcome.state[row]
    eligible: bool | str = UNDETERMINED if state == UNKNOWN else bool(state == YES)
    found: Answer = {"eligible": eligible}
    known = state != UNKNOWN
    if programme == Programme.DIBAO:
        members = int(outcome.members[row])
        found["members"] = members if known or members else None
    if programme != MARGIN:
        found["amount"] = yuan(int(outcome.amount[row])) if known else None
    if "supplement" in outcome.components:
        found["supplement"] = yuan(int(outcome.components["supplement"][row])) if known else None
    if not known:
        found["because"] = [
            {"missing": one.key, "name": one.title.said(language),
             "supplier": one.supplier.said(language)}
            for one in _explained(case, programme, row).missing
        ]  # fmt: skip
    return found


def _explained(case: Case, programme: str, row: int) -> Explanation:
    """The explanation of one answer."""
    person = None if QUESTIONS[programme].of_household else row
    return explain(case.facts, case.month, case.rules, programme, 0, person)


def explained(case: Case) -> Iterator[tuple[str, str | None, Explanation]]:
    """The explanation of every answer that is not a plain no: programme, member's id or None.

    Of a household's Dibao always, for that is what a family asks first.
    """
    determination = determine(case.facts, case.month, case.rules)
    for programme, question in QUESTIONS.items():
        outcome = determination[programme]
        if question.of_household:
            if outcome.state[0] != NO or programme == Programme.DIBAO:
                yield programme, None, _explained(case, programme, 0)
            continue
        for row in np.flatnonzero(outcome.state != NO):
            yield programme, case.members[row], _explained(case, programme, int(row))
