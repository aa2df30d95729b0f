"""`flush` for a test's own database: anywhere else the journal lets nothing be emptied."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connection

from doudi.access.triggers import install_triggers, remove_triggers


class Command(flush.Command):
    """Django's own command, for databases that a test run made."""

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Empty every table, the journal's too; refuses a database that isn't a test's."""
        if not _is_made_for_a_test():
            raise CommandError("only a test's database may be flushed: the journal stands for ever")
        remove_triggers()
        super().handle(**options)
        install_triggers()


def _is_made_for_a_test() -> bool:
    """Whether Django named this database for a test run, or it lives in memory alone."""
    name = str(connection.settings_dict["NAME"]).rsplit("/", 1)[-1]
    return name.startswith("test_") or "memory" in name
