"""The one question of the registry: the facts of an area for a month, as known on a moment.

Two statements a table, whatever the number of households, and of months asked about together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from doudi.access.bulk_reads import read_columns
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
    STRANGER,
    AsKnown,
    Found,
    Owners,
    Rows,
    found_rows,
    read_rows,
    rows_of,
    scattered,
    table_of,
)
from doudi.registry.queries.records import Facts, HouseholdFacts, PersonFacts, SupporterFacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.kernel.months import Month

    Households = Sequence[int] | Ints | None

_ROW = Column(models.Residence, number("id"), INT)
"""How the ids of rows are spread, whatever their table."""
_OF_HOUSEHOLDS, _OF_PERSONS = "household_id", "person_id"


def facts(
    area: Area | None, month: Month, known_at: datetime, households: Households = None
) -> Facts:
    """What is known at `known_at` of the households that live in the area in that month.

    With `households`, of those among them alone. Without an area, of any that has a residence.
    A household lives, and a person belongs, where the last state of the month says. The same
    question gets the same answer for ever.
    """
    return next(facts_of_months(area, {month: households}, known_at))


def facts_of_months(
    area: Area | None, months: Mapping[Month, Households], known_at: datetime
) -> Iterator[Facts]:
    """The `facts` of each of these months, for all households or some, in the order of months.

    Every table is read once, and held as columns while the answers are taken.
    """
    order = sorted(months)
    if not order:
        return
    when = AsKnown(order[0], order[-1], known_at)
    homes = _homes(area, months, when)
    of_households = Owners.of(*homes.values())
    members = _members(homes, of_households, when)
    of_persons = Owners.of(*(persons for persons, _ in members.values()))
    read = _Read(
        of_households=of_households,
        of_persons=of_persons,
        births=_births(of_persons),
        households=_rows(HouseholdFacts, _OF_HOUSEHOLDS, of_households, when),
        persons=_rows(PersonFacts, _OF_PERSONS, of_persons, when),
        supporters=rows_of(
            models.Supporter, _OF_PERSONS, of_persons, [*declared(SupporterFacts).values()], when
        ),
    )
    for month in order:
        yield _of_month(read, month, known_at, homes[month], *members[month])


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """What was read for a stretch of months: whose, and the rows of each table."""

    of_households: Owners
    of_persons: Owners
    births: tuple[Ints, Ints]
    households: Mapping[type[models.Circumstance], Rows]
    persons: Mapping[type[models.Circumstance], Rows]
    supporters: Rows


def _of_month(
    read: _Read, month: Month, known_at: datetime, homes: Ints, persons: Ints, belong_to: Ints
) -> Facts:
    """The facts of one month; `belong_to` are the places of the persons' households."""
    rows: dict[str, Callable[[], Ints]] = {}
    at_homes = read.of_households.places(homes)
    at_persons = read.of_persons.places(persons)
    of_homes = _columns(HouseholdFacts, read.households, at_homes, len(homes), month, rows)
    of_persons = _columns(PersonFacts, read.persons, at_persons, len(persons), month, rows)
    sex, born = (each[read.of_persons.spots(persons)] for each in read.births)
    return Facts(
        month=month,
        known_at=known_at,
        households=HouseholdFacts(id=homes, **of_homes),
        persons=PersonFacts(
            id=persons,
            household=belong_to,
            sex=sex.astype(np.int8),
            birth_day=as_days(born),
            **of_persons,
        ),
        supporters=_supporters(found_rows(read.supporters, at_persons, month)),
        rows=_Behind(rows),
    )


def _homes(
    area: Area | None, months: Mapping[Month, Households], when: AsKnown
) -> dict[Month, Ints]:
    """For each month the ids, in order, of the households asked for that live in the area."""
    condition, parameters = "1 = 1", list[Any]()
    asked = [np.asarray(each, dtype=np.int64) for each in months.values() if each is not None]
    if len(asked) == len(months):
        condition, parameters = Owners.of(*asked).condition(_OF_HOUSEHOLDS, models.Residence)
    rows = read_rows(
        models.Residence, _OF_HOUSEHOLDS, None, ["0", '"area_id"'], when, condition, parameters
    )
    inside = None
    if area is not None:
        inside = np.fromiter(within(area).values_list("pk", flat=True), dtype=np.int64)
    found = {}
    for month, households in months.items():
        last = rows.last_of(month)
        if inside is not None:
            last = last[np.isin(rows.values[0][last], inside)]
        ids = rows.spot[last]
        if households is not None:
            ids = ids[np.isin(ids, np.asarray(households, dtype=np.int64))]
        found[month] = ids
    return found


def _members(
    homes: Mapping[Month, Ints], households: Owners, when: AsKnown
) -> dict[Month, tuple[Ints, Ints]]:
    """For each month the members: their ids and the places of their households, home by home."""
    condition, parameters = households.condition(_OF_HOUSEHOLDS, models.Membership)
    if parameters:  # where they belonged at any time, for they may belong elsewhere since
        table = table_of(models.Membership)
        condition = f'"person_id" IN (SELECT "person_id" FROM {table} WHERE {condition})'
    rows = read_rows(
        models.Membership, _OF_PERSONS, None, ["0", '"household_id"'], when, condition, parameters
    )
    spots = households.spots(rows.values[0])
    found = {}
    for month, ids in homes.items():
        last = rows.last_of(month)
        spot = spots[last]
        places = np.where(spot == STRANGER, STRANGER, households.places(ids)[spot])
        persons, places = rows.spot[last][places != STRANGER], places[places != STRANGER]
        order = np.lexsort((persons, places))
        found[month] = persons[order], places[order]
    return found


def _births(persons: Owners) -> tuple[Ints, Ints]:
    """Sex and day of birth of each person."""
    theirs, parameters = persons.condition("id", models.Person)
    ids, *columns = read_columns(
        ['"id"', word("sex", Sex), days_since_1970("birth_date")],
        f"FROM {table_of(models.Person)} WHERE {theirs}",
        parameters,
    )
    spots = persons.spots(ids)
    sex, born = np.zeros((2, len(persons.ids)), dtype=np.int64)
    for whole, column in zip((sex, born), columns, strict=True):
        whole[spots[spots != STRANGER]] = column[spots != STRANGER]
    return sex, born


def _by_model(record: type) -> dict[type[models.Circumstance], dict[str, Column]]:
    """The columns that a record declares, by name, table by table."""
    by_model: dict[type[models.Circumstance], dict[str, Column]] = defaultdict(dict)
    for name, spec in declared(record).items():
        by_model[spec.model][name] = spec
    return by_model


def _rows(
    record: type, owner: str, owners: Owners, when: AsKnown
) -> dict[type[models.Circumstance], Rows]:
    """The rows of every table that a record is made of."""
    return {
        model: rows_of(model, owner, owners, list(specs.values()), when)
        for model, specs in _by_model(record).items()
    }


def _columns(
    record: type,
    read: Mapping[type[models.Circumstance], Rows],
    places: Ints,
    size: int,
    month: Month,
    rows: dict[str, Callable[[], Ints]],
) -> dict[str, Any]:
    """Every column that a record declares, by name; notes in `rows` what stands behind each."""
    columns: dict[str, Any] = {}
    for model, specs in _by_model(record).items():
        found = found_rows(read[model], places, month)
        for (name, spec), values in zip(specs.items(), found.values, strict=True):
            columns[name] = _spread(spec, size, found, values)
        rows.update(_row_columns(model, next(iter(specs.values())), size, found))
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
) -> dict[str, Callable[[], Ints]]:
    """Which row stands behind each place, by kind or by kind and word."""
    name = kind_of(model).name
    if spec.by is None:
        return {name: partial(_row_column, size, found)}
    return {
        f"{name}.{each}": partial(_row_column, size, found, code)
        for code, each in enumerate(spec.by[1], start=1)
    }


def _row_column(size: int, found: Found, code: int | None = None) -> Ints:
    """Which row stands behind each place; with `code`, of the rows of one word."""
    place, row = found.place, found.row
    if code is not None:
        place, row = place[found.key == code], row[found.key == code]
    return scattered(_ROW, size, place, row)


class _Behind(Mapping[str, Ints]):
    """Columns by name, each made when it is asked for: few ever are."""

    def __init__(self, makers: Mapping[str, Callable[[], Ints]]) -> None:
        """Remember how each is made."""
        self._makers = makers

    def __getitem__(self, name: str) -> Ints:
        """The column."""
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._makers)


def _of_each_word(spec: Column, found: Found) -> list[tuple[Any, Any]]:
    """Each word of a vocabulary, and which of the rows found are of it."""
    return [
        (each, found.key == code)
        for code, each in enumerate(spec.by[1] if spec.by else (), start=1)
    ]


def _supporters(found: Found) -> SupporterFacts:
    """The supporters of the persons, person by person."""
    order = np.lexsort((found.key, found.place))
    columns = {
        name: scattered(spec, len(order), np.arange(len(order)), values[order])
        for (name, spec), values in zip(declared(SupporterFacts).items(), found.values, strict=True)
    }
    return SupporterFacts(person=found.place[order], row=found.row[order], **columns)
