"""Facts recorded, confirmed, corrected, ended, withdrawn: never edited, never erased.

One and a hundred thousand go the same way: what is believed is read, a plan is made and checked,
the plan is written; a fixed number of statements.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from doudi.access.bulk import update_where
from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.actions.checking import checked_plan, errors, faults_of_change
from doudi.registry.actions.writing import carry_out, take_turn
from doudi.registry.kinds import kind_named, kind_of
from doudi.registry.planning import Plan
from doudi.registry.queries.beliefs import as_belief
from doudi.registry.statements import Recorded, Statement, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from doudi.access.models import Officer
    from doudi.registry.kinds import Kind
    from doudi.registry.models import Circumstance


def record_circumstances(
    kind: str,
    *,
    statements: Sequence[Statement],
    actor: Officer,
    at: datetime,
    why: str,
    revise: bool = False,
    accept_warnings: bool = False,
) -> Recorded:
    """Record facts of one kind, all or, when one has a fault, none; answers what became of them.

    `kind` is the short name of a kind, such as `income` (`kinds.KINDS`). With `revise`, as a
    ledger is read: the same again changes nothing; other values from the same day correct; an
    open fact ends the day before a later one begins. Without it every overlap is a fault.
    Warnings are faults too unless accepted.
    """
    of = kind_named(kind)
    with deed(actor=actor, act="record_circumstances", why=why, at=at):
        take_turn()
        plan = checked_plan(of, statements, at=at, revise=revise)
        faults = errors(plan.faults) if accept_warnings else plan.faults
        if faults:
            return Recorded(faults=faults, notices=plan.notices)
        carry_out(of, plan, actor=actor, at=at)
    return Recorded(
        new=len(plan.state) - plan.corrected,
        corrected=plan.corrected,
        ended=len(plan.restate),
        confirmed=len(plan.confirm),
        unchanged=plan.unchanged,
        notices=plan.notices,
    )


def correct_circumstance(  # noqa: PLR0913 - whatever a fact says may have been wrong
    row: Circumstance,
    *,
    values: Mapping[str, Any] | None = None,
    valid_from: date | None = None,
    source: str,
    note: str | None = None,
    confirmed: bool = True,
    actor: Officer,
    at: datetime,
    why: str,
) -> None:
    """Say what a recorded fact should have said: the belief in it ends, and it is stated anew.

    Columns left out stay as they were; `end_circumstance` says when it ended.
    """
    kind = kind_of(type(row))
    old = as_belief(kind, row).statement
    new = replace(
        old,
        values={**old.values, **(values or {})},
        valid_from=valid_from or old.valid_from,
        source=source,
        note=old.note if note is None else note,
        confirmed=confirmed,
    )
    if old.confirmed and not confirmed:
        raise Refusal(
            "CLAIM-ONLY",
            N_("{first} 起的记录已经确认，未经确认的说法不能改动它，请先核实"),
            first=old.valid_from,
        )
    _replace(kind, row, new, act="correct_circumstance", actor=actor, at=at, why=why)


def end_circumstance(
    row: Circumstance,
    *,
    valid_to: date | None,
    actor: Officer,
    at: datetime,
    why: str,
) -> None:
    """Say which day a recorded fact ended; None, that it goes on after all."""
    kind = kind_of(type(row))
    ended = replace(as_belief(kind, row).statement, valid_to=valid_to)
    _replace(kind, row, ended, act="end_circumstance", actor=actor, at=at, why=why)


def withdraw_circumstance(row: Circumstance, *, actor: Officer, at: datetime, why: str) -> None:
    """Say that a recorded fact was never so; it stays on record as once believed."""
    kind = kind_of(type(row))
    with deed(actor=actor, act="withdraw_circumstance", why=why, at=at):
        take_turn()
        _require_believed(row, at)
        plan = Plan(close=[row.pk])
        refuse(errors(list(faults_of_change(kind, plan, {row.pk: as_belief(kind, row)}, at))))
        carry_out(kind, plan, actor=actor, at=at)


def confirm_circumstance(row: Circumstance, *, actor: Officer, at: datetime, why: str) -> None:
    """Confirm what was only claimed: from now on it counts for money."""
    with deed(actor=actor, act="confirm_circumstance", why=why, at=at):
        take_turn()
        _require_believed(row, at)
        if row.confirmed_at is not None:
            raise Refusal("CONFIRMED", N_("{first} 起的这条记录已经确认过"), first=row.valid_from)
        update_where(type(row), [row.pk], {"confirmed_at": at, "confirmed_by": actor.pk})


def _replace(
    kind: Kind,
    row: Circumstance,
    new: Statement,
    *,
    act: str,
    actor: Officer,
    at: datetime,
    why: str,
) -> None:
    """Close the belief in a row and state it anew, under the same checks as any statement."""
    with deed(actor=actor, act=act, why=why, at=at):
        take_turn()
        _require_believed(row, at)
        plan = checked_plan(kind, [new], at=at, replacing=as_belief(kind, row))
        refuse(errors(plan.faults))
        carry_out(kind, plan, actor=actor, at=at)


def _require_believed(row: Circumstance, at: datetime) -> None:
    """Look the row up again under the lock; refuse one superseded, or recorded after `at`."""
    row.refresh_from_db()
    if row.superseded_at is not None:
        raise Refusal(
            "PER-GONE", N_("{first} 起的这条记录已被更正，请刷新后再办"), first=row.valid_from
        )
    if at < row.recorded_at:
        raise Refusal(
            "AT-ORDER",
            N_("这条记录登记于 {recorded}，不能在更早的时刻改动它"),
            recorded=f"{localtime(row.recorded_at):%Y-%m-%d %H:%M}",
        )
