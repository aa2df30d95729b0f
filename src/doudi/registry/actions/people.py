"""Persons and households registered: by a number that is nobody else's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils.timezone import localdate

from doudi.access.bulk import insert_columns
from doudi.access.journal import deed
from doudi.kernel.id_numbers import read_id_number
from doudi.kernel.names import masked_name
from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.registry.actions.finding import insert_words
from doudi.registry.actions.writing import take_turn
from doudi.registry.models import Household, Person, SealedField
from doudi.registry.newcomers import NewPerson, Registered
from doudi.registry.numbers import index_numbers, index_numbers_in_use, sealed_numbers
from doudi.registry.queries.people import (
    household_ids,
    last_made_number,
    numbered_persons,
    persons_of_indexes,
)
from doudi.registry.statements import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from doudi.access.models import Officer

_MAX_NUMBER = 32


def register_person(person: NewPerson, *, actor: Officer, at: datetime, why: str) -> Person:
    """Register one person; raises Refusal with the fault of `register_persons`."""
    registered = register_persons([person], actor=actor, at=at, why=why)
    refuse(registered.faults)
    return Person.objects.get(pk=registered.ids[0])


def register_persons(
    persons: Sequence[NewPerson], *, actor: Officer, at: datetime, why: str
) -> Registered:
    """Register persons, all or none, in a fixed number of statements.

    Faults: DATE-FUTURE for a birth to come; ID-BIRTH where number and birth differ, and what
    `read_id_number` refuses; ID-NAME or ID-KNOWN for a number registered already, F-DUPROW for
    one given twice; NUM-KNOWN and NUM-LEN for an office's own number.
    """
    with deed(actor=actor, act="register_persons", why=why, at=at):
        take_turn()
        given = [each.id_number for each in persons]
        indexes = _of_given(given, index_numbers_in_use(SealedField.ID_NUMBER, given))
        faults = [
            *(fault for each in persons for fault in _faults_alone(each, localdate(at))),
            *_faults_together(persons, indexes),
        ]
        if faults:
            return Registered(faults=sorted(faults, key=lambda fault: fault.row))
        numbers = _numbers(persons)
        next_indexes = _of_given(given, index_numbers(SealedField.ID_NUMBER, given))
        _insert_persons(persons, numbers, indexes, next_indexes)
        ids = numbered_persons(numbers)
        insert_words([ids[number] for number in numbers], [each.name for each in persons], given)
    return Registered([ids[number] for number in numbers])


def _of_given(numbers: Sequence[str], indexes: Sequence[str]) -> list[str | None]:
    """The index of each number that was given."""
    return [index if number else None for number, index in zip(numbers, indexes, strict=True)]


def register_household(number: str, *, actor: Officer, at: datetime, why: str) -> Household:
    """Open the file of a household (一户一档); raises Refusal when the number is taken."""
    registered = register_households([number], actor=actor, at=at, why=why)
    refuse(registered.faults)
    return Household.objects.get(pk=registered.ids[0])


def register_households(
    numbers: Sequence[str], *, actor: Officer, at: datetime, why: str
) -> Registered:
    """Open the files of households, all or none; a fault's row is the place in the list, from 1.

    Faults: NUM-LEN for an empty or too long number, NUM-KNOWN for one taken, F-DUPROW for one
    given twice.
    """
    with deed(actor=actor, act="register_households", why=why, at=at):
        take_turn()
        known = household_ids(numbers)
        times = Counter(numbers)
        faults = [
            fault
            for row, number in enumerate(numbers, start=1)
            for fault in _faults_of_number(row, number, number in known, times[number])
        ]
        if faults:
            return Registered(faults=faults)
        insert_columns(Household, {"number": list(numbers)})
        ids = household_ids(numbers)
    return Registered([ids[number] for number in numbers])


def _faults_of_number(row: int, number: str, is_known: bool, times: int) -> Iterator[Fault]:  # noqa: FBT001 - private
    """What is wrong with an office's own number."""
    if not 0 < len(number.strip()) <= _MAX_NUMBER:
        code, message = "NUM-LEN", N_("编号应为 1 至 {most} 位，请核对")
    elif is_known:
        code, message = "NUM-KNOWN", N_("编号“{number}”已登记，请另编号码")
    elif times > 1:
        code, message = "F-DUPROW", N_("编号“{number}”出现了 {times} 次")
    else:
        return
    yield Fault(
        Severity.ERROR, code, message, row=row, column="number",
        values={"number": number, "most": _MAX_NUMBER, "times": times},
    )  # fmt: skip


def _faults_alone(person: NewPerson, today: date) -> Iterator[Fault]:
    """What is wrong with a person by itself."""
    if person.birth_date > today:
        yield person.fault(
            "DATE-FUTURE", N_("{day} 还没有到，请核对日期"), "birth_date", day=person.birth_date
        )
    if not person.id_number:
        return
    try:
        read = read_id_number(person.id_number, today)
    except Refusal as refusal:
        yield person.fault(refusal.code, refusal.message, "id_number", **refusal.values)
        return
    if read.number != person.id_number:
        yield person.fault("ID-LEN", N_("证件号应为 18 位的规范写法"), "id_number")
    if read.birth_date != person.birth_date:
        yield person.fault(
            "ID-BIRTH", N_("证件号中的出生日期与登记的 {day} 不一致，请核对"), "birth_date",
            day=person.birth_date,
        )  # fmt: skip


def _faults_together(
    persons: Sequence[NewPerson], indexes: Sequence[str | None]
) -> Iterator[Fault]:
    """Numbers given twice, or registered already."""
    known = persons_of_indexes([index for index in indexes if index])
    numbers = numbered_persons([each.person_number for each in persons if each.person_number])
    times = Counter(index for index in indexes if index)
    times.update(each.person_number for each in persons if each.person_number)
    for person, index in zip(persons, indexes, strict=True):
        if index is not None:
            yield from _faults_of_index(person, known.get(index), times[index])
        if person.person_number:
            number = person.person_number
            yield from _faults_of_number(person.row, number, number in numbers, times[number])


def _faults_of_index(person: NewPerson, known: Person | None, times: int) -> Iterator[Fault]:
    """What is wrong with an ID number beside others; the number itself is not shown."""
    if known is not None and known.name != person.name:
        yield person.fault(
            "ID-NAME", N_("该证件号已登记为“{name}”，姓名不一致"), "id_number",
            name=masked_name(known.name),
        )  # fmt: skip
    elif known is not None:
        yield person.fault("ID-KNOWN", N_("该证件号已登记，不必再登记"), "id_number")
    elif times > 1:
        yield person.fault("F-DUPROW", N_("该证件号出现了 {times} 次"), "id_number", times=times)


def _numbers(persons: Sequence[NewPerson]) -> list[str]:
    """The office's own number of each: its own, or the next that we make up (P00000001 …)."""
    taken = {person.person_number for person in persons}
    last = last_made_number()
    numbers = []
    for person in persons:
        number = person.person_number
        while not number:
            last += 1
            number = f"P{last:08d}" if f"P{last:08d}" not in taken else ""
        numbers.append(number)
    return numbers


def _insert_persons(
    persons: Sequence[NewPerson],
    numbers: Sequence[str],
    indexes: Sequence[str | None],
    next_indexes: Sequence[str | None],
) -> None:
    """Write the persons, each ID number sealed for its own row."""
    uids = [uuid4() for _ in persons]
    sealed = sealed_numbers(SealedField.ID_NUMBER, [each.id_number for each in persons], uids)
    columns: Mapping[str, Sequence[object]] = {
        "uid": uids,
        "person_number": numbers,
        "name": [each.name for each in persons],
        "sex": [str(each.sex) for each in persons],
        "birth_date": [each.birth_date for each in persons],
        "id_number_sealed": sealed,
        "id_number_index": indexes,
        "id_number_next_index": next_indexes,
    }
    insert_columns(Person, columns)
