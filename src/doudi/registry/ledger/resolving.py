"""Numbers in a file become persons and households (对应) of the registry; newcomers are registered.

All of it is set-based: the number of SQL statements does not depend on the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from doudi.access.bulk import only
from doudi.access.models import AreaKind
from doudi.access.queries import find_area, visible_areas
from doudi.kernel.names import masked_name
from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.kernel.vocabulary import Sex
from doudi.registry.actions import register_households, register_persons
from doudi.registry.ledger.records import fault_of
from doudi.registry.ledger.row_checks import Person, fault_in, identity_of
from doudi.registry.ledger.sheets import HOUSEHOLDS, PERSONS
from doudi.registry.models import Membership, Residence
from doudi.registry.models import Person as PersonRow
from doudi.registry.newcomers import NewPerson
from doudi.registry.queries import household_ids, person_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from doudi.access.models import Officer
    from doudi.registry.ledger.check import Ledger
    from doudi.registry.ledger.records import Record, SheetRecords

_COMMUNITIES = (AreaKind.COMMUNITY, AreaKind.VILLAGE)


@dataclass(slots=True)
class Resolved:
    """The registry's ids: of households by number, of persons by identity, of areas by text.

    `names` are the persons' names by identity, be they registered or only in the file.
    """

    households: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    new_households: int = 0
    new_persons: int = 0


def resolve(ledger: Ledger, *, actor: Officer, at: datetime, on: date, why: str) -> Resolved:
    """Find everybody whom the file names, and register those whom it brings.

    Faults are left in the ledger's sheets. Runs inside of the import's deed.
    """
    found = Resolved()
    _resolve_areas(ledger, found, actor, on)
    _resolve_households(ledger, found, actor=actor, at=at, why=why)
    _resolve_persons(ledger, found, actor=actor, at=at, why=why)
    _refuse_out_of_reach(ledger, found, actor, on)
    return found


def _resolve_areas(ledger: Ledger, found: Resolved, actor: Officer, on: date) -> None:
    """Each text once; an area must be a community where the officer has an appointment."""
    sheet = ledger.sheets.get(HOUSEHOLDS.title)
    if sheet is None:
        return
    reachable = set(visible_areas(actor, on).values_list("pk", flat=True))
    if not reachable:
        raise Refusal(
            "NOT-ALLOWED",
            N_("“{username}”在 {day} 没有任何经办区域，不能导入；请先安排岗位"),
            username=actor.username,
            day=on,
        )
    refused: dict[str, Refusal] = {}
    for record in _whole(sheet):
        text = str(record.values["area"])
        if text not in found.areas and text not in refused:
            try:
                found.areas[text] = _community(text, reachable)
            except Refusal as refusal:
                refused[text] = refusal
        if text in refused:
            record.is_whole = False
            column = sheet.sheet.column("area")
            sheet.faults.append(fault_of(refused[text], sheet.sheet, record.row, column, text))


def _community(text: str, reachable: set[int]) -> int:
    area = find_area(text)
    if area.kind not in _COMMUNITIES:
        raise Refusal("AREA", N_("“{area}”不是社区或村，请填住户所在的社区"), area=area.name)
    if area.pk not in reachable:
        raise Refusal("AREA", N_("“{area}”不在您的岗位范围内，请由当地人员导入"), area=area.name)
    return int(area.pk)


def _resolve_households(
    ledger: Ledger, found: Resolved, *, actor: Officer, at: datetime, why: str
) -> None:
    """Households by number; those of the sheet 户 that nobody knows are registered."""
    numbers = {
        str(record.values["household"])
        for sheet in ledger.sheets.values()
        for record in sheet.records
        if record.values.get("household")
    }
    found.households = household_ids(sorted(numbers))
    listed = ledger.sheets.get(HOUSEHOLDS.title)
    if listed is None:
        return
    fresh = {str(r.values["household"]): None for r in _whole(listed)}
    new = [number for number in fresh if number not in found.households]
    if new:
        registered = register_households(new, actor=actor, at=at, why=why)
        listed.faults.extend(registered.faults)
        found.households.update(zip(new, registered.ids, strict=False))
        found.new_households = len(new)


def _resolve_persons(
    ledger: Ledger, found: Resolved, *, actor: Officer, at: datetime, why: str
) -> None:
    """Persons by ID number or by the office's own; those who are new are registered."""
    people = ledger.people
    references = {
        people.canonical(record.values[name])
        for sheet in ledger.sheets.values()
        for record in sheet.records
        for name in ("person", "payee")
        if record.values.get(name)
    }
    found.persons = person_ids(sorted(references | set(people.by_identity)))
    listed = ledger.sheets.get(PERSONS.title)
    if listed is not None:
        _hold_against_registry(listed, ledger, found)
        _register(listed, ledger, found, actor=actor, at=at, why=why)
    ids = {pk: identity for identity, pk in found.persons.items()}
    rows = only(PersonRow.objects.all(), "id", list(ids)).values_list("pk", "name")
    found.names = {ids[pk]: name for pk, name in rows}


def _hold_against_registry(listed: SheetRecords, ledger: Ledger, found: Resolved) -> None:
    """A registered person keeps name, birth and sex: a row that says otherwise is an error."""
    people = ledger.people
    known = {
        row.pk: row for row in only(PersonRow.objects.all(), "id", list(found.persons.values()))
    }
    for record in _whole(listed):
        person = people.by_identity.get(_identity(record))
        row = known.get(found.persons.get(person.identity, 0)) if person else None
        if person is None or row is None:
            continue
        told = _difference(person, row)
        if told is not None:
            name, code, message = told
            fault = fault_in(
                listed,
                record,
                name,
                Severity.ERROR,
                code,
                message,
                name=masked_name(row.name),
                number=row.person_number,
            )
            listed.faults.append(fault)
            people.faulty.add(person.identity)


def _difference(person: Person, row: PersonRow) -> tuple[str, str, str] | None:
    """In what a person of the file differs from the registered one: field, code, message."""
    if person.name != row.name:
        return "name", "ID-NAME", N_("此人已登记为“{name}”，姓名不一致，请核对")
    if person.birth_date != row.birth_date:
        return "birth_date", "ID-BIRTH", N_("出生日期与人员编号 {number} 已登记的不一致，请核对")
    if person.sex != row.sex:
        return "sex", "ID-SEX", N_("性别与人员编号 {number} 已登记的不一致，请核对")
    if person.person_number and person.person_number != row.person_number:
        return "person_number", "NUM-KNOWN", N_("此人已登记的人员编号是 {number}，请核对")
    return None


def _register(
    listed: SheetRecords,
    ledger: Ledger,
    found: Resolved,
    *,
    actor: Officer,
    at: datetime,
    why: str,
) -> None:
    """Register the persons of the sheet 人员 whom nobody knows yet."""
    rows = {_identity(record): record.row for record in reversed(list(_whole(listed)))}
    new = [
        person
        for identity, person in ledger.people.by_identity.items()
        if identity not in found.persons and identity not in ledger.people.faulty
    ]
    if not new:
        return
    registered = register_persons(
        [
            NewPerson(
                name=person.name,
                sex=Sex(person.sex),
                birth_date=person.birth_date,
                id_number=person.id_number,
                person_number=person.person_number,
                row=rows.get(person.identity, 0),
            )
            for person in new
        ],
        actor=actor,
        at=at,
        why=why,
    )
    listed.faults.extend(placed(fault, listed) for fault in registered.faults)
    if registered.faults:
        ledger.people.faulty.update(person.identity for person in new)
    else:
        found.new_persons = len(new)
        found.persons.update(zip((person.identity for person in new), registered.ids, strict=True))


def placed(fault: Fault, found: SheetRecords) -> Fault:
    """A fault of an action, with the sheet, and the heading of the column that it names."""
    heading = next(
        (column.heading for column in found.sheet.columns if column.field == fault.column), ""
    )
    return Fault(
        fault.severity,
        fault.code,
        fault.message,
        found.sheet.title,
        fault.row,
        heading,
        values=fault.values,
    )


def _refuse_out_of_reach(ledger: Ledger, found: Resolved, actor: Officer, on: date) -> None:
    """Rows about households that live where the officer has no appointment are errors."""
    reachable = set(visible_areas(actor, on).values_list("pk", flat=True))
    today = Q(Q(valid_to=None) | Q(valid_to__gte=on), superseded_at=None, valid_from__lte=on)
    stays = only(Membership.objects.filter(today), "person", list(found.persons.values()))
    household_of = dict(stays.values_list("person_id", "household_id"))
    households = {*found.households.values(), *household_of.values()}
    homes = only(Residence.objects.filter(today), "household", list(households))
    elsewhere = {
        household
        for household, area in homes.values_list("household_id", "area_id")
        if area not in reachable
    }
    strangers = {person for person, home in household_of.items() if home in elsewhere}
    if not elsewhere and not strangers:
        return
    for sheet, record, name in _subjects(ledger):
        value = record.values.get(name)
        known = found.households if name == "household" else found.persons
        ours = known.get(ledger.people.canonical(value)) if value else None
        if ours is not None and ours in (elsewhere if name == "household" else strangers):
            message = N_("登记在别的辖区，请由当地人员办理，或先办理迁入")
            sheet.faults.append(fault_in(sheet, record, name, Severity.ERROR, "AREA", message))


def _subjects(ledger: Ledger) -> Iterator[tuple[SheetRecords, Record, str]]:
    """Every whole record with the fields that name whom it is about."""
    for sheet in ledger.sheets.values():
        names = [c.field for c in sheet.sheet.columns if c.field in ("household", "person")]
        for record in _whole(sheet):
            for name in names:
                yield sheet, record, name


def _identity(record: Record) -> str:
    return identity_of(record.values)


def _whole(sheet: SheetRecords) -> Iterator[Record]:
    return (record for record in sheet.records if record.is_whole)
