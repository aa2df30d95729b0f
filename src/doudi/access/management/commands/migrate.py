"""`migrate`, then the journal's triggers on whatever tables there are now."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from doudi.access.triggers import install_triggers, remove_triggers


class Command(migrate.Command):
    """Django's own command, with the triggers set up after it.

    SQLite rebuilds a table to change it, which triggers on other tables would not survive: there
    they are taken away first, when there is anything to do. Data is never changed in a migration
    but in an action, so nothing goes unjournaled meanwhile.
    """

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Migrate and install, or only show the plan."""
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        if connection.vendor == "sqlite" and _is_behind():
            remove_triggers()
        super().handle(*args, **options)
        install_triggers()


def _is_behind() -> bool:
    """Whether some migration has not been applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
