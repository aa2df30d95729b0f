"""What rows say against one another (相互核对), before the registry is asked anything."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Severity
from doudi.kernel.vocabulary import EXCLUSIVE, Programme
from doudi.registry.ledger.row_checks import Person, fault_in, identity_of
from doudi.registry.ledger.sheets import AWARDS, PERSONS

if TYPE_CHECKING:
    from doudi.kernel.refusals import Fault
    from doudi.registry.ledger.records import Record, SheetRecords

_ABOUT_A_PERSON = ("id_number", "name", "sex", "birth_date")
_NOT_COMPARED = {"source", "note", "row", *_ABOUT_A_PERSON, "person_number"}


@dataclass(slots=True)
class People:
    """Whom the sheet 人员 names: by identity, and the identity behind a number of ours.

    `faulty` are those of whom a row could not be read: nothing is concluded of them.
    """

    by_identity: dict[str, Person] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)

    def canonical(self, reference: object) -> str:
        """The identity that a reference means, as far as the file tells."""
        return self.alias.get(str(reference), str(reference))


def people_of(found: SheetRecords | None) -> People:
    """The persons of the sheet 人员; two rows that say different things of one are faults."""
    people = People()
    if found is None:
        return people
    rows: dict[str, int] = {}
    for record in found.records:
        person = _person_of(record)
        if not record.is_whole or person is None:
            people.faulty.update(_named(record))
            continue
        known = people.by_identity.setdefault(person.identity, person)
        first = rows.setdefault(person.identity, record.row)
        taken = people.alias.get(person.person_number, person.identity)
        if _differ(known, person) or taken != person.identity:
            people.faulty.add(person.identity)
            found.faults.append(
                fault_in(
                    found,
                    record,
                    "name",
                    Severity.ERROR,
                    "F-DUPROW",
                    N_("与第 {other} 行为同一人或同一人员编号，内容不同，请核对"),
                    other=first if _differ(known, person) else rows[taken],
                )
            )
        elif person.person_number:
            people.alias[person.person_number] = person.identity
            if not known.person_number:
                people.by_identity[person.identity] = person
    return people


def check_doubles(found: SheetRecords, people: People) -> None:
    """One fact twice: the same again is told and left out, anything else is an error."""
    first: dict[tuple[object, ...], Record] = {}
    kept: list[Record] = []
    for record in found.records:
        if not record.is_whole:
            kept.append(record)
            continue
        other = first.setdefault(_key(found, record, people), record)
        if other is record:
            kept.append(record)
        elif _says_the_same(record, other):
            message = N_("与第 {other} 行相同，没有重复导入")
            found.faults.append(
                fault_in(found, record, "", Severity.NOTICE, "F-DUPROW", message, other=other.row)
            )
        else:
            kept.append(record)
            found.faults.append(_contradiction(found, record, other))
    found.records = kept


def _contradiction(found: SheetRecords, record: Record, other: Record) -> Fault:
    """The fault of two rows that say different things of one fact, or of one person's home."""
    if found.sheet is not PERSONS:
        code, field = "F-DUPROW", found.sheet.subject
        message = N_("与第 {other} 行为同一对象、同一开始日期，内容不同，请核对")
    elif record.values["household"] != other.values["household"]:
        code, field = "HH-DUP", "household"
        message = N_("此人在第 {other} 行同时属于另一户；迁户的请写明原户的结束日期")
    else:
        code, field = "F-DUPROW", "name"
        message = N_("与第 {other} 行为同一人、同一开始日期，内容不同，请核对")
    return fault_in(found, record, field, Severity.ERROR, code, message, other=other.row)


def check_programmes(found: SheetRecords, people: People) -> None:
    """Programmes that exclude one another, held by one person in the same months."""
    held: dict[str, list[tuple[Programme, Record]]] = defaultdict(list)
    for record in found.records:
        if not record.is_whole or not record.values["person"]:
            continue
        programme = Programme(str(record.values["programme"]))
        person = people.canonical(record.values["person"])
        for other_programme, other in held[person]:
            if frozenset((programme, other_programme)) in EXCLUSIVE and _meet(record, other):
                found.faults.append(
                    fault_in(
                        found,
                        record,
                        "programme",
                        Severity.ERROR,
                        "SCH-EXCL",
                        N_("与第 {other} 行的“{programme}”不可同时享受"),
                        other=other.row,
                        programme=other_programme,
                    )
                )
        held[person].append((programme, record))


def _person_of(record: Record) -> Person | None:
    values = record.values
    birth, identity = values["birth_date"], identity_of(values)
    if not isinstance(birth, date) or not identity:
        return None
    return Person(
        identity=identity,
        person_number=str(values["person_number"] or ""),
        id_number=str(values["id_number"] or ""),
        name=str(values["name"]),
        sex=str(values["sex"]),
        birth_date=birth,
    )


def _named(record: Record) -> set[str]:
    """Every number that an unreadable row names somebody by."""
    values = record.values
    return {str(values[key]) for key in ("id_number", "person_number") if values[key]}


def _differ(known: Person, person: Person) -> bool:
    numbers = {known.person_number, person.person_number} - {""}
    return len(numbers) > 1 or any(
        getattr(known, name) != getattr(person, name) for name in _ABOUT_A_PERSON
    )


def _key(found: SheetRecords, record: Record, people: People) -> tuple[object, ...]:
    """What tells one fact of a sheet from another."""
    values = record.values
    sheet = found.sheet
    if sheet is AWARDS:
        return (values["number"],)
    subject: object = values.get(sheet.subject)
    if sheet is PERSONS:
        subject = people.canonical(identity_of(values))
    elif sheet.subject == "person":
        subject = people.canonical(subject)
    return (subject, *(values[name] for name in sheet.key), values["valid_from"])


def _says_the_same(record: Record, other: Record) -> bool:
    return all(
        value == other.values[name]
        for name, value in record.values.items()
        if name not in _NOT_COMPARED
    )


def _meet(record: Record, other: Record) -> bool:
    """Whether two awards share a month, the months of their decisions not counted."""
    (first, last), (start, end) = _months(record), _months(other)
    return (end is None or first <= end) and (last is None or start <= last)


def _months(record: Record) -> tuple[Month, Month | None]:
    decided, last = record.values["decided_on"], record.values["last_month"]
    if not isinstance(decided, date):
        raise TypeError(decided)
    return Month.of(decided).plus(1), last if isinstance(last, Month) else None
