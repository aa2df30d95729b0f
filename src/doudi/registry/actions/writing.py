"""Writing a plan down: believed rows closed, statements stated, each set in one statement.

An account's or a phone's number is sealed for its own row; when the row is stated anew, so is
the seal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connection

from doudi.access.bulk import insert_columns, update_where
from doudi.kernel.vocabulary import Word
from doudi.registry.checks.shape import NUMBER, NUMBER_INDEX, NUMBER_SEALED
from doudi.registry.models import Account, Circumstance, Phone, SealedField
from doudi.registry.numbers import number_index, opened_number, sealed_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.kinds import Kind
    from doudi.registry.planning import Plan
    from doudi.registry.statements import Statement

_LOCK = 0x646F7564
"""The registry's number among PostgreSQL's advisory locks."""
_SEALED: dict[type[Circumstance], SealedField] = {
    Account: SealedField.ACCOUNT,
    Phone: SealedField.PHONE,
}


def take_turn() -> None:
    """Wait until nobody else writes facts: two writers could each miss the other's overlap.

    On SQLite the deed's transaction already holds the only right to write.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def with_index(kind: Kind, statement: Statement) -> Statement:
    """An account or a phone as it is compared: by the index of its number beside the number."""
    field = _SEALED.get(kind.model)
    if field is None or NUMBER not in statement.values:
        return statement
    index = number_index(field, statement.values[NUMBER])
    return replace(statement, values={**statement.values, NUMBER_INDEX: index})


def carry_out(kind: Kind, plan: Plan, *, actor: Officer, at: datetime) -> None:
    """Write a plan without faults."""
    update_where(kind.model, plan.close, {"superseded_at": at})
    update_where(kind.model, plan.confirm, {"confirmed_at": at, "confirmed_by": actor.pk})
    statements = [*plan.state, *(belief.statement for belief in plan.restate)]
    if statements:
        insert_columns(kind.model, _columns(kind, statements, actor, at))


def _columns(
    kind: Kind, statements: Sequence[Statement], actor: Officer, at: datetime
) -> dict[str, list[Any]]:
    """The statements as columns of their table."""
    columns: dict[str, list[Any]] = {
        kind.owner.removesuffix("_id"): [each.owner for each in statements],
        "valid_from": [each.valid_from for each in statements],
        "valid_to": [each.valid_to for each in statements],
        "recorded_at": [at] * len(statements),
        "superseded_at": [None] * len(statements),
        "recorded_by": [actor.pk] * len(statements),
        "confirmed_at": [at if each.confirmed else None for each in statements],
        "confirmed_by": [actor.pk if each.confirmed else None for each in statements],
        "source": [each.source for each in statements],
        "note": [each.note for each in statements],
    }
    for column in (*kind.words, *kind.model.VALUES):
        columns[column.removesuffix("_id")] = [_plain(each.values[column]) for each in statements]
    if kind.model in _SEALED:
        uids = [uuid4() for _ in statements]
        columns["uid"] = uids
        columns[NUMBER_SEALED] = [
            _sealed(_SEALED[kind.model], statement, uid)
            for statement, uid in zip(statements, uids, strict=True)
        ]
    return columns


def _plain(value: Any) -> Any:  # noqa: ANN401 - as columns are
    """A value as it is stored: a word as its code."""
    return str(value) if isinstance(value, Word) else value


def _sealed(field: SealedField, statement: Statement, uid: UUID) -> str:
    """The number sealed for a new row, be it given in the clear or sealed for an old one."""
    values = statement.values
    number = values.get(NUMBER) or opened_number(field, values[NUMBER_SEALED], values["uid"])
    return sealed_number(field, number, uid)
