"""Guards (封存保护): triggers by which the database itself keeps sealed runs as they are.

The journal's triggers say who did what; these refuse what nobody may do. `access.triggers` sets
both up after every migrate, and `doudi journal verify` misses them when they are gone. Texts are
by database and name, as there; SQLite checks row by row, PostgreSQL once a statement.
"""

from __future__ import annotations

from doudi.access.guards import Guards, raising
from doudi.access.guards import function as made_function

_CLOSED = "COALESCE(r.sealed_at, r.cancelled_at) IS NOT NULL"
_SAYING = "a run that is sealed or cancelled stands as it is"
_ADDED_ONLY = "what went to the bank and came back is only ever added to"


def of_run() -> Guards:
    """The guard of the runs: a sealed or cancelled one is neither changed nor removed."""
    return {
        "sqlite": {
            f"journal_payments_run_stands_{verb.lower()}": (
                f'CREATE TRIGGER "journal_payments_run_stands_{verb.lower()}" BEFORE {verb} '
                'ON "payments_run" FOR EACH ROW '
                "WHEN COALESCE(OLD.sealed_at, OLD.cancelled_at) IS NOT NULL "
                f"BEGIN SELECT RAISE(ABORT, '{_SAYING}'); END"
            )
            for verb in ("UPDATE", "DELETE")
        },
        "postgresql": _postgresql("payments_run", "r", "", ("UPDATE", "DELETE")),
    }


def of_parts(table: str, *, run: str = "", payment: str = "") -> Guards:
    """The guard of a table whose rows belong to a run, by their column `run` or `payment`.

    Nothing is added to, changed in or removed from a sealed or cancelled run.
    """
    if run:
        join = f"JOIN payments_run r ON r.id = o.{run}"
        found = f"SELECT 1 FROM payments_run r WHERE r.id = {{row}}.{run} AND {_CLOSED}"
    else:
        join = (
            f"JOIN payments_payment p ON p.id = o.{payment} JOIN payments_run r ON r.id = p.run_id"
        )
        found = (
            "SELECT 1 FROM payments_payment p JOIN payments_run r ON r.id = p.run_id "
            f"WHERE p.id = {{row}}.{payment} AND {_CLOSED}"
        )
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    return {
        "sqlite": {
            f"journal_{table}_stands_{verb.lower()}": (
                f'CREATE TRIGGER "journal_{table}_stands_{verb.lower()}" BEFORE {verb} '
                f'ON "{table}" FOR EACH ROW WHEN '
                + " OR ".join(f"EXISTS ({found.format(row=row)})" for row in touched)
                + f" BEGIN SELECT RAISE(ABORT, '{_SAYING}'); END"
            )
            for verb, touched in rows.items()
        },
        "postgresql": _postgresql(table, "o", join, tuple(rows)),
    }


def append_only(table: str) -> Guards:
    """The guard of a table that is only ever added to."""
    function = f"journal_{table}_stands"
    return {
        "sqlite": {
            f"{function}_{verb.lower()}": (
                f'CREATE TRIGGER "{function}_{verb.lower()}" BEFORE {verb} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{_ADDED_ONLY}'); END"
            )
            for verb in ("UPDATE", "DELETE")
        },
        "postgresql": {
            f"{function}()": made_function(function, f"{raising(_ADDED_ONLY)}\n    RETURN NULL;"),
            **{
                f"journal_stands_{verb.lower()} ON {table}": (
                    f"CREATE OR REPLACE TRIGGER journal_stands_{verb.lower()} BEFORE {verb} "
                    f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
                )
                for verb in ("UPDATE", "DELETE")
            },
        },
    }


def _postgresql(table: str, row: str, join: str, verbs: tuple[str, ...]) -> dict[str, str]:
    """The function that looks through the rows of a statement, and the triggers that call it."""
    function = f"journal_{table}_stands"
    looks = "\n".join(
        f"    IF TG_OP IN ({ops}) THEN\n"  # apart: else the other rows are missed at once
        f"        IF EXISTS (SELECT 1 FROM {rows} {row} {join} WHERE {_CLOSED}) THEN\n"
        f"            {raising(_SAYING)}\n"
        "        END IF;\n"
        "    END IF;"
        for ops, rows in (("'UPDATE', 'DELETE'", "old_rows"), ("'INSERT', 'UPDATE'", "new_rows"))
        if rows == "old_rows" or "INSERT" in verbs
    )
    referencing = {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }
    made = {f"{function}()": made_function(function, f"{looks}\n    RETURN NULL;")}
    for verb in verbs:
        name = f"journal_stands_{verb.lower()}"
        made[f"{name} ON {table}"] = (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {verb} ON {table} "
            f"REFERENCING {referencing[verb]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )
    return made
