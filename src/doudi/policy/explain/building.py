"""Builds an explanation by asking the rules once more about one household, with a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from doudi.kernel.months import Month
from doudi.policy.determine import QUESTIONS, Question, amount_of, condition_of, open_simulation
from doudi.policy.explain.facts_used import facts_used
from doudi.policy.explain.record import Explanation, ParameterUsed
from doudi.policy.explain.steps import STEPS
from doudi.policy.explain.titles import TITLES
from doudi.policy.logic import NO, UNKNOWN, YES
from doudi.policy.rule import RULES
from doudi.policy.views import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.policy.amounts import Amount
    from doudi.policy.facts import Facts
    from doudi.policy.rules import Rules

_ROOMS = {
    "dibao": {"people", "dibao"},
    "dibao_single": {"people", "dibao"},
    "dibao_margin": {"people", "dibao"},
    "tekun": {"people", "tekun"},
    "orphan": {"people", "children"},
    "unattended": {"people", "children"},
    "disability_living": {"people", "disability"},
    "disability_care": {"people", "disability"},
    "temporary_assistance": {"people", "one_off"},
    "funeral": {"one_off"},
}
"""Whose facts, parameters and articles an explanation names: the programme's own rules'."""
_STANDARD_OF_DIBAO = ("standard",)
"""A rule of Dibao that other programmes rest on: it is named wherever it was used."""


def explain(
    facts: Facts,
    month: Month,
    rules: Rules,
    programme: str,
    household_index: int,
    person_index: int | None = None,
) -> Explanation:
    """How the answer of a programme for a household, or for one of its persons, came about.

    `person_index` is the person's row in the facts. The numbers are those of `determine`.
    """
    question = QUESTIONS[str(programme)]
    own, members = facts.only(household_index)
    row = 0 if question.of_household else _row(members, person_index)
    trace = Trace()
    simulation = open_simulation(own, Month(month), rules, trace)
    state, amount, bits = _answer(simulation, question, row)
    steps = tuple(STEPS[question.key](simulation, row, state))
    rooms = _rooms(simulation, question, state)
    used = [name for name in trace.rules if RULES[name].room in rooms or name in _STANDARD_OF_DIBAO]
    read = {path for paths in trace.parameters.values() for path in paths}
    person = None if question.of_household or "dibao" in rooms else row
    missing = tuple(rules.missing(bits, Month(month), read))
    return Explanation(
        programme=question.key,
        title=TITLES[question.key],
        month=Month(month),
        jurisdiction=rules.jurisdiction,
        fingerprint=rules.fingerprint(Month(month)),
        state=int(state),
        amount_fen=amount,
        pays=question.amount is not None,
        facts=tuple(facts_used(own, trace, used, person)),
        parameters=tuple(
            _parameters(trace, used, rules, Month(month), {one.key for one in missing})
        ),
        articles=tuple(dict.fromkeys(text for name in used for text in RULES[name].references)),
        steps=steps,
        missing=missing,
    )


def _row(members: np.ndarray, person_index: int | None) -> int:
    """The person's place among the household's members."""
    if person_index is None or person_index not in members:
        raise IndexError(person_index)
    return int(np.flatnonzero(members == person_index)[0])


def _answer(simulation: Any, question: Question, row: int) -> tuple[np.int8, int | None, int]:  # noqa: ANN401
    """State, amount in fen (None where undetermined) and missing bits, as `determine` has them."""
    truth = condition_of(simulation, question.key)
    state = truth.state[row]
    bits = 0 if truth.missing is None else int(truth.missing[row])
    if question.amount is None or state == NO:
        return state, None if state == UNKNOWN else 0, bits
    amount = amount_of(simulation, question.amount)
    if state == YES and not _known(amount, row):
        state = UNKNOWN
    if state == UNKNOWN:
        return state, None, bits | (0 if amount.missing is None else int(amount.missing[row]))
    return state, int(amount.low[row]), bits


def _known(amount: Amount, row: int) -> bool:
    """Whether both bounds of a row agree."""
    return bool(amount.low[row] == amount.high[row])


def _rooms(simulation: Any, question: Question, state: np.int8) -> set[str]:  # noqa: ANN401
    """The programme's own rules', and Tekun's where somebody is on it or may be."""
    rooms = set(_ROOMS[question.key])
    if "dibao" in rooms and np.any(condition_of(simulation, "on_tekun").state != NO):
        rooms.add("tekun")
    if question.key == "unattended" and state != NO:
        on_dibao = condition_of(simulation, "on_dibao").state
        rooms |= {"dibao"} if np.any(on_dibao != NO) else set()
    return rooms


def _parameters(
    trace: Trace, used: list[str], rules: Rules, month: Month, missing: set[str]
) -> Iterator[ParameterUsed]:
    """Each parameter that these rules read, with the value in force in the month.

    One that nobody knows is named only where that matters.
    """
    paths = dict.fromkeys(path for name in used for path in trace.parameters.get(name, ()))
    for path in paths:
        parameter, value = rules.parameters[path], rules.value(path, month.first)
        if value.value is None and path not in missing:
            continue
        yield ParameterUsed(
            path=path,
            title=parameter.title,
            value=parameter.shown(value.value),
            unit=parameter.unit,
            per=parameter.per,
            first=value.first,
            citation=value.citation,
            confidence=value.confidence,
            status=value.status,
            jurisdiction=value.jurisdiction,
            note=value.note,
        )
