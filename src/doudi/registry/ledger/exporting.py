"""The registry as a ledger (导出): a workbook that imports to the same registry.

The numbers stand in it in the clear, since it has to come back in; so whoever exports leaves a
look at each person's numbers, and the file is readable by its owner alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.timezone import localdate

from doudi.access.bulk import insert_columns, only
from doudi.access.journal import deed
from doudi.access.queries import visible_areas
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.ledger.circumstance_sheets import CIRCUMSTANCES
from doudi.registry.ledger.sheets import AWARDS, HOUSEHOLDS, PERSONS
from doudi.registry.ledger.stating import kind_filled_by
from doudi.registry.ledger.writing import LedgerRow, write_ledger
from doudi.registry.models import (
    Account,
    Household,
    Look,
    Membership,
    Person,
    Phone,
    Residence,
    SealedField,
)
from doudi.registry.numbers import opened_number

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.access.models import Officer
    from doudi.registry.kinds import Kind
    from doudi.registry.ledger.columns import LedgerSheet

AwardsOf = Callable[[Sequence[int]], Iterable[LedgerRow]]
"""The rows of the sheet 待遇 for households by their ids; household, person and payee are ids.

Awards belong to a room above: a door hands that room's answer in.
"""

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What is exported: as known at a moment, of a day or of all time, of an area or of all.

    `within` is the path of the area; empty for wherever the officer may see people.
    """

    known_at: datetime
    on: date | None = None
    within: str = ""

    @property
    def facts(self) -> Q:
        """The facts that count for it."""
        known = Q(
            Q(superseded_at=None) | Q(superseded_at__gt=self.known_at),
            recorded_at__lte=self.known_at,
        )
        if self.on is None:
            return known
        return known & Q(Q(valid_to=None) | Q(valid_to__gte=self.on), valid_from__lte=self.on)


@dataclass(slots=True)
class _Subjects:
    """Who is exported: household numbers and persons by id, and how a person is named."""

    households: dict[int, str] = field(default_factory=dict)
    persons: dict[int, Person] = field(default_factory=dict)
    references: dict[int, str] = field(default_factory=dict)


def export_ledger(
    path: Path,
    scope: Scope,
    *,
    awards_of: AwardsOf,
    actor: Officer,
    at: datetime,
    why: str,
) -> dict[str, int]:
    """Write what the officer may see as a ledger; answers how many rows each sheet has.

    Without a day everything believed is written, past and to come, so that importing it into an
    empty office gives the same registry. Raises Refusal NOT-ALLOWED where the officer sees
    nothing, F-SIZE beyond 200,000 rows of a sheet.
    """
    subjects = _Subjects(_households(scope, actor, localdate(at)))
    awards = list(awards_of(list(subjects.households)))
    _add_persons(subjects, scope, awards)
    _leave_looks(subjects, actor=actor, at=at, why=why)
    rows: dict[str, Iterable[LedgerRow]] = {
        sheet.title: _rows(sheet, scope, subjects) for sheet in (HOUSEHOLDS, *CIRCUMSTANCES)
    }
    rows[PERSONS.title] = _person_rows(scope, subjects)
    rows[AWARDS.title] = (_award_row(award, subjects) for award in awards)
    draft = path.with_name(f".{path.name}.part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        written = write_ledger(draft, rows, at=at)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def _households(scope: Scope, actor: Officer, today: date) -> dict[int, str]:
    """The households that live, or once lived, where the officer may see them."""
    areas = visible_areas(actor, today).filter(path__startswith=scope.within)
    reachable = set(areas.values_list("pk", flat=True))
    if not reachable:
        raise Refusal(
            "NOT-ALLOWED",
            N_("“{username}”在所选区域没有岗位，不能导出"),
            username=actor.username,
        )
    homes = Residence.objects.filter(scope.facts).values_list("household_id", "area_id")
    ids = sorted({household for household, area in homes if area in reachable})
    rows = only(Household.objects.all(), "id", ids).order_by("number")
    return dict(rows.values_list("pk", "number"))


def _add_persons(subjects: _Subjects, scope: Scope, awards: Sequence[LedgerRow]) -> None:
    """Their members and payees; with everything, those too who belong to no household."""
    stays = Membership.objects.filter(scope.facts)
    members = only(stays, "household", list(subjects.households))
    ids = set(members.values_list("person_id", flat=True))
    ids |= {int(str(award["payee"])) for award in awards}
    if not scope.within:
        housed = Membership.objects.filter(superseded_at=None).values("person_id")
        ids |= set(Person.objects.exclude(pk__in=housed).values_list("pk", flat=True))
    people = only(Person.objects.all(), "id", sorted(ids)).order_by("person_number")
    subjects.persons = {person.pk: person for person in people}
    subjects.references = {
        person.pk: _id_number(person) or person.person_number
        for person in subjects.persons.values()
    }


def _id_number(person: Person) -> str:
    if not person.id_number_sealed:
        return ""
    return opened_number(SealedField.ID_NUMBER, person.id_number_sealed, person.uid)


def _leave_looks(subjects: _Subjects, *, actor: Officer, at: datetime, why: str) -> None:
    """Leave in the journal whose numbers were taken out, by whom and what for."""
    looks = [(person, word) for person in subjects.persons for word in SealedField]
    with deed(actor=actor, act="export_ledger", why=why, at=at):
        insert_columns(
            Look,
            {
                "person": [person for person, _ in looks],
                "field": [str(word) for _, word in looks],
                "officer": [actor.pk] * len(looks),
                "why": [why[:300]] * len(looks),
                "at": [at] * len(looks),
            },
        )


def _rows(sheet: LedgerSheet, scope: Scope, subjects: _Subjects) -> Iterator[LedgerRow]:
    """The facts of one kind, owner by owner in the order of time."""
    kind = kind_filled_by(sheet)
    names = subjects.references if kind.owner == "person_id" else subjects.households
    for row in _facts(kind, scope, list(names)):
        values = _values(sheet, row, scope)
        values[sheet.subject] = names[getattr(row, kind.owner)]
        yield values


def _facts(kind: Kind, scope: Scope, owners: Sequence[int]) -> Iterator[Any]:
    owner = kind.owner.removesuffix("_id")
    rows: Any = kind.model._default_manager.filter(scope.facts)  # noqa: SLF001 - Django's API
    if kind.model is Residence:
        rows = rows.select_related("area")
    ordered = only(rows, owner, owners).order_by(owner, *kind.words, "valid_from", "pk")
    return iter(ordered.iterator(chunk_size=_CHUNK))


def _values(sheet: LedgerSheet, row: Any, scope: Scope) -> LedgerRow:  # noqa: ANN401 - any table
    """The columns of one fact; sealed numbers are opened."""
    values: LedgerRow = {
        column.field: getattr(row, column.field)
        for column in sheet.columns
        if column.field not in ("person", "household", "confirmed", "area", "number")
        and hasattr(row, column.field)
    }
    values["confirmed"] = row.confirmed_at is not None and row.confirmed_at <= scope.known_at
    if isinstance(row, Residence):
        values["area"] = row.area.code
    elif isinstance(row, Account):
        values["number"] = opened_number(SealedField.ACCOUNT, row.number_sealed, row.uid)
    elif isinstance(row, Phone):
        values["number"] = opened_number(SealedField.PHONE, row.number_sealed, row.uid)
    return values


def _person_rows(scope: Scope, subjects: _Subjects) -> Iterator[LedgerRow]:
    """Every person once for each membership, or once without one."""
    told: set[int] = set()
    for row in _facts(kind_filled_by(PERSONS), scope, list(subjects.persons)):
        if row.household_id in subjects.households:
            told.add(row.person_id)
            yield {
                **_values(PERSONS, row, scope),
                **_about(subjects.persons[row.person_id], subjects),
                "household": subjects.households[row.household_id],
            }
    for pk, person in subjects.persons.items():
        if pk not in told:
            yield _about(person, subjects)


def _about(person: Person, subjects: _Subjects) -> LedgerRow:
    reference = subjects.references[person.pk]
    return {
        "person_number": person.person_number,
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "id_number": reference if person.id_number_sealed else "",
        "note": "" if person.id_number_sealed else "无证件号",
    }


def _award_row(award: LedgerRow, subjects: _Subjects) -> LedgerRow:
    """An award with its household and persons by their numbers."""
    named = dict(award)
    named["household"] = subjects.households[int(str(award["household"]))]
    for name in ("person", "payee"):
        if award[name] is not None:
            named[name] = subjects.references.get(int(str(award[name])), "")
    return named
