"""Where facts come from (来源): the rows behind the columns, for explanations and for a file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from doudi.access.bulk import only
from doudi.registry.kinds import kind_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from doudi.registry.kinds import Kind
    from doudi.registry.models import Circumstance
    from doudi.registry.queries.columns import Ints
    from doudi.registry.queries.records import Facts


@dataclass(frozen=True, slots=True)
class Source:
    """One recorded fact: its kind and words, when it was so, who said so and who recorded it."""

    kind: str
    label: str
    words: tuple[str, ...]
    owner: int
    row: int
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    superseded_at: datetime | None
    confirmed_at: datetime | None
    recorded_by: str
    source: str
    note: str


def sources(
    facts: Facts, *, person: int | None = None, household: int | None = None
) -> dict[str, Source]:
    """What stands behind the values of a person or a household, by the names of `facts.rows`.

    `person` and `household` are ids. Supporters are named `supporter.` and their tie. Raises
    KeyError for somebody whom the facts are not about.
    """
    ids: dict[str, list[int]] = defaultdict(list)
    if person is not None:
        place = _place(facts.persons.id, person)
        _collect(ids, facts.rows, place, "person_id")
        ids["supporter"] = facts.supporters.row[facts.supporters.person == place].tolist()
    if household is not None:
        place = _place(facts.households.id, household)
        _collect(ids, facts.rows, place, "household_id")
    return {
        ".".join((source.kind, *source.words)): source
        for name, rows in ids.items()
        for source in _sources(kind_named(name), rows)
    }


def _place(ids: Ints, wanted: int) -> int:
    """The place of an id."""
    places = np.flatnonzero(ids == wanted)
    if len(places) == 0:
        raise KeyError(wanted)
    return int(places[0])


def _collect(ids: dict[str, list[int]], rows: Mapping[str, Ints], place: int, owner: str) -> None:
    """Note the rows behind one place, by kind."""
    for name, column in rows.items():
        kind = name.partition(".")[0]
        if kind_named(kind).owner == owner and column[place]:
            ids[kind].append(int(column[place]))


def _sources(kind: Kind, ids: Sequence[int]) -> Iterable[Source]:
    """The rows of a kind with these ids."""
    if ids:
        for row in only(_with_officer(kind), "id", ids):
            yield _as_source(kind, row)


def _with_officer(kind: Kind) -> QuerySet[Circumstance]:
    """The rows of a kind, each with who recorded it."""
    return kind.model._default_manager.select_related("recorded_by")  # noqa: SLF001 - Django's API


def _as_source(kind: Kind, row: Circumstance) -> Source:
    """A row as a source."""
    return Source(
        kind=kind.name,
        label=kind.label,
        words=tuple(str(getattr(row, word)) for word in kind.words),
        owner=getattr(row, kind.owner),
        row=row.pk,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        recorded_at=row.recorded_at,
        superseded_at=row.superseded_at,
        confirmed_at=row.confirmed_at,
        recorded_by=row.recorded_by.name,
        source=row.source,
        note=row.note,
    )
