"""The one question of the registry: the facts of an area for a month, as known on a moment.

One statement a table, whatever the number of households.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from doudi.access.bulk import among
from doudi.access.queries import within
from doudi.kernel.vocabulary import Sex
from doudi.registry import models
from doudi.registry.kinds import kind_of
from doudi.registry.queries.columns import (
    INT,
    Column,
    Ints,
    as_days,
    days_since_1970,
    declared,
    number,
    word,
)
from doudi.registry.queries.reading import (
    AsKnown,
    Found,
    Owners,
    found_rows,
    last_begun,
    scattered,
    table_of,
    whole_numbers,
)
from doudi.registry.queries.records import Facts, HouseholdFacts, PersonFacts, SupporterFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.kernel.months import Month

_ROW = Column(models.Residence, number("id"), INT)
"""How the ids of rows are spread, whatever their table."""


def facts(
    area: Area | None,
    month: Month,
    known_at: datetime,
    households: Sequence[int] | Ints | None = None,
) -> Facts:
    """What is known at `known_at` of the households that live in the area in that month.

    With `households`, of those among them alone. Without an area, of any that has a residence.
    A household lives, and a person belongs, where the last state of the month says. The same
    question gets the same answer for ever.
    """
    when = AsKnown(month, known_at)
    rows: dict[str, Ints] = {}
    ids = _households(area, households, when)
    of_households = Owners.of(ids, all_there_are=models.Household.objects.count())
    household_columns = _columns(HouseholdFacts, "household_id", of_households, when, rows)

    person_ids, places = _members(of_households, when)
    of_persons = Owners.of(person_ids, all_there_are=models.Person.objects.count())
    person_columns = _columns(PersonFacts, "person_id", of_persons, when, rows)

    return Facts(
        month=month,
        known_at=known_at,
        households=HouseholdFacts(id=ids, **household_columns),
        persons=PersonFacts(
            id=person_ids, household=places, **_of_birth(of_persons), **person_columns
        ),
        supporters=_supporters(of_persons, when),
        rows=rows,
    )


def _households(area: Area | None, households: Sequence[int] | Ints | None, when: AsKnown) -> Ints:
    """The ids, in order, of the households asked for that live in the area in the month."""
    known, parameters = when.condition()
    if households is not None:
        is_among, parameter = among([int(each) for each in households])
        known, parameters = f'{known} AND "household_id" {is_among}', [*parameters, parameter]
    ids, areas = _last_states(
        f'SELECT "household_id", "area_id", {days_since_1970("valid_from")}'
        f" FROM {table_of(models.Residence)} WHERE {known}",
        parameters,
    )
    if area is None:
        return ids
    inside = np.fromiter(within(area).values_list("pk", flat=True), dtype=np.int64)
    return ids[np.isin(areas, inside)]


def _members(households: Owners, when: AsKnown) -> tuple[Ints, Ints]:
    """The members: their ids and the places of their households, household by household."""
    known, parameters = when.condition()
    membership = table_of(models.Membership)
    theirs, their_parameters = households.condition("household_id")
    persons, belong_to = _last_states(
        f'SELECT "person_id", "household_id", {days_since_1970("valid_from")}'
        f" FROM {membership} WHERE {known}"
        f' AND "person_id" IN (SELECT "person_id" FROM {membership} WHERE {theirs})',
        [*parameters, *their_parameters],
    )
    places = households.places(belong_to)
    persons, places = persons[places >= 0], places[places >= 0]
    order = np.lexsort((persons, places))
    return persons[order], places[order]


def _last_states(sql: str, parameters: Sequence[Any]) -> tuple[Ints, Ints]:
    """Of rows of (whose, what, since when): whose, in order, and what was so last."""
    table = whole_numbers(sql, parameters, 3)
    last = last_begun(table[:, 0], np.zeros_like(table[:, 0]), table[:, 2])
    return table[last, 0], table[last, 1]


def _of_birth(persons: Owners) -> dict[str, Any]:
    """Sex and day of birth of each person."""
    theirs, parameters = persons.condition("id")
    table = whole_numbers(
        f'SELECT "id", {word("sex", Sex)}, {days_since_1970("birth_date")}'
        f" FROM {table_of(models.Person)} WHERE {theirs}",
        parameters,
        3,
    )
    places = persons.places(table[:, 0])
    table, places = table[places >= 0], places[places >= 0]
    sex = np.zeros(len(persons.ids), dtype=np.int8)
    born = np.zeros(len(persons.ids), dtype=np.int64)
    sex[places], born[places] = table[:, 1], table[:, 2]
    return {"sex": sex, "birth_day": as_days(born)}


def _columns(
    record: type, owner: str, owners: Owners, when: AsKnown, rows: dict[str, Ints]
) -> dict[str, Any]:
    """Every column that a record declares, by name; notes the row behind each in `rows`."""
    by_model: dict[type[models.Circumstance], dict[str, Column]] = defaultdict(dict)
    for name, spec in declared(record).items():
        by_model[spec.model][name] = spec
    columns: dict[str, Any] = {}
    for model, specs in by_model.items():
        found = found_rows(model, owner, owners, list(specs.values()), when)
        for (name, spec), values in zip(specs.items(), found.values, strict=True):
            columns[name] = _spread(spec, len(owners.ids), found, values)
        rows.update(_row_columns(model, next(iter(specs.values())), len(owners.ids), found))
    return columns


def _spread(spec: Column, size: int, found: Found, values: Ints) -> Any:  # noqa: ANN401 - a column, or one for each word
    """The column of a value; with `by`, one for each word."""
    if spec.by is None:
        return scattered(spec, size, found.place, values)
    spread: Mapping[Any, Any] = {
        each: scattered(spec, size, found.place[of_word], values[of_word])
        for each, of_word in _of_each_word(spec, found)
    }
    return spread


def _row_columns(
    model: type[models.Circumstance], spec: Column, size: int, found: Found
) -> dict[str, Ints]:
    """Which row stands behind each place, by kind or by kind and word."""
    name = kind_of(model).name
    if spec.by is None:
        return {name: scattered(_ROW, size, found.place, found.row)}
    return {
        f"{name}.{each}": scattered(_ROW, size, found.place[of_word], found.row[of_word])
        for each, of_word in _of_each_word(spec, found)
    }


def _of_each_word(spec: Column, found: Found) -> list[tuple[Any, Any]]:
    """Each word of a vocabulary, and which of the rows found are of it."""
    return [
        (each, found.key == code)
        for code, each in enumerate(spec.by[1] if spec.by else (), start=1)
    ]


def _supporters(persons: Owners, when: AsKnown) -> SupporterFacts:
    """The supporters of the persons, person by person."""
    specs = declared(SupporterFacts)
    found = found_rows(models.Supporter, "person_id", persons, list(specs.values()), when)
    everywhere = np.arange(len(found.row))
    columns = {
        name: scattered(spec, len(found.row), everywhere, values)
        for (name, spec), values in zip(specs.items(), found.values, strict=True)
    }
    return SupporterFacts(person=found.place, row=found.row, **columns)
