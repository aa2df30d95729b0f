"""Works out months: circumstances and awards in, what each award comes to out, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from doudi.entitlement.awards import NOBODY, AwardColumns, laid_out
from doudi.entitlement.columns import asked_of_rules
from doudi.entitlement.queries import award_table, months_granted_this_year
from doudi.entitlement.queries.awards import subjects
from doudi.entitlement.rules import MEMBERSHIP, district_of
from doudi.entitlement.tapering import with_tapers
from doudi.entitlement.worked import REASONS, Reason, Worked
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from doudi.policy import FIRST_MONTH, Facts, Outcome, determine
from doudi.policy.logic import UNKNOWN, YES
from doudi.registry import queries as registry
from doudi.registry.queries import Facts as Circumstances
from doudi.registry.queries.facts import facts_of_months
from doudi.registry.queries.homes import homes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from doudi.access.models import Area
    from doudi.policy import Determination, Rules

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A month's circumstances and awards, and what the rules were asked of them."""

    known: Circumstances
    awards: AwardColumns
    facts: Facts


def ask(
    area: Area,
    month: Month,
    rules: Rules,
    *,
    known_at: datetime,
    households: Collection[int] | None = None,
) -> Asked:
    """Gather what is known of a month in a fixed number of statements, for the rules."""
    known = registry.facts(
        area, month, known_at, None if households is None else sorted(households)
    )
    return _asked(area, known, rules, of_some=households is not None)


def _asked(area: Area, known: Circumstances, rules: Rules, *, of_some: bool = False) -> Asked:
    """What the rules are asked of a month's circumstances; `of_some` if of few households."""
    month, known_at = known.month, known.known_at
    some = known.households.id if of_some else None
    awards = laid_out(award_table(month, known_at, some), known)
    standards = {
        each: rules.plain("dibao.standard", each.first)
        for each in max(FIRST_MONTH, Month(f"{month.year:04d}-01")).until(month)
    }
    granted = months_granted_this_year(
        month,
        {each: int(fen) for each, fen in standards.items() if isinstance(fen, int)},
        known_at,
        None if some is None else some.tolist(),
    )
    return Asked(known, awards, asked_of_rules(known, awards, district_of(area), granted))


def work_out(
    area: Area,
    months: Mapping[Month, Collection[int] | None],
    rules: Rules,
    *,
    known_at: datetime,
) -> Iterator[tuple[Month, Worked]]:
    """What every award in force is due for each of these months, in order, as known at a moment.

    Of all households, or of some, by id. Circumstances are read once for all months, and of
    those alone who hold an award. What is due for a month may rest on what was due before: write
    each before the next is taken. The number of statements depends on the months alone.
    """
    holders = _holders() if None in months.values() else np.zeros(0, dtype=np.int64)
    read = facts_of_months(
        area,
        {
            month: holders if some is None else np.array(sorted(some), dtype=np.int64)
            for month, some in months.items()
        },
        known_at,
    )
    for known in read:
        asked = _asked(area, known, rules, of_some=months[known.month] is not None)
        answers = determine(asked.facts, known.month, rules)
        yield known.month, awards_amounted(asked, answers, known.month, rules, known_at)


def _holders() -> Ints:
    """The households that hold an award, or have a member who does; ever, and by anyone's word."""
    households, persons = subjects()
    return np.union1d(households, homes_of(persons))


def awards_amounted(
    asked: Asked, answers: Determination, month: Month, rules: Rules, known_at: datetime
) -> Worked:
    """What the rules' answers make of every award in force."""
    parts = [_of_programme(each, asked.awards, answers, month, rules) for each in Programme]
    worked = _joined(parts, asked.known.households.id)
    return with_tapers(worked, asked.awards, month, rules, known_at)


def _of_programme(
    programme: Programme, awards: AwardColumns, answers: Determination, month: Month, rules: Rules
) -> Worked:
    """What the awards of one programme come to."""
    outcome: Outcome = answers[programme]
    rows = awards.of(programme)
    rows = rows[awards.is_due[rows]]
    place = (awards.household if outcome.of_household else awards.person)[rows]
    lost = rows[place == NOBODY]
    rows, place = rows[place != NOBODY], place[place != NOBODY]
    state = outcome.state[place]
    told, open_rows = state != UNKNOWN, rows[state == UNKNOWN]
    bits = outcome.missing[place[state == UNKNOWN]]
    named = {int(each): _names(int(each), month, rules) for each in np.unique(bits)}
    holds = np.where(
        state[told] == YES, REASONS.index(Reason.HOLDS), REASONS.index(Reason.HOLDS_NOT)
    )
    return Worked(
        households=np.zeros(0, dtype=np.int64),
        award=awards.id[rows[told]],
        amount=outcome.amount[place[told]],
        members=outcome.members[place[told]],
        reason=holds,
        components={kind: column[place[told]] for kind, column in outcome.components.items()},
        open_award=np.concatenate([awards.id[open_rows], awards.id[lost]]),
        missing=[named[int(each)] for each in bits] + [[MEMBERSHIP]] * len(lost),
    )


def _names(bits: int, month: Month, rules: Rules) -> list[str]:
    """The keys of what an answer lacks."""
    return [missing.key for missing in rules.missing(bits, month)]


def _joined(parts: list[Worked], households: Ints) -> Worked:
    """The parts as one; a kind of component that a part lacks is 0 there."""
    kinds = sorted({kind for part in parts for kind in part.components})
    components = {
        kind: np.concatenate(
            [part.components.get(kind, np.zeros(len(part.award), np.int64)) for part in parts]
        )
        for kind in kinds
    }
    return Worked(
        households=households,
        award=np.concatenate([part.award for part in parts]),
        amount=np.concatenate([part.amount for part in parts]),
        members=np.concatenate([part.members for part in parts]),
        reason=np.concatenate([part.reason for part in parts]),
        components=components,
        open_award=np.concatenate([part.open_award for part in parts]),
        missing=[missing for part in parts for missing in part.missing],
    )
