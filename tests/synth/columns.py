"""Made-up people as the columns that the rules are asked about; only what they can have."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.vocabulary import (
    CarePlace,
    DisabilityCategory,
    IncomeKind,
    ParentSide,
    ParentStatus,
    SupportFinding,
)
from doudi.policy.facts import Facts
from doudi.policy.known import NO_DATE, code_of, held_bit
from doudi.policy.logic import NO, YES
from doudi.synth.model import last_seen, lives_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.kernel.months import Month
    from doudi.synth.people import Household, Person

EPOCH = date(1970, 1, 1)


def columns(households: Sequence[Household], month: Month) -> Facts:
    """The facts of a month; an award that holds in it is held."""
    rows = [
        (index, household, person)
        for index, household in enumerate(households)
        for person in household.members
        if person.joined <= month.last
    ]
    told = [_person(household, person, month) for _, household, person in rows]
    return Facts(
        household=np.array([index for index, _, _ in rows], dtype=np.int64),
        households=len(households),
        persons={name: np.array([each[name] for each in told], dtype=np.int64) for name in told[0]},
        of_households={},
    )


def members(households: Sequence[Household], month: Month) -> list[Person]:
    """The persons in the order of the columns."""
    return [p for house in households for p in house.members if p.joined <= month.last]


def _person(household: Household, person: Person, month: Month) -> dict[str, int]:
    died = [fact.since for fact in person.facts if fact.kind == "Death"]
    told = {
        "relation": code_of(person.relation),
        "birth_date": (person.born - EPOCH).days,
        "death_date": (died[0] - EPOCH).days if died else NO_DATE,
        "lives_with": _truth(person.lives_with),
        "independent": _truth(person.independent),
        "serious_illness": _truth(bool(last_seen(person.facts, "SeriousIllness", month))),
        "needs_long_term_care": _truth(
            bool(_value(person, "CareNeed", month, "needs_long_term_care"))
        ),
        "self_care_unmet": int(str(_value(person, "SelfCare", month, "items_unmet") or 0)),
        "holds": _held(household, person, month),
    }
    category = _value(person, "Disability", month, "category")
    told["disability_category"] = code_of(DisabilityCategory(str(category))) if category else 0
    told["disability_grade"] = int(str(_value(person, "Disability", month, "grade") or 0))
    place = _value(person, "CarePlacement", month, "place")
    told["care_place"] = code_of(CarePlace(str(place)) if place else CarePlace.HOME)
    finding = _value(person, "Support", month, "finding")
    told["supporters"] = code_of(SupportFinding(str(finding)) if finding else SupportFinding.ABLE)
    status = ParentStatus.DEAD if last_seen(person.facts, "Parent", month) else ParentStatus.ALIVE
    told |= {f"{side}_status": code_of(status) for side in ParentSide}
    for kind in IncomeKind:
        told[f"income_{kind}"] = 0
    for fact in last_seen(person.facts, "Income", month):
        yearly = int(str(fact.values["amount_fen"])) * (12 // int(str(fact.values["months"])))
        told[f"income_{fact.values['kind']}"] = yearly
    return told


def _value(person: Person, kind: str, month: Month, field: str) -> object:
    found = last_seen(person.facts, kind, month)
    return found[0].values[field] if found else None


def _held(household: Household, person: Person, month: Month) -> int:
    bits = 0
    for award in household.awards:
        whole = award.person is None and lives_in(person, month)
        if award.holds_in(month) and (whole or award.person is person):
            bits |= held_bit(award.programme)
    return bits


def _truth(is_so: bool) -> int:  # noqa: FBT001 - a cell
    return YES if is_so else NO
