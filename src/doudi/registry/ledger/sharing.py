"""Accounts and phones that serve many households (共用): somebody must answer for them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from doudi.access.bulk import only
from doudi.kernel.refusals import N_, Severity
from doudi.registry.ledger.row_checks import fault_in
from doudi.registry.models import Account, Membership, Phone, SealedField
from doudi.registry.numbers import number_indexes

if TYPE_CHECKING:
    from datetime import date

    from doudi.registry.ledger.check import Ledger
    from doudi.registry.ledger.records import Record, SheetRecords
    from doudi.registry.ledger.resolving import Resolved

MANY_BY_ACCOUNT = 3
"""From so many households with one account on, it is told (一卡多户)."""
MANY_BY_PHONE = 20
"""From so many households with one phone on, it is told."""


def check_accounts(found: SheetRecords, ledger: Ledger, known: Resolved, on: date) -> None:
    """Accounts in another's name without a mandate, and accounts of many households."""
    for record in found.records:
        name = known.names.get(ledger.people.canonical(record.values["person"]))
        if (
            record.is_whole
            and not record.values["agent"]
            and name not in (None, record.values["holder_name"])
        ):
            message = N_("户名与领款人不一致；如为代领，请登记代领人并在“代领”列填是")
            found.faults.append(
                fault_in(found, record, "holder_name", Severity.ERROR, "ACC-NAME", message)
            )
    message = N_("该账号用于 {count} 户，请核对并说明原因")
    for record, count in _shared(found, ledger, known, Account, on):
        if count >= MANY_BY_ACCOUNT:
            _warn(found, record, "ACC-DUP", message, count)


def check_phones(found: SheetRecords, ledger: Ledger, known: Resolved, on: date) -> None:
    """Phones of many households."""
    message = N_("该号码已登记在 {count} 户，请说明")
    for record, count in _shared(found, ledger, known, Phone, on):
        if count >= MANY_BY_PHONE:
            _warn(found, record, "DUP-PHONE", message, count)


def _warn(found: SheetRecords, record: Record, code: str, message: str, count: int) -> None:
    fault = fault_in(found, record, "number", Severity.WARNING, code, message, count=count)
    found.faults.append(fault)


def _shared(
    found: SheetRecords,
    ledger: Ledger,
    known: Resolved,
    model: type[Account | Phone],
    on: date,
) -> list[tuple[Record, int]]:
    """The whole records, each with how many households its number serves, file and registry."""
    field = SealedField.ACCOUNT if model is Account else SealedField.PHONE
    whole = [
        (record, person)
        for record in found.records
        if record.is_whole
        and (person := known.persons.get(ledger.people.canonical(record.values["person"])))
    ]
    numbers = [str(record.values["number"]) for record, _ in whole]
    by_index = number_indexes(field, numbers)
    users: dict[str, set[int]] = defaultdict(set)
    for (_, person), number in zip(whole, numbers, strict=True):
        users[number].add(person)
    today = Q(Q(valid_to=None) | Q(valid_to__gte=on), superseded_at=None)
    rows: QuerySet[Any] = model._default_manager.filter(today)  # noqa: SLF001 - Django's API
    rows = only(rows, "number_index", list(by_index))
    for index, person in rows.values_list("number_index", "person_id"):
        users[by_index[index]].add(person)
    everybody = list({person for persons in users.values() for person in persons})
    stays = only(Membership.objects.filter(today), "person", everybody)
    home = dict(stays.values_list("person_id", "household_id"))
    counts = {
        number: len({home.get(person, -person) for person in persons})
        for number, persons in users.items()
    }
    return [(record, counts[number]) for (record, _), number in zip(whole, numbers, strict=True)]
