"""Why an amount is due (应发说明): the rules asked again of what was known when it was determined.

The same circumstances, awards and parameters give the same answer: nothing of an explanation is
stored but the moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from django.utils.timezone import localdate

from doudi.entitlement.awards import places
from doudi.entitlement.models import OF_HOUSEHOLDS, Due, DueComponent
from doudi.entitlement.queries import due_numbered
from doudi.entitlement.worked import Reason
from doudi.entitlement.working import Asked, ask
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import DeductionKind, IncomeKind, ParentSide, Programme
from doudi.policy import Explanation, explain, load_rules
from doudi.registry import queries as registry
from doudi.registry.queries import Source

if TYPE_CHECKING:
    from doudi.access.models import Officer
    from doudi.policy import Rules

_KINDS = {
    "relation": "membership",
    "lives_with": "membership",
    "independent": "membership",
    "death_date": "death",
    "cremated": "death",
    "state_funeral_grant": "death",
    "absent": "absence",
    "student": "schooling",
    "disability_category": "disability",
    "disability_grade": "disability",
    "needs_long_term_care": "care_need",
    "serious_illness": "serious_illness",
    "employed": "work",
    "self_care_unmet": "self_care",
    "care_place": "care_placement",
    "supporters": "support",
    "child_scheme": "child_choice",
    "work_injury_care": "other_benefit.work_injury_care",
    "nursing_allowance": "other_benefit.nursing_allowance",
    "registered_here": "hukou",
    "registration": "residence",
    **{f"income_{kind}": f"income.{kind}" for kind in IncomeKind},
    **{f"deduction_{kind}": f"deduction.{kind}" for kind in DeductionKind},
}
"""Which kind of circumstance a fact of the rules comes from, by the names of `sources`."""
_PREFIXES = {
    "property_": "property",
    "event_": "emergency",
    **{f"{side}_": f"parent.{side}" for side in ParentSide},
}


@dataclass(frozen=True, slots=True)
class Behind:
    """The record behind facts of somebody: of a member by masked name, or of the household."""

    who: str
    source: Source


@dataclass(frozen=True, slots=True)
class DueExplained:
    """A due row, its parts, the rules' explanation of it, and the records behind the facts.

    `names` are the masked names of the household's members in the order of the explanation.
    `same_rules` is false where parameters have changed since: then the row shows what they gave
    at the time, and the explanation what they give now.
    """

    due: Due
    household: str
    parts: tuple[tuple[str, int], ...]
    reason: Reason
    explanation: Explanation
    names: tuple[str, ...]
    behind: tuple[Behind, ...]
    same_rules: bool


def explain_due(number: int, *, officer: Officer | None) -> DueExplained:
    """Explain a due row by its number; `officer` None is whoever has the machine itself.

    Raises Refusal DUE-UNKNOWN, also for a row outside of what the officer may see.
    """
    due = due_numbered(number)
    if officer is not None:
        _require_sight(due, officer)
    month = Month(due.month)
    rules = load_rules(due.determination.jurisdiction, folders=tuple(settings.PARAMETER_FOLDERS))
    asked = ask(
        due.determination.area,
        month,
        rules,
        known_at=due.determined_at,
        households=[due.award.household_id],
    )
    explanation, members = _explained(due, asked, month, rules)
    names = registry.masked_names(members)
    return DueExplained(
        due=due,
        household=due.award.household.number,
        parts=tuple(
            DueComponent.objects.filter(due=due).order_by("pk").values_list("kind", "amount_fen")
        ),
        reason=Reason(due.reason),
        explanation=explanation,
        names=tuple(names[member] for member in members),
        behind=tuple(_behind(explanation, asked, members, names)),
        same_rules=due.determination.fingerprint == rules.fingerprint(month),
    )


def _require_sight(due: Due, officer: Officer) -> None:
    """Refuse a row of a household that the officer may not see as if there were none."""
    visible = registry.households_visible_to(officer, localdate(due.determined_at))
    if not visible.filter(pk=due.award.household_id).exists():
        raise Refusal(
            "DUE-UNKNOWN",
            N_("没有应发记录 {number}，请从发放明细或报表明细中抄取编号"),
            number=due.pk,
        )


def _explained(due: Due, asked: Asked, month: Month, rules: Rules) -> tuple[Explanation, list[int]]:
    """The rules' explanation, and the ids of the household's members in its order."""
    known = asked.known
    if len(known.households.id) == 0:
        raise Refusal(
            "DUE-MOVED",
            N_("户 {household} 在 {month} 已不在该区域，无法在这里说明"),
            household=due.award.household.number,
            month=month,
        )
    programme = Programme(due.award.programme)
    person = None
    if programme not in OF_HOUSEHOLDS:
        place = places(known.persons.id, np.array([due.award.person_id], dtype=np.int64))
        person = int(place[0])
    explanation = explain(asked.facts, month, rules, programme, 0, person)
    return explanation, known.persons.id.tolist()


def _behind(
    explanation: Explanation, asked: Asked, members: list[int], names: dict[int, str]
) -> list[Behind]:
    """The records behind the facts that the explanation used, each once."""
    wanted: dict[int | None, list[str]] = {}
    for fact in explanation.facts:
        kind = _kind_of(fact.key)
        if kind and kind not in wanted.setdefault(fact.person, []):
            wanted[fact.person].append(kind)
    found = []
    for person, kinds in wanted.items():
        if person is None:
            home = int(asked.known.households.id[0])
            sources, who = registry.sources(asked.known, household=home), ""
        else:
            sources = registry.sources(asked.known, person=members[person])
            who = names[members[person]]
        for kind in kinds:
            matching = (name for name in sources if name == kind or name.startswith(f"{kind}."))
            found += [Behind(who, sources[name]) for name in matching]
    return found


def _kind_of(fact: str) -> str:
    """The kind of circumstance behind a fact; empty for one that is no circumstance."""
    if fact in _KINDS:
        return _KINDS[fact]
    return next((kind for start, kind in _PREFIXES.items() if fact.startswith(start)), "")
