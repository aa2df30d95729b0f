"""Checking (检验) a backup: whether an office could be made of it, without making one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from doudi.access.backups import from_sqlite
from doudi.access.backups.envelope import changed
from doudi.access.backups.manifest import Manifest
from doudi.access.backups.turns import scratch
from doudi.access.backups.unpacking import stage
from doudi.access.keys import office_keys
from doudi.access.models import KeyCheck
from doudi.access.queries import verify_journal
from doudi.access.sealed_columns import unopened_samples
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from doudi.access.backups.packing import Tell
    from doudi.access.backups.unpacking import Staged


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that is whole: what it says of itself, and its files beside the database.

    `is_verified` says whether its journal was verified too: that takes the database itself, which
    a backup of SQLite holds as it was and one of PostgreSQL only as rows.
    """

    manifest: Manifest
    files: int
    is_verified: bool


def check_backup(path: Path, passphrase: bytes, *, tell: Tell) -> Checked:
    """Read a whole backup; a database of SQLite is laid out in scratch and verified as an office.

    Needs no office here. Refuses BAK-FORM, BAK-PASS, BAK-CHANGED, BAK-NEWER, BAK-DAMAGED, and
    what is wrong with its journal or keys by their own codes.
    """
    with scratch() as place:
        staged = stage(path, passphrase, place, tell)
        refuse_newer(staged.manifest)
        is_verified = connection.vendor == staged.manifest.database == "sqlite"
        if is_verified:
            verify_database(staged)
    return Checked(staged.manifest, len(staged.files), is_verified)


def refuse_newer(manifest: Manifest) -> None:
    """Refuse with BAK-NEWER a backup whose tables have a shape that this version doesn't know."""
    known = MigrationLoader(None).disk_migrations or {}
    if not set(manifest.migrations) <= set(known):
        message = N_("备份是较新的兜底（{theirs}）做的，这里认不得它的数据结构；请先升级")
        raise Refusal("BAK-NEWER", message, theirs=manifest.doudi)


def verify_database(staged: Staged) -> None:
    """Verify a database of SQLite in scratch as if it were the office's own."""
    from_sqlite.refuse_if_damaged(staged.database)
    copy, ask = from_sqlite.asking(staged.database)
    try:
        if staged.manifest.rows_unlike(ask):
            raise changed()
    finally:
        copy.close()
    with _in_place_of_the_office(staged):
        verify_office(staged.manifest)


def verify_office(manifest: Manifest) -> None:
    """Bring the database at hand up to this version's shape, and verify that it is the manifest's.

    The chain is computed anew and must hold the manifest's head, every row must be as the journal
    says, the keys must be this database's, and sealed values must open.
    """
    call_command("migrate", verbosity=0)
    result = verify_journal(published_head=manifest.head, with_tables=True)
    for finding in result.findings:
        raise Refusal(finding.code, finding.message, **finding.values)
    if (result.entries, result.seals, result.head) != (
        manifest.entries,
        manifest.seals,
        manifest.head,
    ):
        raise changed()
    known = {key.version for key in office_keys().keys}
    if not known >= set(KeyCheck.objects.values_list("version", flat=True)):
        raise changed()
    for table, row in unopened_samples():
        message = N_("备份中表 {table} 第 {row} 行的加密内容打不开，不能恢复；请改用另一份备份")
        raise Refusal("BAK-SEALED", message, table=table, row=row)


@contextmanager
def with_keys_of(staged: Staged) -> Iterator[None]:
    """The backup's keys in place of the office's."""
    own = settings.KEY_FILE
    settings.KEY_FILE = staged.keys
    try:
        yield
    finally:
        settings.KEY_FILE = own


@contextmanager
def _in_place_of_the_office(staged: Staged) -> Iterator[None]:
    """The connection and the keys at hand are the backup's; the office's again afterwards."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(staged.database)
    try:
        with with_keys_of(staged):
            yield
        with connection.cursor() as cursor:  # a single file again, without a log beside it
            cursor.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
