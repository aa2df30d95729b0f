"""Sealing the journal (封存): one more link of the hash chain over all that is not yet sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from doudi.access.chain import GENESIS, sum_up
from doudi.access.models import Seal

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer


@transaction.atomic
def seal_journal(*, actor: Officer, at: datetime) -> Seal | None:
    """Seal every entry that is not sealed yet; answers the newest seal, None in an empty journal.

    Its digest is the head of the chain, to be printed and kept away from this machine. The seal
    is its own record: it is not journaled.
    """
    _wait_for_writers()
    newest = Seal.objects.order_by("last_entry").last()
    after, previous = (newest.last_entry, newest.digest) if newest else (0, GENESIS)
    total = sum_up(after=after, last=None, previous=previous, sealed_by=actor.pk, at=at)
    if not total.count:
        return newest
    return Seal.objects.create(
        first_entry=total.first,
        last_entry=total.last,
        count=total.count,
        previous=previous,
        digest=total.digest,
        at=at,
        sealed_by=actor,
    )


def _wait_for_writers() -> None:
    """Let whoever has numbered an entry without committing finish, so that none is skipped.

    On SQLite this transaction holds the only right to write already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE access_entry IN SHARE ROW EXCLUSIVE MODE")
