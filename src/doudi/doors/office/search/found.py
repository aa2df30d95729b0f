"""What a search found, as the page shows it: a fixed number of statements, whatever was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.registry import queries as registry
from doudi.registry.models import Household, Person, Residence

if TYPE_CHECKING:
    from doudi.doors.office.sight import Sight
    from doudi.registry.queries import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the results: a household, and of whom in it is spoken (its head if of nobody)."""

    household: Household
    person: Person | None
    masked_id: str
    residence: Residence | None
    relation: str


def found_by(hits: list[Hit], sight: Sight) -> list[Found]:
    """The rows of these hits, in their order; the search has looked in sight alone."""
    ids = list(dict.fromkeys(hit.household for hit in hits))
    households = registry.households_by_id(ids)
    residences = registry.residences_of(ids, sight.on, sight.at)
    members = registry.members_of(ids, sight.on, sight.at)
    rows = []
    for hit in hits:
        if hit.household not in households:
            continue
        theirs = members.get(hit.household, [])
        asked = [each for each in theirs if each.person_id == hit.person]
        shown = asked[0] if asked else (theirs[0] if theirs and hit.person is None else None)
        rows.append(
            Found(
                household=households[hit.household],
                person=shown.person if shown else None,
                masked_id=registry.masked_id(shown.person) if shown else "",
                residence=residences.get(hit.household),
                relation=shown.relation if shown else "",
            )
        )
    return rows
