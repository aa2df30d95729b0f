"""Changing keys (更换密钥) from beginning to end, block by block, while the office works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.access.actions.keys import begin_key, index_block, seal_block, use_key
from doudi.access.queries.keys import rows_to_index, rows_to_seal
from doudi.access.sealed_columns import sealed_columns

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from doudi.access.actions.keys import Block, Sealed
    from doudi.access.models import Officer

    Tell = Callable[[int, int], None]
    """Told after each block how many rows are done, and of how many."""


@dataclass(slots=True)
class Rotated:
    """The version that everything is sealed by now, and how many rows were written for that."""

    version: int
    rows: int = 0


def rotate_keys(*, again: bool, actor: Officer, at: datetime, tell: Tell) -> Rotated:
    """Bring everything under a new version of the key, or finish what was begun.

    Killed at any moment and given again it goes on with what is left. Refuses as the actions do.
    """
    done = Rotated(begin_key(again=again, actor=actor, at=at))
    unique = [each for each in sealed_columns() if each[1].next_index]
    to_do = sum(rows_to_index(*each, done.version).count() for each in unique) + sum(
        rows_to_seal(*each, done.version).count() for each in sealed_columns()
    )

    def through(action: Callable[..., Block | None], sealed: Sealed) -> None:
        after = 0
        while block := action(sealed, after=after, actor=actor, at=at):
            after = block.last
            done.rows += block.rows
            tell(done.rows, to_do)

    while True:
        for each in unique:
            through(index_block, each)
        if use_key(actor=actor, at=at):
            break
    for each in sealed_columns():
        through(seal_block, each)
    return done
