"""Deeds (操作): the one way to change a journaled table, with an actor, an act and a reason.

`deed` opens the transaction and tells the database who acts; the triggers of `access.triggers`
write the entries. Outside of a deed the database refuses to write.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from sqlite3 import OperationalError
from typing import TYPE_CHECKING

from django.db import connection, transaction

from doudi.access.models import Deed, Officer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass(slots=True)
class _Open:
    """The deed under way: its reserved number, its officer, and whether it has written."""

    number: int
    actor: Officer
    has_written: bool = False


_open: ContextVar[_Open | None] = ContextVar("doudi_deed", default=None)


@contextmanager
def deed(*, actor: Officer, act: str, why: str, at: datetime) -> Iterator[None]:
    """Do something in one transaction, as `actor`, for the reason `why`, at the moment `at`.

    A deed within a deed of the same officer joins it. A deed that changes nothing leaves no
    trace. `actor` may be saved inside of the deed, as the very first officer is. Raises
    ValueError when `why` is empty, `at` has no zone, or the outer deed is somebody else's.
    """
    if not why.strip() or not act or at.tzinfo is None:
        raise ValueError("a deed needs an act, a reason and a moment with its zone")
    outer = _open.get()
    if outer is not None:
        if outer.actor.username != actor.username:
            raise ValueError("a deed of one officer inside of another officer's deed")
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        under_way = _Open(_reserve(), actor)
        token = _open.set(under_way)
        try:
            yield
        finally:
            _open.reset(token)
        if _close(under_way):
            Deed.objects.create(id=under_way.number, actor=actor, act=act, why=why[:300], at=at)


def _reserve() -> int:
    """Take the next deed's number and tell the database that it is under way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT n, set_config('doudi.deed', n::text, true),"
                " set_config('doudi.has_written', '', true)"
                " FROM nextval(pg_get_serial_sequence('access_deed', 'id')) AS n"
            )
        else:
            _teach_sqlite()
            # Transactions are IMMEDIATE: this connection holds the only right to write.
            cursor.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM access_deed")
        return int(cursor.fetchone()[0])


def _close(under_way: _Open) -> bool:
    """Tell the database that the deed is over; answers whether it changed anything."""
    if connection.vendor != "postgresql":
        return under_way.has_written
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('doudi.has_written', true), set_config('doudi.deed', '', true)"
        )
        return bool(cursor.fetchone()[0])


def _teach_sqlite() -> None:
    """Give this connection the function that the triggers call, once."""
    raw = connection.connection
    try:
        raw.execute("SELECT doudi_deed_known()")
    except OperationalError:
        raw.create_function("doudi_deed", 0, _number_for_sqlite)
        raw.create_function("doudi_deed_known", 0, lambda: 1)
        raw.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE shows what it removes


def _number_for_sqlite() -> int | None:
    """The number of the deed under way; null, which the triggers refuse, outside of one."""
    under_way = _open.get()
    if under_way is None:
        return None
    under_way.has_written = True
    return under_way.number
