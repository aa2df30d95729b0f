"""Guards (数据库守卫): triggers by which the database itself refuses what nobody may do.

The journal's triggers say who did what; a model's `GUARDS` are set up beside them after every
migrate, and `doudi journal verify` misses them when they are gone.
"""

from __future__ import annotations

from collections.abc import Mapping

Guards = Mapping[str, Mapping[str, str]]
"""By vendor of the database: name and text of each trigger and function."""

_APART = "an administrator holds no other role at the same time"
_OTHER = (
    "a.officer_id = n.officer_id AND a.id <> n.id"
    " AND (a.role = 'administrator') <> (n.role = 'administrator')"
    " AND a.valid_from <= COALESCE(n.valid_to, '9999-12-31')"
    " AND n.valid_from <= COALESCE(a.valid_to, '9999-12-31')"
)
"""That an appointment shares a day with one that must not meet it in one person."""


def of_appointments() -> Guards:
    """The guard of appointments: who manages accounts never works on cases on the same day."""
    table = "access_appointment"
    function_name = f"journal_{table}_apart"
    for_new = _OTHER.replace("n.", "NEW.").replace("a.id <> NEW.id", "a.id IS NOT NEW.id")
    looking = (
        f"    IF EXISTS (SELECT 1 FROM new_rows n JOIN {table} a ON {_OTHER}) THEN\n"
        f"        {raising(_APART)}\n    END IF;\n    RETURN NULL;"
    )
    return {
        "sqlite": {
            f"{function_name}_{verb.lower()}": (
                f'CREATE TRIGGER "{function_name}_{verb.lower()}" BEFORE {verb} ON "{table}" '
                f"FOR EACH ROW WHEN EXISTS (SELECT 1 FROM {table} a WHERE {for_new}) "
                f"BEGIN SELECT RAISE(ABORT, '{_APART}'); END"
            )
            for verb in ("INSERT", "UPDATE")
        },
        "postgresql": {
            f"{function_name}()": function(function_name, looking),
            **{
                f"journal_apart_{verb.lower()} ON {table}": (
                    f"CREATE OR REPLACE TRIGGER journal_apart_{verb.lower()} AFTER {verb} "
                    f"ON {table} REFERENCING NEW TABLE AS new_rows "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {function_name}()"
                )
                for verb in ("INSERT", "UPDATE")
            },
        },
    }


def raising(saying: str) -> str:
    """PL/pgSQL that refuses a statement as a constraint would."""
    return f"RAISE EXCEPTION '{saying}' USING ERRCODE = 'integrity_constraint_violation';"


def function(name: str, body: str) -> str:
    """A trigger function of PostgreSQL with this body."""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $journal$\nBEGIN\n{body}\nEND\n$journal$"
    )
