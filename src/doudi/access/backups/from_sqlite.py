"""A database of SQLite for a backup: copied whole at one moment while others go on writing.

The copy is made by SQLite's own backup, in one step within one read transaction: in WAL mode
nobody waits for it, and what is written meanwhile is not in it. A plain copy of the file would
lack what still stands in the log.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from doudi.access.backups.manifest import Ask

_BLOCK = 1 << 20
_SECONDS = 20.0
"""How long to wait for a lock."""
_OURS_ALONE = 0o600


def copy_database(source: Path, to: Path) -> None:
    """Copy a database as it stands now into a single file, readable by its owner alone."""
    to.touch(mode=_OURS_ALONE)
    read_only = f"file:{_quoted(source)}?mode=ro"
    with (
        closing(sqlite3.connect(read_only, uri=True, timeout=_SECONDS)) as living,
        closing(sqlite3.connect(to)) as copy,
    ):
        living.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file's content, block by block."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def asking(path: Path) -> tuple[sqlite3.Connection, Ask]:
    """A connection to a copy, and how to ask it."""
    copy = sqlite3.connect(path)
    register(copy)  # constraints call functions that Django brings

    def ask(query: str) -> list[tuple[Any, ...]]:
        return copy.execute(query).fetchall()

    return copy, ask


def refuse_if_damaged(path: Path) -> None:
    """Refuse with BAK-DAMAGED a copy in whose pages SQLite itself finds fault."""
    copy, ask = asking(path)
    with closing(copy):
        try:
            found = ask("PRAGMA quick_check(1)")
        except sqlite3.DatabaseError as error:
            found = [(str(error),)]
    if found != [("ok",)]:
        message = N_("数据库文件已损坏（{found}），不能作为备份；请改用以前的备份")
        raise Refusal("BAK-DAMAGED", message, found=str(found[0][0])[:200])


def _quoted(path: Path) -> str:
    """A path within a URI."""
    text = path.absolute().as_posix()
    return text.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
