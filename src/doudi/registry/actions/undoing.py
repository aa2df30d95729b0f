"""An import undone (撤销导入) on the day it was made: as one act, and nothing erased.

What the import stated is withdrawn; what it had closed is stated anew, as it was. Persons and
households keep their numbers: a number once given is not given again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from doudi.access.bulk import only
from doudi.access.journal import deed
from doudi.access.models import Operation
from doudi.access.queries import deed_numbered, rows_of_deed
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.actions.writing import carry_out, take_turn
from doudi.registry.kinds import KINDS
from doudi.registry.models import Membership
from doudi.registry.planning import Plan
from doudi.registry.queries.beliefs import as_belief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.access.models import Deed, Officer
    from doudi.registry.kinds import Kind
    from doudi.registry.models import Circumstance

IMPORT = "import_ledger"
"""The act that a ledger is taken in by."""
_OURS = "registry_"


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing came to: facts withdrawn, facts stated anew, and the households concerned."""

    withdrawn: int
    restated: int
    households: frozenset[int]
    imported_at: datetime


def undo_import(number: int, *, actor: Officer, at: datetime, why: str) -> Undone:
    """Undo the import that the deed `number` was; a fixed number of statements a kind of fact.

    Raises Refusal UNDO-NONE where it is no import of the actor's, UNDO-DAY on another day,
    UNDO-AWARDS where it took in decisions on awards, which are stopped by decision and never
    undone, UNDO-LATER where something was recorded of the same people since.
    """
    done = _undoable(number, actor, at)
    changed = rows_of_deed(number)
    if any(not table.startswith(_OURS) for table in changed):
        raise Refusal(
            "UNDO-AWARDS",
            N_("这次导入登记了待遇的决定，不能整体撤销；请逐项更正情况，待遇按决定停发"),
        )
    withdrawn = restated = 0
    households: set[int] = set()
    persons: set[int] = set()
    with deed(actor=actor, act="undo_import", why=why, at=at):
        take_turn()
        for kind in KINDS:
            rows = changed.get(kind.model._meta.db_table)  # noqa: SLF001 - Django's API
            if rows is None:
                continue
            stated = _rows(kind, rows[Operation.INSERT])
            touched = _rows(kind, rows[Operation.UPDATE])
            owners = {int(getattr(row, kind.owner)) for row in (*stated, *touched)}
            _refuse_later(kind, owners, done)
            (persons if kind.owner == "person_id" else households).update(owners)
            plan = _backwards(kind, stated, touched, done)
            carry_out(kind, plan, actor=actor, at=at)
            withdrawn, restated = withdrawn + len(stated), restated + len(plan.restate)
        members = only(Membership.objects.all(), "person", sorted(persons))
        households |= set(members.values_list("household", flat=True))
    if not withdrawn and not restated:
        raise _later()
    return Undone(withdrawn, restated, frozenset(households), done.at)


def _undoable(number: int, actor: Officer, at: datetime) -> Deed:
    """The deed, if it is an import of this officer's and of this day."""
    done = deed_numbered(number)
    if done is None or done.act != IMPORT or done.actor_id != actor.pk:
        raise Refusal("UNDO-NONE", N_("没有您办理的这次导入，请从导入记录里进入"))
    if localdate(done.at) != localdate(at):
        raise Refusal(
            "UNDO-DAY",
            N_("{day} 的导入只能在当天撤销；请改为逐项更正"),
            day=localdate(done.at),
        )
    return done


def _rows(kind: Kind, ids: Sequence[int]) -> list[Circumstance]:
    """Rows of a kind by their numbers; one statement."""
    manager = kind.model._default_manager  # noqa: SLF001 - Django's API
    return list(only(manager.order_by("pk"), "id", ids)) if ids else []


def _refuse_later(kind: Kind, owners: set[int], done: Deed) -> None:
    """Refuse where anything of this kind came on record of the same owners after the deed."""
    manager = kind.model._default_manager  # noqa: SLF001 - Django's API
    rows = only(manager.all(), kind.owner.removesuffix("_id"), sorted(owners))
    later = Q(recorded_at__gt=done.at) | Q(superseded_at__gt=done.at) | Q(confirmed_at__gt=done.at)
    if rows.filter(later).exists():
        raise _later()


def _backwards(
    kind: Kind, stated: list[Circumstance], touched: list[Circumstance], done: Deed
) -> Plan:
    """What takes the deed back: its statements closed, what it closed or confirmed as before."""
    believed = [row for row in touched if row.superseded_at is None]
    restate = [as_belief(kind, row) for row in touched]
    restate = [
        replace(belief, statement=replace(belief.statement, confirmed=False))
        if row.confirmed_at == done.at
        else belief
        for row, belief in zip(touched, restate, strict=True)
    ]
    return Plan(close=[row.pk for row in (*stated, *believed)], restate=restate)


def _later() -> Refusal:
    return Refusal(
        "UNDO-LATER",
        N_("导入以后，同一批人或户又登记、更正过情况，不能整体撤销；请逐项更正"),
    )
