"""Turns (轮流): who writes facts, or changes the keys that they are sealed with, does so alone."""

from __future__ import annotations

from django.db import connection

_FACTS = 0x646F7564
"""The number of this turn among PostgreSQL's advisory locks."""


def wait_for_facts() -> None:
    """Wait, within a deed, until nobody else writes facts or changes keys; kept to the deed's end.

    On SQLite the deed's transaction already holds the only right to write.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FACTS])
