"""What one row (行) says against itself: ends before starts, days to come, halves of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.id_numbers import read_id_number
from doudi.kernel.refusals import N_, Fault, Severity
from doudi.registry.ledger.sheets import AWARDS, PERSONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from doudi.registry.ledger.records import Record, SheetRecords

Spot = tuple[str, Severity, str, str, dict[str, object]]
"""A fault without its place: field, severity, code, message, values."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who a row of the sheet 人员 says somebody is."""

    identity: str
    person_number: str
    id_number: str
    name: str
    sex: str
    birth_date: date


def check_rows(found: SheetRecords, on: date) -> None:
    """Add to a sheet's faults what its whole rows say against themselves; `on` is today."""
    further: Callable[[Record, date], list[Spot]] | None = {
        PERSONS.title: _person,
        AWARDS.title: _award,
    }.get(found.sheet.title)
    for record in found.records:
        if not record.is_whole:
            continue
        spots = [*_days(found, record, on), *_pair(record)]
        if further is not None:
            spots += further(record, on)
        for field, severity, code, message, values in spots:
            found.faults.append(fault_in(found, record, field, severity, code, message, **values))


def fault_in(
    found: SheetRecords,
    record: Record,
    field: str,
    severity: Severity,
    code: str,
    message: str,
    **values: object,
) -> Fault:
    """A fault of a record, in the column of a field; an error makes the record not whole."""
    if severity is Severity.ERROR:
        record.is_whole = False
    heading = found.sheet.column(field).heading if field else ""
    return Fault(severity, code, message, found.sheet.title, record.row, heading, values=values)


def identity_of(values: dict[str, object]) -> str:
    """What other rows name a person by: the ID number, or else the office's own number."""
    return str(values["id_number"] or values["person_number"] or "")


def _error(field: str, code: str, message: str, **values: object) -> Spot:
    return field, Severity.ERROR, code, message, values


def _days(found: SheetRecords, record: Record, on: date) -> list[Spot]:
    """Days that have not come although they should have, and an end before the start."""
    values = record.values
    spots = [
        _error(column.field, "DATE-FUTURE", N_("{day} 还没有到，请核对日期"), day=day)
        for column in found.sheet.columns
        if column.is_past and isinstance(day := values[column.field], date) and day > on
    ]
    first, last = values.get("valid_from"), values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        spots.append(
            _error(
                "valid_to",
                "PER-ORDER",
                N_("结束日 {last} 早于开始日 {first}，请核对起止日期"),
                first=first,
                last=last,
            )
        )
    return spots


def _pair(record: Record) -> list[Spot]:
    """A category of disability without a grade, or a grade without a category."""
    values = record.values
    if "disability_category" not in values:
        return []
    if bool(values["disability_category"]) == (values["disability_grade"] is not None):
        return []
    return [_error("disability_grade", "VAL-PAIR", N_("残疾类别和等级要么都填，要么都不填"))]


def _person(record: Record, on: date) -> list[Spot]:
    """Who somebody is: by the number, else by the date and sex given; and where they belong."""
    values = record.values
    spots = _against_number(record, on) if values["id_number"] else _without_number(record)
    in_household = bool(values["household"])
    for field in ("relation", "valid_from"):
        if in_household and not values[field]:
            spots.append(_error(field, "EMPTY", N_("填写了户编号，这一列也必须填写")))
    if values["relation"] and not in_household:
        spots.append(_error("household", "EMPTY", N_("填写了与户主关系，也必须填写户编号")))
    return spots


def _against_number(record: Record, on: date) -> list[Spot]:
    """Birth and sex as the ID number has them; what the row says otherwise is an error."""
    values = record.values
    number = read_id_number(str(values["id_number"]), on)
    spots = []
    if values["birth_date"] not in (None, number.birth_date):
        spots.append(_error("birth_date", "ID-BIRTH", N_("出生日期与证件号不一致，请对照证件核对")))
    if values["sex"] not in ("", number.sex.value):
        spots.append(_error("sex", "ID-SEX", N_("性别与证件号不一致，请对照证件核对")))
    values["birth_date"], values["sex"] = number.birth_date, number.sex.value
    return spots


def _without_number(record: Record) -> list[Spot]:
    """A person without papers needs a number of ours, and somebody who vouches for it."""
    values = record.values
    spots = [
        _error(field, "EMPTY", N_("没有证件号时必须填写这一列"))
        for field in ("birth_date", "sex")
        if not values[field]
    ]
    if not values["person_number"]:
        spots.append(_error("person_number", "ID-NONE", N_("没有证件号的，请给此人编一个人员编号")))
    elif not values["note"]:
        message = N_("没有证件号，请在备注写明原因")
        spots.append(("id_number", Severity.WARNING, "ID-NONE", message, {}))
    return spots


def _award(record: Record, on: date) -> list[Spot]:
    """An award's stop and taper are decided, or not there at all."""
    del on
    values = record.values
    pairs = (
        ("last_month", "stopped_on", N_("停发的，须填写最后发放月份和停发决定日期")),
        ("taper_from", "taper_decided_on", N_("渐退的，须填写渐退开始月份和渐退决定日期")),
        ("taper_from", "taper_months", N_("渐退的，须填写渐退开始月份和渐退月数")),
    )
    return [
        _error(one if values[other] else other, "EMPTY", message)
        for one, other, message in pairs
        if bool(values[one]) != bool(values[other])
    ]
