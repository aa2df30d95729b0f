"""Screening (筛查): who seems to qualify and has no award, and whose award no longer holds.

应保尽保 and 动态管理. Rules only advise here: a finding is a household to be looked at, and
becomes nothing else before an officer has acted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from doudi.entitlement.models import OF_HOUSEHOLDS, ONE_OFF
from doudi.entitlement.rules import rules_of
from doudi.entitlement.working import Asked, ask
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme, Word
from doudi.policy import determine
from doudi.policy.logic import NO, UNKNOWN, YES
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from doudi.access.models import Area
    from doudi.policy import Determination, Outcome, Rules

    Ints = NDArray[np.int64]


class Finding(Word):
    """What screening found (筛查结果)."""

    MISSED = "missed", N_("疑似应保未保")
    HOLDS_NOT = "holds_not", N_("待遇疑似不再符合条件")
    OPEN = "open", N_("缺少情况，无法判断")


@dataclass(frozen=True, slots=True)
class Screened:
    """One finding: household, person if the programme is a person's, and what the rules say.

    `amount_fen` is what the rules would give, 0 where they give nothing or can't tell; `missing`
    names what is missing, by key.
    """

    finding: Finding
    programme: Programme
    household: str
    person: str
    amount_fen: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """A month screened: the findings, and how many there are of each kind by programme."""

    month: Month
    households: int
    findings: tuple[Screened, ...]
    counts: Mapping[tuple[Finding, Programme], int]


CONTINUING = tuple(programme for programme in Programme if programme not in ONE_OFF)
"""Programmes that last: help given once is asked for, it isn't screened for."""


def screen(area: Area, month: Month, *, known_at: datetime, open_too: bool = False) -> Screening:
    """Compare what the rules say of everybody in an area with the awards that are held.

    With `open_too`, also who could not be judged because something is not known. A fixed number
    of statements. Raises Refusal as `rules_of` and `determine` do.
    """
    rules = rules_of(area)
    asked = ask(area, month, rules, known_at=known_at)
    answers = determine(asked.facts, month, rules)
    wanted = (Finding.MISSED, Finding.HOLDS_NOT) + ((Finding.OPEN,) if open_too else ())
    hits = [
        (finding, programme, rows)
        for programme in CONTINUING
        for finding, rows in _hits(programme, asked, answers)
        if finding in wanted
    ]
    findings = _named(hits, asked, answers, month, rules)
    return Screening(
        month=month,
        households=len(asked.known.households.id),
        findings=tuple(findings),
        counts={(finding, programme): len(rows) for finding, programme, rows in hits if len(rows)},
    )


def _hits(programme: Programme, asked: Asked, answers: Determination) -> list[tuple[Finding, Ints]]:
    """The places of households or persons where rules and awards disagree."""
    state = answers[programme].state
    if programme in OF_HOUSEHOLDS:
        held = asked.awards.households_holding(programme)
    else:
        held = asked.awards.persons_holding(programme)
    return [
        (Finding.MISSED, np.flatnonzero((state == YES) & ~held)),
        (Finding.HOLDS_NOT, np.flatnonzero((state == NO) & held)),
        (Finding.OPEN, np.flatnonzero(state == UNKNOWN)),
    ]


def _named(
    hits: list[tuple[Finding, Programme, Ints]],
    asked: Asked,
    answers: Determination,
    month: Month,
    rules: Rules,
) -> list[Screened]:
    """The findings with the numbers of households and persons, by household."""
    known = asked.known
    homes = registry.household_numbers(known.households.id.tolist())
    people = registry.person_numbers(known.persons.id.tolist())
    found = []
    for finding, programme, rows in hits:
        outcome: Outcome = answers[programme]
        for row in rows.tolist():
            of_household = programme in OF_HOUSEHOLDS
            home = row if of_household else int(known.persons.household[row])
            found.append(
                Screened(
                    finding,
                    programme,
                    homes[int(known.households.id[home])],
                    "" if of_household else people[int(known.persons.id[row])],
                    int(outcome.amount[row]),
                    tuple(each.key for each in rules.missing(int(outcome.missing[row]), month)),
                )
            )
    return sorted(found, key=lambda each: (each.household, each.programme, each.person))
