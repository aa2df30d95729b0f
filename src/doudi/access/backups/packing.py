"""Packing (打包): the office as it stands at one moment, into one file that is whole or not there.

First the database, then the key file: whatever the snapshot was sealed with is in a key file
read later. Files come last, for a row may name a file but no file a row.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.db import connection

from doudi.access.backups import from_postgresql, from_sqlite
from doudi.access.backups.belongings import belongings, database_file
from doudi.access.backups.envelope import EnvelopeWriter
from doudi.access.backups.manifest import Manifest, manifest_of
from doudi.access.backups.parcels import BLOCK, write_end, write_parcel
from doudi.access.backups.turns import scratch
from doudi.access.folders import settle
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    Tell = Callable[[int], None]
    """Told again and again how many bytes were packed."""

MANIFEST, DATABASE, KEYS, TABLE, FILE = "manifest", "database", "keys", "table/", "file/"
"""The names of parcels, or how they begin."""
_OURS_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Packed:
    """A backup that was made: what it says of itself, its files beside the database, its size."""

    manifest: Manifest
    files: int
    size: int


def make_backup(path: Path, passphrase: bytes, *, at: datetime, tell: Tell) -> Packed:
    """Pack the office into a file, which appears under its name when it is whole and lasting.

    Others go on working. Refuses BAK-NONE without an office, BAK-DAMAGED a database with broken
    pages, BAK-BUSY while another backup runs; raises FileExistsError where the file is there.
    """
    if path.exists():
        raise FileExistsError(17, os.strerror(17), str(path))
    if connection.vendor == "sqlite" and not _has_database():
        raise Refusal("BAK-NONE", N_("这里还没有办公室，没有可备份的内容；请核对 DOUDI_HOME"))
    draft = path.with_name(f".{path.name}.part")
    with scratch() as place:
        try:
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, _OURS_ALONE)
            with os.fdopen(handle, "wb") as file:
                packing = _Packing(EnvelopeWriter(file, passphrase), at, tell)
                packing.pack(place)
                _make_last(file)
            _take_name(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    return Packed(packing.manifest, packing.files, path.stat().st_size)


class _Packing:
    """One backup in the making."""

    def __init__(self, sink: EnvelopeWriter, at: datetime, tell: Tell) -> None:
        self._sink, self._at, self._tell = sink, at, tell
        self._packed = 0
        self.files = 0
        self.manifest: Manifest

    def pack(self, place: Path) -> None:
        """Everything, in its order."""
        if connection.vendor == "postgresql":
            self._pack_tables()
        else:
            self._pack_database(place / DATABASE)
        self._put(KEYS, [Path(settings.KEY_FILE).read_bytes()])
        for each in belongings():
            with suppress(FileNotFoundError):  # gone since it was listed
                if each.is_database:
                    copy = place / "copy"
                    from_sqlite.copy_database(each.path, copy)
                    self._put(FILE + each.name, from_sqlite.blocks_of(copy))
                    copy.unlink()
                else:
                    self._put_file(each.path, each.name)
                self.files += 1
        write_end(self._sink)
        self._sink.finish()

    def _pack_database(self, copy: Path) -> None:
        database = database_file()
        assert database is not None  # noqa: S101 - of SQLite
        from_sqlite.copy_database(database, copy)
        from_sqlite.refuse_if_damaged(copy)
        snapshot, ask = from_sqlite.asking(copy)
        with closing(snapshot):
            self._put_manifest(manifest_of(ask, connection.vendor, self._at))
        self._put(DATABASE, from_sqlite.blocks_of(copy))
        copy.unlink()

    def _pack_tables(self) -> None:
        with from_postgresql.snapshot() as (snapshot, ask):
            self._put_manifest(manifest_of(ask, connection.vendor, self._at))
            for table in from_postgresql.carried_tables(self.manifest.tables):
                self._put(TABLE + table, from_postgresql.table_blocks(snapshot, table))

    def _put_manifest(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self._put(MANIFEST, [manifest.as_bytes()])

    def _put_file(self, path: Path, name: str) -> None:
        """A file, opened before its name is written: one that is gone leaves nothing half said."""
        with path.open("rb") as file:
            self._put(FILE + name, iter(lambda: file.read(BLOCK), b""))

    def _put(self, name: str, blocks: Iterable[bytes]) -> None:
        write_parcel(self._sink, name, self._told(blocks))

    def _told(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        for block in blocks:
            yield block
            self._packed += len(block)
            self._tell(self._packed)


def _has_database() -> bool:
    database = database_file()
    return database is not None and database.is_file()


def _make_last(file: IO[bytes]) -> None:
    """Wait until the disk has it."""
    file.flush()
    os.fsync(file.fileno())


def _take_name(draft: Path, path: Path) -> None:
    """Give the whole file its name, unless another file came to bear it in the meantime."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a stick's file system has no second names
        draft.rename(path)
    settle(path.parent)
