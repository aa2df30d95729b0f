"""Loads made-up people of any number as an import of their ledger would, without the workbook.

Writing and reading workbooks takes most of an import's time, and none of it is measured here. The
people are those of `doudi synth`; what it would write into a workbook goes straight to the actions
that an import calls, a block of households at a time, each block one deed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from doudi.access.journal import deed
from doudi.access.queries import find_area
from doudi.entitlement.actions import import_awards
from doudi.registry.actions import record_circumstances, register_households, register_persons
from doudi.registry.checks.shape import stated_columns
from doudi.registry.ledger.rows import AwardRow
from doudi.registry.ledger.sheets import AWARDS, SHEETS
from doudi.registry.ledger.stating import kind_filled_by
from doudi.registry.newcomers import NewPerson
from doudi.registry.statements import Statement
from doudi.synth.rows import told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.ledger.columns import LedgerSheet
    from doudi.synth.people import Household

BLOCK = 50_000
"""Persons whose households are loaded in one deed."""
WHY = "基准测试：载入虚构人口"


@dataclass(slots=True)
class Loaded:
    """How much was loaded: households, persons, rows as a ledger has them, awards."""

    households: int = 0
    persons: int = 0
    rows: int = 0
    awards: int = 0


@dataclass(slots=True)
class _Known:
    """The ids of a block's households by number, persons by ID number, of areas by code."""

    households: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)


def load(households: Iterable[Household], *, actor: Officer, at: datetime) -> Iterator[Loaded]:
    """Load households block by block; answers what is loaded so far after each.

    Raises ValueError with the first fault where the registry takes something for one.
    """
    loaded, known = Loaded(), _Known()
    for block in _blocks(households):
        known.households.clear()
        known.persons.clear()
        with deed(actor=actor, act="import_ledger", why=WHY, at=at):
            _load_block(block, known, loaded, actor, at)
        yield loaded


def _blocks(households: Iterable[Household]) -> Iterator[list[Household]]:
    """Households in lists of together about so many persons as a block has."""
    block: list[Household] = []
    persons = 0
    for household in households:
        block.append(household)
        persons += len(household.members)
        if persons >= BLOCK:
            yield block
            block, persons = [], 0
    if block:
        yield block


def _load_block(
    block: Sequence[Household], known: _Known, loaded: Loaded, actor: Officer, at: datetime
) -> None:
    """Register those of a block, then record what is told of them, sheet by sheet."""
    _register(block, known, actor, at)
    told: dict[str, list[Mapping[str, Any]]] = {sheet.title: [] for sheet in SHEETS}
    for household in block:
        for sheet, values in told_of(household):
            told[sheet.title].append(_whole(sheet, values))
    for sheet in SHEETS:
        rows = told[sheet.title]
        loaded.rows += len(rows)
        if rows and sheet is not AWARDS:
            _record(sheet, rows, known, actor, at)
    awards = [_award(values) for values in told[AWARDS.title]]
    loaded.awards += import_awards(awards, actor=actor, at=at, why=WHY).new if awards else 0
    loaded.households += len(block)
    loaded.persons += len(known.persons)


def _register(block: Sequence[Household], known: _Known, actor: Officer, at: datetime) -> None:
    """Give households and persons their rows."""
    numbers = [household.number for household in block]
    homes = register_households(numbers, actor=actor, at=at, why=WHY)
    people = [person for household in block for person in household.members]
    registered = register_persons(
        [NewPerson(each.name, each.sex, each.born, each.id_number) for each in people],
        actor=actor,
        at=at,
        why=WHY,
    )
    _refuse([*homes.faults, *registered.faults])
    known.households.update(zip(numbers, homes.ids, strict=True))
    known.persons.update(zip((p.id_number for p in people), registered.ids, strict=True))
    for code in {household.area_code for household in block} - known.areas.keys():
        known.areas[code] = find_area(code).pk


def _record(
    sheet: LedgerSheet,
    rows: Sequence[Mapping[str, Any]],
    known: _Known,
    actor: Officer,
    at: datetime,
) -> None:
    """Record the rows of a sheet as statements of its kind."""
    kind = kind_filled_by(sheet)
    columns = stated_columns(kind)
    statements = [_statement(sheet, values, columns, known) for values in rows]
    recorded = record_circumstances(
        kind.name,
        statements=statements,
        actor=actor,
        at=at,
        why=WHY,
        revise=True,
        accept_warnings=True,
    )
    _refuse(recorded.faults)


def _statement(
    sheet: LedgerSheet, values: Mapping[str, Any], columns: Sequence[str], known: _Known
) -> Statement:
    """A row as the registry records it."""
    ids = {
        "household_id": known.households.get(values.get("household", "")),
        "area_id": known.areas.get(values.get("area", "")),
    }
    if sheet.subject == "household":
        owner = known.households[values["household"]]
    else:
        owner = known.persons[values.get("person") or values["id_number"]]
    return Statement(
        owner=owner,
        values={name: ids[name] if name in ids else values[name] for name in columns},
        valid_from=values["valid_from"],
        valid_to=values.get("valid_to"),
        source=values["source"],
        note=values["note"],
        confirmed=values["confirmed"],
    )


def _award(values: Mapping[str, Any]) -> AwardRow:
    """A row of the sheet 待遇."""
    return AwardRow(
        row=0,
        household_number=values["household"],
        person_number=values["person"] or "",
        payee_number=values["payee"] or "",
        **{name: values[name] for name in _AWARD_FIELDS},
    )


_AWARD_FIELDS = {column.field for column in AWARDS.columns} & set(AwardRow.__dataclass_fields__)


def _whole(sheet: LedgerSheet, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what its empty cells mean."""
    return {column.field: column.blank for column in sheet.columns} | {
        name: value for name, value in values.items() if value is not None
    }


def _refuse(faults: Sequence[Any]) -> None:
    """Raise ValueError for a fault: made-up people have none."""
    if faults:
        raise ValueError(faults[0].sentence())
