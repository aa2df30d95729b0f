"""The text of the journal's triggers in PostgreSQL, once a statement.

The deed under way stands in the transaction's setting `doudi.deed`; without it a statement that
touches a row of a journaled table fails. TRUNCATE, which shows no rows, is refused.
"""

from __future__ import annotations

import re
from textwrap import dedent

STANDING = """
    SELECT p.proname || '()', p.prosrc
    FROM pg_proc p
    WHERE p.proname LIKE 'journal\\_%' AND p.pronamespace = current_schema()::regnamespace
    UNION ALL
    SELECT t.tgname || ' ON ' || c.relname, pg_get_triggerdef(t.oid, true)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname LIKE 'journal\\_%' AND NOT t.tgisinternal AND t.tgenabled = 'O'
      AND c.relnamespace = current_schema()::regnamespace
"""

_NOBODY = """
    CREATE OR REPLACE FUNCTION journal_nobody() RETURNS bigint LANGUAGE plpgsql AS $journal$
    BEGIN
        RAISE EXCEPTION 'no deed under way: nobody would have done this'
            USING ERRCODE = 'integrity_constraint_violation';
    END
    $journal$
"""


def journal(
    table: str, key: str, columns: tuple[str, ...], hidden: tuple[str, ...]
) -> dict[str, str]:
    """Function and triggers of a journaled table, by name; a row is kept whole as JSON."""
    del columns
    made = {"journal_nobody()": _NOBODY, f"journal_{table}()": _recording(table, key, hidden)}
    for verb, rows in (
        ("INSERT", "NEW TABLE AS new_rows"),
        ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ("DELETE", "OLD TABLE AS old_rows"),
    ):
        name = f"journal_{verb.lower()}"
        made[f"{name} ON {table}"] = (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {verb} ON {table} REFERENCING {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION journal_{table}()"
        )
    return made | _refusing(table, "TRUNCATE")


def append_only(table: str) -> dict[str, str]:
    """The triggers of a table of the journal itself, by name: nothing is changed or removed."""
    return _refusing(table, "UPDATE") | _refusing(table, "DELETE") | _refusing(table, "TRUNCATE")


def drop(name: str) -> str:
    """The statement that removes a trigger, or a function with the triggers that call it."""
    trigger, _, table = name.partition(" ON ")
    if table:
        return f"DROP TRIGGER IF EXISTS {trigger} ON {table}"
    return f"DROP FUNCTION IF EXISTS {trigger} CASCADE"


def normal(text: str) -> str:
    """The text as it is compared: a function's body; PostgreSQL prints its own spacing."""
    body = text.split("$journal$")[1] if "$journal$" in text else text
    return re.sub(r"\s+", " ", body.replace("CREATE OR REPLACE", "CREATE")).strip()


def as_json(row: str, columns: tuple[str, ...], hidden: tuple[str, ...]) -> str:
    """SQL for a row as JSON text, with all its columns; a hidden value is left out."""
    del columns
    if not hidden:
        return f"row_to_json({row})::text"
    secrets = ", ".join(f"'{column}', 'hidden'" for column in hidden)
    return f"(to_jsonb({row}) || jsonb_build_object({secrets}))::text"


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $journal$\n{dedent(body).strip()}\n$journal$"
    )


def _refusing(table: str, verb: str) -> dict[str, str]:
    """The function that refuses, and the trigger that calls it for one verb on one table."""
    name = f"journal_no_{verb.lower()}"
    return {
        "journal_refuse()": _function(
            "journal_refuse",
            """
            BEGIN
                RAISE EXCEPTION '% of % refused: the journal is only ever added to, and a'
                    ' journaled table is never truncated', TG_OP, TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END
            """,
        ),
        f"{name} ON {table}": (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        ),
    }


def _recording(table: str, key: str, hidden: tuple[str, ...]) -> str:
    """The function that writes the entries of one statement on one table."""
    return _function(
        f"journal_{table}",
        f"""
        DECLARE
            deed bigint := NULLIF(current_setting('doudi.deed', true), '')::bigint;
            written bigint;
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO access_entry (deed_id, "table", "row", operation, after)
                SELECT COALESCE(deed, journal_nobody()), '{table}', n.{key}, 'I',
                    {as_json("n", (), hidden)}
                FROM new_rows n;
            ELSIF TG_OP = 'DELETE' THEN
                INSERT INTO access_entry (deed_id, "table", "row", operation, before)
                SELECT COALESCE(deed, journal_nobody()), '{table}', o.{key}, 'D',
                    {as_json("o", (), hidden)}
                FROM old_rows o;
            ELSE
                INSERT INTO access_entry (deed_id, "table", "row", operation, before, after)
                SELECT COALESCE(deed, journal_nobody()), '{table}', COALESCE(o.{key}, n.{key}),
                    CASE WHEN n.{key} IS NULL THEN 'D' WHEN o.{key} IS NULL THEN 'I' ELSE 'U' END,
                    CASE WHEN o.{key} IS NOT NULL THEN {as_json("o", (), hidden)} END,
                    CASE WHEN n.{key} IS NOT NULL THEN {as_json("n", (), hidden)} END
                FROM old_rows o FULL JOIN new_rows n ON o.{key} = n.{key}
                WHERE o IS DISTINCT FROM n;
            END IF;
            GET DIAGNOSTICS written = ROW_COUNT;
            IF written > 0 THEN
                PERFORM set_config('doudi.has_written', 'yes', true);
            END IF;
            RETURN NULL;
        END
        """,
    )
