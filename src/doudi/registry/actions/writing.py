"""Writing a plan down: believed rows closed, statements stated, each set in one statement.

An account's or a phone's number is sealed for its own row; when the row is stated anew, so is
the seal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from doudi.access.bulk import insert_columns, update_where
from doudi.access.turns import wait_for_facts
from doudi.kernel.vocabulary import Word
from doudi.registry.checks.shape import NUMBER, NUMBER_INDEX, NUMBER_SEALED
from doudi.registry.models import Account, Circumstance, Phone, SealedField
from doudi.registry.numbers import index_numbers, opened_number, sealed_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.kinds import Kind
    from doudi.registry.planning import Plan
    from doudi.registry.statements import Statement

_SEALED: dict[type[Circumstance], SealedField] = {
    Account: SealedField.ACCOUNT,
    Phone: SealedField.PHONE,
}


def take_turn() -> None:
    """Wait until nobody else writes facts: two writers could each miss the other's overlap."""
    wait_for_facts()


def with_indexes(kind: Kind, statements: Sequence[Statement]) -> list[Statement]:
    """Accounts and phones as they are compared: by the index of the number, beside it."""
    field = _SEALED.get(kind.model)
    if field is None:
        return list(statements)
    given = [each for each in statements if NUMBER in each.values]
    indexes = index_numbers(field, [each.values[NUMBER] for each in given])
    indexed = {
        id(each): replace(each, values={**each.values, NUMBER_INDEX: index})
        for each, index in zip(given, indexes, strict=True)
    }
    return [indexed.get(id(each), each) for each in statements]


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
        numbers = [_in_clear(_SEALED[kind.model], each) for each in statements]
        columns["uid"] = uids
        columns[NUMBER_SEALED] = sealed_numbers(_SEALED[kind.model], numbers, uids)
    return columns


def _plain(value: Any) -> Any:  # noqa: ANN401 - as columns are
    """A value as it is stored: a word as its code."""
    return str(value) if isinstance(value, Word) else value


def _in_clear(field: SealedField, statement: Statement) -> str:
    """The number of a statement, given in the clear or sealed for an old row."""
    values = statement.values
    if NUMBER in values:
        return str(values[NUMBER])
    return opened_number(field, values[NUMBER_SEALED], values["uid"])
