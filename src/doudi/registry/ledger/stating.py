"""Records become statements (陈述) that the registry can record, kind by kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from doudi.kernel.refusals import N_, Severity
from doudi.registry.checks.shape import stated_columns
from doudi.registry.kinds import Kind, kind_of
from doudi.registry.ledger.row_checks import fault_in, identity_of
from doudi.registry.ledger.rows import AwardRow
from doudi.registry.ledger.sheets import AWARDS, HOUSEHOLDS, PERSONS
from doudi.registry.models import CIRCUMSTANCES
from doudi.registry.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.registry.ledger.check import Ledger
    from doudi.registry.ledger.columns import LedgerSheet
    from doudi.registry.ledger.records import Record, SheetRecords
    from doudi.registry.ledger.resolving import Resolved

_MODELS = {model.__name__: model for model in CIRCUMSTANCES}


def kind_filled_by(sheet: LedgerSheet) -> Kind:
    """The kind of circumstance that a sheet fills."""
    return kind_of(_MODELS[sheet.table])


def statements_of(found: SheetRecords, ledger: Ledger, known: Resolved) -> list[Statement]:
    """What the whole rows of a sheet state; of people with a faulty row nothing is stated.

    A row about somebody whom neither the file nor the registry knows is left as a fault.
    """
    kind = kind_filled_by(found.sheet)
    columns = stated_columns(kind)
    tainted = _tainted_households(found, ledger)
    listed = _listed_households(ledger)
    statements = []
    for record in found.records:
        household = record.values.get("household")
        if not record.is_whole or household in tainted:
            continue
        if found.sheet is PERSONS and not household:
            continue
        owner = _owner(found, record, ledger, known)
        place = known.households.get(str(household), 0) if household else 0
        if household and not place:
            if household not in listed:
                _unknown(found, record, "household")
        elif owner is not None:
            values = {name: _stored(record, name, place, known) for name in columns}
            statements.append(_statement(record, owner, values))
    return statements


def award_rows(found: SheetRecords, ledger: Ledger, known: Resolved) -> Iterator[AwardRow]:
    """The whole rows of the sheet 待遇, for the room that keeps awards."""
    listed = _listed_households(ledger)
    names = [name for name in AwardRow.__dataclass_fields__ if name in _AWARD_FIELDS]
    for record in found.records:
        references = [record.values[name] for name in ("person", "payee") if record.values[name]]
        if not record.is_whole or any(
            ledger.people.canonical(reference) in ledger.people.faulty for reference in references
        ):
            continue
        if not _all_known(found, record, ledger, known, listed):
            continue
        plain: dict[str, Any] = {name: record.values[name] for name in names}
        yield AwardRow(
            row=record.row,
            household_number=str(record.values["household"]),
            person_number=ledger.people.canonical(record.values["person"] or ""),
            payee_number=ledger.people.canonical(record.values["payee"] or ""),
            **plain,
        )


_AWARD_FIELDS = {column.field for column in AWARDS.columns}


def _tainted_households(found: SheetRecords, ledger: Ledger) -> set[object]:
    """Households of which a member's row is faulty: heads and ages can't be judged."""
    if found.sheet is not PERSONS:
        return set()
    return {
        record.values["household"]
        for record in found.records
        if not record.is_whole or identity_of(record.values) in ledger.people.faulty
    } - {None, ""}


def _listed_households(ledger: Ledger) -> set[object]:
    """Households of the sheet 户: one that was not registered has its fault there already."""
    listed = ledger.sheets.get(HOUSEHOLDS.title)
    return {record.values["household"] for record in listed.records} if listed else set()


def _owner(found: SheetRecords, record: Record, ledger: Ledger, known: Resolved) -> int | None:
    """The id of whom a record is about; None where that can't be told, with a fault if new."""
    if found.sheet.subject == "household":
        return known.households.get(str(record.values["household"]))
    reference = record.values.get("person") or identity_of(record.values)
    identity = ledger.people.canonical(reference)
    owner = known.persons.get(identity)
    if owner is None and identity not in ledger.people.faulty:
        _unknown(found, record, "person")
    return owner if identity not in ledger.people.faulty else None


def _all_known(
    found: SheetRecords,
    record: Record,
    ledger: Ledger,
    known: Resolved,
    listed: set[object],
) -> bool:
    """Whether an award's household and persons are known; leaves a fault for each that isn't."""
    unknown = [
        name
        for name in ("person", "payee")
        if record.values[name] and ledger.people.canonical(record.values[name]) not in known.persons
    ]
    household = str(record.values["household"])
    if household not in known.households and household not in listed:
        unknown.append("household")
    for name in unknown:
        _unknown(found, record, name)
    return not unknown and household in known.households


def _unknown(found: SheetRecords, record: Record, name: str) -> None:
    """The fault of a row about somebody whom nobody knows."""
    if name == "household":
        code, message = "HH-NONE", N_("没有这个户编号，请先在“户”表登记")
    else:
        code, message = "PER-NONE", N_("没有登记此人，请先在“人员”表登记")
    column = name if any(c.field == name for c in found.sheet.columns) else ""
    found.faults.append(fault_in(found, record, column, Severity.ERROR, code, message))


def _stored(record: Record, name: str, place: int, known: Resolved) -> object:
    """A value as the registry stores it: ids for households and areas."""
    if name == "household_id":
        return place
    if name == "area_id":
        return known.areas[str(record.values["area"])]
    return record.values[name]


def _statement(record: Record, owner: int, values: dict[str, Any]) -> Statement:
    first, last = record.values["valid_from"], record.values.get("valid_to")
    if not isinstance(first, date) or not (last is None or isinstance(last, date)):
        raise TypeError(record.row)
    return Statement(
        owner=owner,
        values=values,
        valid_from=first,
        valid_to=last,
        source=str(record.values["source"]),
        note=str(record.values["note"]),
        confirmed=bool(record.values["confirmed"]),
        row=record.row,
    )
