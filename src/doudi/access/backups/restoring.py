"""Restoring (恢复): an office from a backup, which is wholly read and verified before it counts.

The old office is never overwritten but put aside: its files in a folder, its tables of
PostgreSQL in a schema of their own. Whoever was stopped in between gives the command again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from doudi.access.backups import from_postgresql, from_sqlite
from doudi.access.backups.belongings import ASIDE, database_file, move, place_of, put_aside
from doudi.access.backups.checking import (
    refuse_newer,
    verify_database,
    verify_office,
    with_keys_of,
)
from doudi.access.backups.envelope import changed
from doudi.access.backups.manifest import Manifest
from doudi.access.backups.packing import TABLE
from doudi.access.backups.turns import scratch
from doudi.access.backups.unpacking import opened, stage
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.backups.packing import Tell
    from doudi.access.backups.unpacking import Staged


@dataclass(frozen=True, slots=True)
class Restored:
    """An office restored: what the backup said, its files, and where the old one was put aside."""

    manifest: Manifest
    files: int
    aside: str


def restore_backup(
    path: Path, passphrase: bytes, *, replace: bool, at: datetime, tell: Tell
) -> Restored:
    """Make the office of a backup the one at hand; nothing is touched before all is verified.

    `replace` puts a living office aside. Refuses BAK-LIVING where there is one without it,
    BAK-KIND a backup of the other kind of database, and as `check_backup` does.
    """
    if not replace and _is_living():
        raise _living(str(database_file() or connection.settings_dict["NAME"]))
    with scratch() as place:
        staged = stage(path, passphrase, place, tell)
        if staged.manifest.database != connection.vendor:
            message = N_("备份来自{theirs}，这里用的是{ours}；请把 DOUDI_DATABASE_URL 改成同一种")
            raise Refusal(
                "BAK-KIND", message, theirs=staged.manifest.database, ours=connection.vendor
            )
        refuse_newer(staged.manifest)
        if not replace:
            _refuse_other_files(staged)
        if connection.vendor == "postgresql":
            aside = _restore_tables(path, passphrase, staged, replace=replace, at=at)
        else:
            verify_database(staged)
            aside = _move_in(staged, replace=replace, at=at)
    return Restored(staged.manifest, len(staged.files), aside)


def _restore_tables(
    path: Path, passphrase: bytes, staged: Staged, *, replace: bool, at: datetime
) -> str:
    """Load, verify and move in within one transaction: until its end the old tables stand.

    Files are moved before the end, since a key without its tables is mended by the same command.
    """
    with transaction.atomic():
        schema = f"{ASIDE.rstrip('-')}_{at:%Y%m%dt%H%M%S}"
        kept = "" if from_postgresql.is_empty() else schema
        if kept:
            from_postgresql.set_schema_aside(kept)
        # Without triggers, which `migrate` as a command sets up: these rows are in the journal.
        MigrationExecutor(connection).migrate(list(staged.manifest.migrations))
        call_command("createcachetable", verbosity=0)  # a table that no migration makes
        _load(path, passphrase, staged.manifest)
        if staged.manifest.rows_unlike(from_postgresql.ask_here):
            raise changed()
        with with_keys_of(staged):
            verify_office(staged.manifest)
        aside = _move_in(staged, replace=replace, at=at)
    return ", ".join(part for part in (kept, aside) if part)


def _load(path: Path, passphrase: bytes, manifest: Manifest) -> None:
    """Read the file once more, and write the rows of every table."""
    tables = from_postgresql.carried_tables(manifest.tables)
    with connection.cursor() as cursor:
        names = ", ".join(f'"{table}"' for table in tables)
        cursor.execute(f"TRUNCATE {names}")
    with opened(path, passphrase) as (_, rest):
        for name, blocks in rest:
            if name.startswith(TABLE):
                columns, lines = from_postgresql.split_head(blocks)
                from_postgresql.load_table(name.removeprefix(TABLE), columns, lines)
    from_postgresql.check_foreign_keys()
    from_postgresql.set_numbering()


def _move_in(staged: Staged, *, replace: bool, at: datetime) -> str:
    """Put the files where the office looks for them, the database last; answers what is aside."""
    connection_is_file = connection.vendor == "sqlite"
    if connection_is_file:
        connection.close()
    aside = put_aside(at) if replace else None
    for name in staged.files:
        move(staged.file(name), place_of(Path(settings.HOME), name))
    move(staged.keys, Path(settings.KEY_FILE))
    database = database_file()
    if database is not None:
        move(staged.database, database)
    return str(aside or "")


def _is_living() -> bool:
    """Whether there is an office's database here already."""
    database = database_file()
    if database is None:
        return not from_postgresql.is_empty()
    return database.exists() and database.stat().st_size > 0


def _refuse_other_files(staged: Staged) -> None:
    """Refuse where a file of the backup would overwrite another; the same may stand there already.

    So whoever was stopped as the files were moved in can begin again.
    """
    targets = {staged.keys: Path(settings.KEY_FILE)}
    targets |= {staged.file(name): place_of(Path(settings.HOME), name) for name in staged.files}
    for file, target in targets.items():
        if target.exists() and not _is_same(file, target):
            raise _living(str(target))


def _is_same(one: Path, other: Path) -> bool:
    pairs = zip(from_sqlite.blocks_of(one), from_sqlite.blocks_of(other), strict=False)
    return one.stat().st_size == other.stat().st_size and all(a == b for a, b in pairs)


def _living(path: str) -> Refusal:
    message = N_("这里已经有办公室（{path}），没有改动；确要替换请加 --replace，原来的会留存在一旁")
    return Refusal("BAK-LIVING", message, path=path)
