"""Rows (表行): what is known of a household, as rows of the ledger's sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.money import yuan
from doudi.registry.ledger.circumstance_sheets import CIRCUMSTANCES
from doudi.registry.ledger.columns import Column, ColumnKind, LedgerSheet
from doudi.registry.ledger.sheets import AWARDS, HOUSEHOLDS, PERSONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from doudi.synth.people import Award, Fact, Household, Person

Cell = str | int | date | None
Row = tuple[LedgerSheet, list[Cell]]
Told = tuple[LedgerSheet, dict[str, object]]
"""A sheet, and what one row of it says by field."""

SOURCE = "虚构示例"
DECIDED_BY = "官渡区民政局"
_OF_TABLE = {sheet.table: sheet for sheet in CIRCUMSTANCES}


def rows_of(household: Household, learnt: int = 0) -> Iterator[Row]:
    """The rows that the workbook numbered `learnt` has of a household."""
    return (_row(sheet, values) for sheet, values in told_of(household, learnt))


def told_of(household: Household, learnt: int = 0) -> Iterator[Told]:
    """What the workbook numbered `learnt` tells of a household, row by row, as values."""
    if household.learnt == learnt:
        yield HOUSEHOLDS, _residence(household)
    yield from _facts(household.facts, learnt, household=household.number)
    for person in household.members:
        if person.learnt == learnt:
            yield PERSONS, _membership(household, person)
        yield from _facts(person.facts, learnt, person=person.id_number)
    for award in household.awards:
        if learnt in (award.learnt, award.stop.learnt if award.stop else None):
            yield AWARDS, _award(household, award, learnt)


def _facts(facts: list[Fact], learnt: int, **subject: str) -> Iterator[Told]:
    """What one workbook tells of a person or of a household."""
    for fact in facts:
        if fact.learnt == learnt:
            yield _OF_TABLE[fact.kind], _fact(fact, **subject)


def _residence(household: Household) -> dict[str, object]:
    return {
        "household": household.number,
        "area": household.area_code,
        "registration": household.registration,
        "address": household.address,
        "valid_from": household.since,
        "source": SOURCE,
    }


def _membership(household: Household, person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.born,
        "id_number": person.id_number,
        "household": household.number,
        "relation": person.relation,
        "lives_with": person.lives_with,
        "independent": person.independent,
        "valid_from": person.joined,
        "source": SOURCE,
    }


def _fact(fact: Fact, **subject: str) -> dict[str, object]:
    return {
        **subject,
        **fact.values,
        "valid_from": fact.since,
        "valid_to": fact.until,
        "source": SOURCE,
    }


def _award(household: Household, award: Award, learnt: int) -> dict[str, object]:
    values: dict[str, object] = {
        "number": award.number,
        "programme": award.programme,
        "household": household.number,
        "person": award.person.id_number if award.person else None,
        "payee": award.payee.id_number,
        "applied_on": award.applied_on,
        "decided_on": award.decided_on,
        "decided_by": DECIDED_BY,
        "due_from": award.first_paid,
        "source": SOURCE,
    }
    if award.stop and award.stop.learnt <= learnt:
        values["last_month"] = award.stop.last_month
        values["stopped_on"] = award.stop.decided_on
        values["stop_reason"] = award.stop.reason
    return values


def _row(sheet: LedgerSheet, values: Mapping[str, object]) -> Row:
    return sheet, [_cell(column, values.get(column.field)) for column in sheet.columns]


def _cell(column: Column, value: object) -> Cell:
    """A value as a clerk would write it in its column."""
    if value is None:
        return None
    if column.kind is ColumnKind.CHOICE:
        return column.label_of(value)
    if column.kind is ColumnKind.MONEY:
        return yuan(int(str(value)))
    if isinstance(value, (int, date)):
        return value
    return str(value)
