"""The text of the journal's triggers in SQLite, row by row.

They call `doudi_deed()`, which only a connection of ours inside of a deed has: another program
can't write to a journaled table at all.
"""

from __future__ import annotations

STANDING = r"""
    SELECT name, sql FROM sqlite_master
    WHERE type = 'trigger' AND name LIKE 'journal\_%' ESCAPE '\'
"""
_DEED = "COALESCE(doudi_deed(), RAISE(ABORT, 'no deed under way: nobody would have done this'))"


def journal(
    table: str, key: str, columns: tuple[str, ...], hidden: tuple[str, ...]
) -> dict[str, str]:
    """The three triggers of a journaled table, by name."""
    old, new = as_json("OLD", columns, hidden), as_json("NEW", columns, hidden)
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    return {
        f"journal_{table}_insert": _trigger(
            table, "insert", "AFTER INSERT", "", f'NEW."{key}"', "NULL", new
        ),
        f"journal_{table}_update": _trigger(
            table, "update", "AFTER UPDATE", f"WHEN {changed} ", f'OLD."{key}"', old, new
        ),
        f"journal_{table}_delete": _trigger(
            table, "delete", "AFTER DELETE", "", f'OLD."{key}"', old, "NULL"
        ),
    }


def append_only(table: str) -> dict[str, str]:
    """The triggers of a table of the journal itself, by name: nothing is changed or removed."""
    return {
        f"journal_{table}_no_{verb}": (
            f'CREATE TRIGGER "journal_{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END"
        )
        for verb in ("update", "delete")
    }


def drop(name: str) -> str:
    """The statement that removes a trigger."""
    return f'DROP TRIGGER IF EXISTS "{name}"'


def normal(text: str) -> str:
    """The text as it is compared: SQLite keeps it as it was given."""
    return text.strip()


def as_json(row: str, columns: tuple[str, ...], hidden: tuple[str, ...]) -> str:
    """SQL for a row as JSON text, in the order of its columns; a hidden value is left out."""
    pairs = ", ".join(
        f"'{column}', " + ("'hidden'" if column in hidden else f'{row}."{column}"')
        for column in columns
    )
    return f"json_object({pairs})"


def _trigger(
    table: str, verb: str, event: str, when: str, row: str, before: str, after: str
) -> str:
    return (
        f'CREATE TRIGGER "journal_{table}_{verb}" {event} ON "{table}" FOR EACH ROW {when}BEGIN '
        'INSERT INTO "access_entry" ("deed_id", "table", "row", "operation", "before", "after") '
        f"VALUES ({_DEED}, '{table}', {row}, '{verb[0].upper()}', {before}, {after}); END"
    )
