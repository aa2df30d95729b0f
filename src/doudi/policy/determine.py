"""Determines a month (核定): for every programme who is entitled and to how much, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from openfisca_core.simulations import SimulationBuilder

from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import Programme
from doudi.policy.amounts import Amount
from doudi.policy.blocks import blocks
from doudi.policy.known import HOUSEHOLD_FACTS, PERSON_FACTS
from doudi.policy.logic import NO, UNKNOWN, YES, Flags, States, Truth, united
from doudi.policy.rules import FIRST_MONTH, Rules, load_rules
from doudi.policy.views import Beside, Trace

if TYPE_CHECKING:
    from doudi.policy.facts import Facts

MARGIN = "dibao_margin"


@dataclass(frozen=True, slots=True)
class Question:
    """What a programme asks of whom: its condition, its amount, what that is made of."""

    key: str
    asks: str
    amount: str | None
    components: Mapping[str, str] = field(default_factory=dict)
    members: str | None = None

    @property
    def of_household(self) -> bool:
        """Whether it asks whole households, rather than each person."""
        return self.asks == "household"


QUESTIONS: Mapping[str, Question] = {
    question.key: question
    for question in (
        Question(
            str(Programme.DIBAO), "household", "dibao_amount",
            {"gap": "dibao_gap", "supplement": "dibao_supplement"}, "counted_members",
        ),
        Question(
            str(Programme.DIBAO_SINGLE), "person", "dibao_single_amount",
            {"gap": "dibao_single_gap", "supplement": "dibao_single_supplement"},
        ),
        Question(MARGIN, "household", None),
        Question(
            str(Programme.TEKUN), "person", "tekun_amount",
            {"base": "tekun_base", "care": "tekun_care"},
        ),
        Question(
            str(Programme.ORPHAN), "person", "orphan_amount", {"standard": "orphan_amount"}
        ),
        Question(
            str(Programme.UNATTENDED), "person", "unattended_amount",
            {"difference": "unattended_amount"},
        ),
        Question(
            str(Programme.DISABILITY_LIVING), "person", "disability_living_amount",
            {"living": "disability_living_amount"},
        ),
        Question(
            str(Programme.DISABILITY_CARE), "person", "disability_care_amount",
            {"care": "disability_care_amount"},
        ),
        Question(
            str(Programme.TEMPORARY_ASSISTANCE), "household", "temporary_assistance_amount",
            {"assistance": "temporary_assistance_amount"},
        ),
        Question(
            str(Programme.FUNERAL), "person", "funeral_amount", {"funeral": "funeral_amount"}
        ),
    )
}  # fmt: skip
"""Every programme, and the margin, which pays nothing but opens other doors."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A programme's answer for every household or person.

    `state` is `logic.NO`, `UNKNOWN` (undetermined) or `YES`; `amount` and `components` are fen of
    the month, 0 unless YES; `missing` has the bits that `Rules.missing` names, 0 unless UNKNOWN;
    `members` is how many persons the amount is reckoned for, 0 where that is unknown.
    """

    of_household: bool
    state: States
    amount: npt.NDArray[np.int64]
    components: Mapping[str, npt.NDArray[np.int64]]
    missing: Flags
    members: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Determination:
    """A month's answers by programme, under the rules of this fingerprint."""

    month: Month
    jurisdiction: str
    fingerprint: str
    outcomes: Mapping[str, Outcome]

    def __getitem__(self, programme: str) -> Outcome:
        """The answer of a programme, by its key."""
        return self.outcomes[str(programme)]


def determine(facts: Facts, month: Month, rules: Rules | str) -> Determination:
    """What every programme gives in the month to the persons and households of the facts.

    `rules` may be the name of a jurisdiction. Refuses a month before 2014-05 (RULES-EARLY).
    """
    law = load_rules(rules) if isinstance(rules, str) else rules
    month = Month(month)
    parts = [
        {key: _outcome(simulation, question) for key, question in QUESTIONS.items()}
        for simulation in (open_simulation(block, month, law) for block in blocks(facts))
    ]
    return Determination(
        month=month,
        jurisdiction=law.jurisdiction,
        fingerprint=law.fingerprint(month),
        outcomes={key: _joined([part[key] for part in parts]) for key in QUESTIONS},
    )


def _joined(parts: list[Outcome]) -> Outcome:
    """The outcomes of blocks, one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Outcome(
        of_household=parts[0].of_household,
        state=np.concatenate([part.state for part in parts]),
        amount=np.concatenate([part.amount for part in parts]),
        components={
            kind: np.concatenate([part.components[kind] for part in parts])
            for kind in parts[0].components
        },
        missing=np.concatenate([part.missing for part in parts]),
        members=np.concatenate([part.members for part in parts]),
    )


def open_simulation(facts: Facts, month: Month, rules: Rules, trace: Trace | None = None) -> Any:  # noqa: ANN401 - OpenFisca is untyped
    """An OpenFisca simulation of the month with all facts set; `trace` notes what is used."""
    if month < FIRST_MONTH:
        raise Refusal(
            "RULES-EARLY",
            N_("{month} 早于 {first}，规则从这个月起才有；请改月份"),
            month=month,
            first=FIRST_MONTH,
        )
    facts = facts.telling()
    builder = SimulationBuilder()
    builder.create_entities(rules.system)
    persons, households = builder.populations["person"], builder.populations["household"]
    persons.count, households.count = len(facts.household), facts.households
    persons.ids, households.ids = np.arange(persons.count), np.arange(households.count)
    households.members_entity_id = facts.household
    simulation = builder.build(rules.system)
    simulation.beside = Beside(facts, rules.parameters, month, trace=trace)
    simulation.law = None
    for fact in (*PERSON_FACTS, *HOUSEHOLD_FACTS):
        if facts.given(fact.name):
            simulation.set_input(fact.name, str(month), facts.column(fact.name))
    return simulation


def condition_of(simulation: Any, name: str) -> Truth:  # noqa: ANN401
    """A condition that the simulation has worked out."""
    beside = simulation.beside
    state = simulation.calculate(name, str(beside.month))
    return Truth(state, beside.missing.get(name))


def amount_of(simulation: Any, name: str) -> Amount:  # noqa: ANN401
    """An amount that the simulation has worked out."""
    beside = simulation.beside
    low = simulation.calculate(name, str(beside.month))
    return Amount(low, beside.high.get(name, low), beside.missing.get(name))


def _outcome(simulation: Any, question: Question) -> Outcome:  # noqa: ANN401
    """A programme's answer: undetermined where the condition is, or where the amount is."""
    answer = condition_of(simulation, question.key)
    state, missing = answer.state, answer.missing
    rows = len(state)
    amount = np.zeros(rows, dtype=np.int64)
    components: dict[str, npt.NDArray[np.int64]] = {}
    if question.amount is not None:
        whole = amount_of(simulation, question.amount)
        state = np.where((answer.state == YES) & (whole.low != whole.high), UNKNOWN, answer.state)
        missing = united(answer.missing, whole.missing)
        amount = np.where(state == YES, whole.low, 0)
        for kind, name in question.components.items():
            components[kind] = np.where(state == YES, amount_of(simulation, name).low, 0)
    return Outcome(
        of_household=question.of_household,
        state=state,
        amount=amount,
        components=components,
        missing=_kept(missing, state),
        members=_members(simulation, question, state),
    )


def _kept(missing: Flags | None, state: States) -> Flags:
    """The bits of undetermined rows alone."""
    if missing is None:
        return np.zeros(len(state), dtype=np.int64)
    return np.where(state == UNKNOWN, missing, 0)


def _members(simulation: Any, question: Question, state: States) -> npt.NDArray[np.int64]:  # noqa: ANN401
    """How many persons the amount is reckoned for."""
    if question.members is None:
        return np.where(state == NO, 0, 1).astype(np.int64)
    counted = amount_of(simulation, question.members)
    return np.where(counted.low == counted.high, counted.low, 0)
