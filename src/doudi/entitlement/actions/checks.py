"""What can be wrong with a row of awards (待遇), each fault with its row and its remedy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from doudi.entitlement.models import OF_HOUSEHOLDS, ONE_OFF, Award
from doudi.entitlement.queries import KnownAward, awards_of_subjects
from doudi.kernel.refusals import N_, Fault, Severity
from doudi.kernel.vocabulary import EXCLUSIVE, Programme
from doudi.policy import first_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from doudi.kernel.months import Month
    from doudi.registry.ledger.rows import AwardRow

SHEET = "待遇"


def check_awards(
    rows: Sequence[AwardRow],
    households: Mapping[str, int],
    persons: Mapping[str, int],
    known: Mapping[str, KnownAward],
) -> list[Fault]:
    """Every fault of the rows, in their order; empty when all are good."""
    faults: list[Fault] = []
    for row in rows:
        faults += _faults_of_row(row, households, persons)
        if row.number in known:
            faults += _faults_of_change(row, known[row.number].award, households, persons)
    held = [
        each
        for each in awards_of_subjects(list(households.values()))
        if each.award.number not in {row.number for row in rows}
    ]
    faults += _faults_of_doubles(rows, households, persons, known, held)
    faults += _faults_of_exclusion(rows, persons, held)
    return sorted(faults, key=lambda fault: fault.row)


def _fault(row: AwardRow, code: str, message: str, column: str, **values: object) -> Fault:
    return Fault(Severity.ERROR, code, message, SHEET, row.row, column, values=values)


def _faults_of_row(
    row: AwardRow, households: Mapping[str, int], persons: Mapping[str, int]
) -> Iterator[Fault]:
    """What is wrong with a row by itself."""
    if row.household_number not in households:
        yield _fault(row, "AWD-HOUSEHOLD", N_("没有这个户编号，请先登记该户"), N_("户编号"))
    for number, column in (
        (row.person_number, N_("证件号")),
        (row.payee_number, N_("领款人证件号")),
    ):
        if number and number not in persons:
            yield _fault(row, "AWD-PERSON", N_("没有登记此人，请先在“人员”表登记"), column)
    of_household = row.programme in OF_HOUSEHOLDS
    if of_household and row.person_number:
        yield _fault(
            row, "AWD-SUBJECT", N_("“{programme}”按户享受，请把本列留空"), N_("证件号"),
            programme=row.programme,
        )  # fmt: skip
    if not of_household and not row.person_number:
        yield _fault(
            row, "AWD-SUBJECT", N_("“{programme}”按人享受，请填写享受人"), N_("证件号"),
            programme=row.programme,
        )  # fmt: skip
    yield from _faults_of_dates(row)


def _faults_of_dates(row: AwardRow) -> Iterator[Fault]:
    """Days and months in the wrong order."""
    if row.decided_on < row.applied_on:
        yield _fault(row, "DATE-ORDER", N_("确认日期早于申请日期，请核对"), N_("确认日期"))
        return
    first = first_month(row.programme, row.applied_on, row.decided_on)
    if row.due_from and row.due_from < first:
        yield _fault(
            row, "AWD-FIRST", N_("按规定应从 {first} 起发，本列不能更早"), N_("本账起发月份"),
            first=first,
        )  # fmt: skip
    if row.last_month and row.last_month.plus(1) < first:
        yield _fault(
            row, "AWD-STOP", N_("停发月份早于起发月份 {first}，请核对"), N_("最后发放月份"),
            first=first,
        )  # fmt: skip
    if row.last_month and not row.stopped_on:
        yield _fault(row, "AWD-STOP", N_("停发须填写停发决定日期"), N_("停发决定日期"))


def _faults_of_change(
    row: AwardRow, award: Award, households: Mapping[str, int], persons: Mapping[str, int]
) -> Iterator[Fault]:
    """A decided award is never rewritten: it is stopped, and another decided."""
    same = (
        award.programme == row.programme
        and award.household_id == households.get(row.household_number)
        and award.person_id == persons.get(row.person_number)
        and award.payee_id == persons.get(row.payee_number)
        and award.applied_on == row.applied_on
        and award.decided_on == row.decided_on
    )
    if not same:
        yield _fault(
            row, "AWD-CHANGED",
            N_("待遇 {number} 已登记且内容不同；已确认的待遇不能改写，请停发后另立编号"),
            N_("待遇编号"), number=row.number,
        )  # fmt: skip


def _faults_of_doubles(
    rows: Sequence[AwardRow],
    households: Mapping[str, int],
    persons: Mapping[str, int],
    known: Mapping[str, KnownAward],
    held: Sequence[KnownAward],
) -> Iterator[Fault]:
    """The same programme twice for one household or person in one month."""
    spans: dict[tuple[str, int, int | None], list[tuple[str, Month, Month | None]]]
    spans = defaultdict(list)
    for award in held:
        key = (award.award.programme, award.award.household_id, award.award.person_id)
        spans[key].append((award.award.number, *award.span()))
    for row in rows:
        household = households.get(row.household_number)
        if household is None or row.decided_on < row.applied_on:
            continue
        key = (str(row.programme), household, persons.get(row.person_number))
        first = first_month(row.programme, row.applied_on, row.decided_on)
        last = first if row.programme in ONE_OFF else row.last_month
        if last is None and row.number in known:
            last = known[row.number].span()[1]
        clash = next((n for n, f, t in spans[key] if _meet(first, last, f, t)), None)
        if clash is not None:
            yield _fault(
                row, "AWD-DOUBLE", N_("与待遇 {other} 同一对象、同一项目、月份重叠，不能重复享受"),
                N_("待遇编号"), other=clash,
            )  # fmt: skip
        spans[key].append((row.number, first, last))


def _faults_of_exclusion(
    rows: Sequence[AwardRow], persons: Mapping[str, int], held: Sequence[KnownAward]
) -> Iterator[Fault]:
    """A programme that a person may not hold beside one held already, in one month."""
    by_person: dict[int, list[KnownAward]] = defaultdict(list)
    for each in held:
        if each.award.person_id is not None:
            by_person[each.award.person_id].append(each)
    for row in rows:
        person = persons.get(row.person_number)
        if person is None or row.decided_on < row.applied_on:
            continue
        first = first_month(row.programme, row.applied_on, row.decided_on)
        for each in by_person[person]:
            other = Programme(each.award.programme)
            excluded = frozenset((row.programme, other)) in EXCLUSIVE
            if excluded and _meet(first, row.last_month, *each.span()):
                yield _fault(
                    row, "SCH-EXCL",
                    N_("与待遇 {number}（{programme}）不可同时享受，请先停发其中一项"),
                    N_("项目"), number=each.award.number, programme=other,
                )  # fmt: skip


def _meet(first: Month, last: Month | None, other: Month, until: Month | None) -> bool:
    """Whether two runs of months share one; an open end is None."""
    return (until is None or first <= until) and (last is None or other <= last)
