"""Unpacking (拆包): a backup read to its last byte into scratch, before anything is touched."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from doudi.access.backups import from_postgresql
from doudi.access.backups.belongings import place_of
from doudi.access.backups.envelope import EnvelopeReader, changed
from doudi.access.backups.manifest import Manifest, read_manifest
from doudi.access.backups.packing import DATABASE, FILE, KEYS, MANIFEST, TABLE
from doudi.access.backups.parcels import parcels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doudi.access.backups.packing import Tell

    Parcels = Iterator[tuple[str, Iterator[bytes]]]

_OURS_ALONE = 0o700
_MINE_ALONE = 0o600


@dataclass(slots=True)
class Staged:
    """A backup in scratch: its manifest, its database where that is a file, its keys and files."""

    manifest: Manifest
    place: Path
    files: list[str] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)

    @property
    def database(self) -> Path:
        """The database, of SQLite."""
        return self.place / DATABASE

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.place / KEYS

    def file(self, name: str) -> Path:
        """A file beside the database, by its name within the office's folder."""
        return place_of(self.place / "file", name)


@contextmanager
def opened(path: Path, passphrase: bytes) -> Iterator[tuple[Manifest, Parcels]]:
    """A backup's manifest and its other parcels; refuses as `EnvelopeReader` does."""
    with path.open("rb") as file:
        rest = parcels(EnvelopeReader(file, passphrase))
        name, blocks = next(rest, ("", iter(())))
        if name != MANIFEST:
            raise changed()
        yield read_manifest(b"".join(blocks)), rest


def stage(path: Path, passphrase: bytes, place: Path, tell: Tell) -> Staged:
    """Read all of a backup, so that every byte is known to be genuine, and lay it out in scratch.

    The tables of PostgreSQL are only counted: their rows are loaded when the file is read again.
    Refuses BAK-CHANGED where anything is missing or other than the manifest says.
    """
    read = 0

    def told(blocks: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal read
        for block in blocks:
            yield block
            read += len(block)
            tell(read)

    with opened(path, passphrase) as (manifest, rest):
        staged = Staged(manifest, place)
        for name, blocks in rest:
            _lay_out(staged, name, told(blocks))
    _refuse_if_incomplete(staged)
    return staged


def _lay_out(staged: Staged, name: str, blocks: Iterator[bytes]) -> None:
    """One parcel into scratch."""
    if name == DATABASE:
        _write(staged.database, blocks)
    elif name == KEYS:
        _write(staged.keys, blocks)
    elif name.startswith(FILE):
        file = name.removeprefix(FILE)
        _write(staged.file(file), blocks)
        staged.files.append(file)
    elif name.startswith(TABLE):
        table = name.removeprefix(TABLE)
        _, lines = from_postgresql.split_head(blocks)
        if from_postgresql.count_rows(lines) != staged.manifest.tables.get(table):
            raise changed()
        staged.tables.add(table)
    else:
        raise changed()


def _refuse_if_incomplete(staged: Staged) -> None:
    """Refuse a backup that lacks its keys or what its manifest speaks of."""
    is_whole = staged.keys.exists() and (
        staged.database.exists()
        if staged.manifest.database == "sqlite"
        else staged.tables == {*from_postgresql.carried_tables(staged.manifest.tables)}
    )
    if not is_whole:
        raise changed()


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    """A file for its owner alone, lasting before it is put anywhere."""
    path.parent.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
    with os.fdopen(handle, "wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
