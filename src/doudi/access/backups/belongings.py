"""Belongings (随带文件): what an office keeps beside its database, file by file.

Everything in its folder belongs to it but the database, the key file, hidden files, which are
scratch, backups, and what an earlier restore has put aside.
"""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from doudi.access.backups.envelope import MAGIC, changed
from doudi.access.folders import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ASIDE = "replaced-"
"""How the name of a folder begins that holds an office that was replaced."""
SQLITE = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""
_OURS_ALONE = 0o700


@dataclass(frozen=True, slots=True)
class Belonging:
    """A file, and its name within the office's folder, with strokes on every system."""

    path: Path
    name: str

    @property
    def is_database(self) -> bool:
        """Whether it is a database of SQLite (a queue, say), to be copied as one."""
        return _begins_with(self.path, SQLITE)


def database_file() -> Path | None:
    """Where the office's database lies; None where a server has it."""
    if connection.vendor != "sqlite":
        return None
    return Path(connection.settings_dict["NAME"])


def belongings() -> Iterator[Belonging]:
    """Every file that belongs to the office, beside its database and its key file."""
    home = Path(settings.HOME)
    apart = {Path(settings.KEY_FILE).absolute(), *(_with_beside(database_file()))}
    for folder, names, files in os.walk(home):
        here = Path(folder)
        names[:] = sorted(name for name in names if not _is_apart(name))
        for file in sorted(files):
            path = here / file
            if file.startswith(".") or path.absolute() in apart or not _is_kept(path):
                continue
            yield Belonging(path, path.relative_to(home).as_posix())


def place_of(home: Path, name: str) -> Path:
    """Where a file of this name goes in a folder; refuses BAK-CHANGED a name that leads out."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
        raise changed()
    return home.joinpath(*parts)


def put_aside(at: datetime) -> Path | None:
    """Move what an office has into a folder of its own, the database first; None if nothing.

    Whoever is stopped in between leaves no database where the office is looked for, and can do
    the same again.
    """
    home = Path(settings.HOME)
    aside = home / f"{ASIDE}{at:%Y%m%dT%H%M%S}"
    moves = [(path, path.name) for path in _with_beside(database_file()) if path.exists()]
    if Path(settings.KEY_FILE).exists():
        moves.append((Path(settings.KEY_FILE), f"keys/{Path(settings.KEY_FILE).name}"))
    moves += [(each.path, each.name) for each in belongings()]
    for path, name in moves:
        move(path, _free(place_of(aside, name)))
    return aside if moves else None


def move(path: Path, to: Path) -> None:
    """Move a file, lastingly, making the folder that it goes to.

    A key file or a database may lie on another disk than the office's folder: then it is copied,
    and has its name only when it is whole.
    """
    to.parent.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    try:
        path.replace(to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        draft = to.with_name(f".{to.name}.part")
        shutil.copy2(path, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(to)
        path.unlink()
    settle(to.parent)


def _free(path: Path) -> Path:
    """A name that nothing bears yet: an office put aside in two goes loses nothing."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def _with_beside(database: Path | None) -> list[Path]:
    """A database and what SQLite keeps beside it."""
    if database is None:
        return []
    database = database.absolute()
    return [database, *(database.with_name(database.name + suffix) for suffix in _BESIDE)]


def _is_apart(folder: str) -> bool:
    return folder.startswith((".", ASIDE))


def _is_kept(path: Path) -> bool:
    """Whether it is a file, and neither a backup nor what SQLite keeps beside some database."""
    if path.is_symlink() or not path.is_file():
        return False
    for suffix in _BESIDE:
        database = path.with_name(path.name.removesuffix(suffix))
        if path.name.endswith(suffix) and _begins_with(database, SQLITE):
            return False
    return not _begins_with(path, MAGIC)


def _begins_with(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except FileNotFoundError:
        return False
