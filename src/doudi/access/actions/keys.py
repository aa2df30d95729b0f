"""Writes about the office's keys: a new version, and every sealed value brought under it.

While two versions live, a row that must be unique is indexed by both: first every row gets the
second index (`index_block`), then the new version comes into use (`use_key`), and then the rows
are sealed and indexed by it (`seal_block`). A block is a deed: whoever is stopped goes on from
the rows that are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.bulk import update_columns
from doudi.access.journal import deed
from doudi.access.keys import add_key, office_keys
from doudi.access.models import KeyCheck
from doudi.access.queries import require_administrator
from doudi.access.queries.keys import rows_to_index, rows_to_seal
from doudi.access.sealed_columns import sealed_columns, table_of
from doudi.access.turns import wait_for_facts
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import Unopened, blind_index, check_value, seal, unseal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from doudi.access.models import Officer
    from doudi.kernel.sealing import Key, SealedColumn

    Sealed = tuple[type[Model], SealedColumn]

ROWS_A_BLOCK = 1000
_WHY = "更换密钥"


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one deed: the last one's id, and how many."""

    last: int
    rows: int


def begin_key(*, again: bool, actor: Officer, at: datetime) -> int:
    """Make a new version of the key, or go on with one that isn't everywhere yet; its version.

    An administrator's deed (NOT-ALLOWED). Refuses KEY-FRESH a second new version within a day
    unless `again`, so that giving the command once more after a mishap makes none.
    """
    require_administrator(actor, None, localdate(at))
    with deed(actor=actor, act="begin_key", why=_WHY, at=at):
        wait_for_facts()
        newest = office_keys().newest
        check = KeyCheck.objects.filter(version=newest.version).first()
        if check is None:  # whoever made it was stopped before it was on record
            _put_on_record(newest, at)
            return newest.version
        if not check.is_in_use or _is_anything_left(newest.version):
            return newest.version
        if not again and check.made_at is not None and localdate(check.made_at) == localdate(at):
            raise Refusal(
                "KEY-FRESH",
                N_("密钥第 {version} 版是今天才启用的，已全部换好；确要再换一版请加 --again"),
                version=newest.version,
            )
        key = add_key()
        _put_on_record(key, at)
        return key.version


def index_block(sealed: Sealed, *, after: int, actor: Officer, at: datetime) -> Block | None:
    """Give the next rows beyond the id `after` their second index; None when there is none.

    Refuses KEY-UNOPENED where a value does not open: nothing is lost, the rest waits.
    """
    require_administrator(actor, None, localdate(at))
    model, column = sealed
    with deed(actor=actor, act="index_block", why=_WHY, at=at):
        wait_for_facts()
        keys = office_keys()
        rows = _block(rows_to_index(model, column, keys.newest.version), column, after)
        numbers = _in_clear(model, column, rows)
        made = [blind_index(number, purpose=column.purpose, keys=keys) for number in numbers]
        update_columns(model, [row for row, *_ in rows], {column.next_index: made})
    return Block(rows[-1][0], len(rows)) if rows else None


def use_key(*, actor: Officer, at: datetime) -> bool:
    """Let look-ups be by the newest version, once every row has its index; answers whether it is.

    False where rows have come that lack it: they were written by who did not know of it yet.
    """
    require_administrator(actor, None, localdate(at))
    with deed(actor=actor, act="use_key", why=_WHY, at=at):
        wait_for_facts()
        version = office_keys().newest.version
        if any(
            rows_to_index(model, column, version).exists()
            for model, column in sealed_columns()
            if column.next_index
        ):
            return False
        KeyCheck.objects.filter(version=version, is_in_use=False).update(is_in_use=True)
    return True


def seal_block(sealed: Sealed, *, after: int, actor: Officer, at: datetime) -> Block | None:
    """Seal and index the next rows beyond the id `after` anew; None when there is none.

    Only once the version is in use. Refuses KEY-UNOPENED as `index_block` does.
    """
    require_administrator(actor, None, localdate(at))
    model, column = sealed
    with deed(actor=actor, act="seal_block", why=_WHY, at=at):
        wait_for_facts()
        keys = office_keys()
        rows = _block(rows_to_seal(model, column, keys.newest.version), column, after)
        numbers = _in_clear(model, column, rows)
        made = {
            column.column: [
                seal(number, purpose=column.purpose, place=str(uid), keys=keys)
                for number, (_, uid, _) in zip(numbers, rows, strict=True)
            ],
            column.index: [
                blind_index(number, purpose=column.purpose, keys=keys) for number in numbers
            ],
        }
        update_columns(model, [row for row, *_ in rows], made)
    return Block(rows[-1][0], len(rows)) if rows else None


def _put_on_record(key: Key, at: datetime) -> None:
    KeyCheck.objects.create(
        version=key.version, value=check_value(key), is_in_use=False, made_at=at
    )


def _is_anything_left(version: int) -> bool:
    return any(rows_to_seal(model, column, version).exists() for model, column in sealed_columns())


def _block(rows: QuerySet[Model], column: SealedColumn, after: int) -> list[tuple[int, UUID, str]]:
    """Id, uid and sealed value of the next rows."""
    return list(rows.filter(pk__gt=after).values_list("pk", "uid", column.column)[:ROWS_A_BLOCK])


def _in_clear(
    model: type[Model], column: SealedColumn, rows: list[tuple[int, UUID, str]]
) -> list[str]:
    """The values of a block, opened; refuses KEY-UNOPENED the first that doesn't."""
    keys = office_keys()
    numbers = []
    for row, uid, sealed in rows:
        try:
            numbers.append(unseal(sealed, purpose=column.purpose, place=str(uid), keys=keys))
        except Unopened as error:
            message = N_(
                "表 {table} 第 {row} 行的加密内容打不开，换密钥停在这里，其余不变；"
                "请用 doudi journal verify --tables 核查"
            )
            raise Refusal("KEY-UNOPENED", message, table=table_of(model), row=row) from error
    return numbers
