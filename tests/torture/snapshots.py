"""Everything that stands in an office's database, in words that don't depend on how it got there.

Left aside is what chance or the database hands out: a row's number becomes its rank among the
rows of its table, wherever it is named; a `uid` is left out; a sealed number is opened, since each
sealing has its own nonce, and of its index, and of a key's check value, is only said whether they
are right; a link of the journal's chain, which hashes all of these, keeps its extent and not its
digest (`doudi journal verify` is asked instead).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import models

from doudi.access.keys import _read
from doudi.kernel.sealing import (
    Keys,
    Unopened,
    blind_index,
    check_value,
    index_version,
    unseal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.places import Place, Rows

Snapshot = dict[str, list[str]]
"""The rows of each table, as text, in order."""

_ENTRY, _DEED, _EXPORT = "access_entry", "access_deed", "payments_export"
_LEFT_OUT = {"uid", "digest", "previous"}
_OF_CHAIN = "access_seal"
_PURPOSES = {
    ("registry_person", "id_number_sealed"): "person.id_number",
    ("registry_account", "number_sealed"): "account.number",
    ("registry_phone", "number_sealed"): "phone.number",
    ("payments_payment", "account_sealed"): "account.number",
}


_INDEXES = {
    ("registry_person", "id_number_index"): "id_number_sealed",
    ("registry_person", "id_number_next_index"): "id_number_sealed",
    ("registry_account", "number_index"): "number_sealed",
    ("registry_phone", "number_index"): "number_sealed",
}
_KEY_CHECK = ("access_keycheck", "value")
_TO_FIND_BY, _TAIL_PURPOSE = "registry_findable", "person.id_number.tail"


@dataclass(frozen=True)
class _Table:
    """A table's name, its key, and which columns name a row of which other table."""

    name: str
    key: str
    references: dict[str, str]


def snapshot(place: Place) -> Snapshot:
    """The whole database of a place.

    An export is written down before its files are written, so that one who died in between has
    his hand in the journal twice, and rightly so: the second time is left out with its entry.
    """
    every = apps.get_models(include_auto_created=True)
    tables = [_table(model) for model in every if _is_ours(model)]
    everything = place.read_all(f'SELECT * FROM "{table.name}"' for table in tables)
    rows = {table.name: found for table, found in zip(tables, everything, strict=True)}
    _leave_out(rows, _exports_repeated(rows[_EXPORT]))
    return _Reader(place, tables, rows).snapshot()


def differences(one: Snapshot, other: Snapshot) -> list[str]:
    """A line for each table in which two snapshots differ: how many rows, and the first of them."""
    found = []
    for table in one:
        missing = sorted(set(one[table]) - set(other[table]))
        further = sorted(set(other[table]) - set(one[table]))
        if one[table] != other[table]:
            example = "; ".join([*missing[:1], *further[:1]])[:600]
            found.append(f"{table}: {len(one[table])} rows, {len(other[table])} here: {example}")
    return found


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("doudi.") and bool(model._meta.managed)  # noqa: SLF001 - Django's API


def _table(model: type[models.Model]) -> _Table:
    meta = model._meta  # noqa: SLF001 - Django's API
    references = {
        field.column: field.related_model._meta.db_table  # noqa: SLF001 - Django's API
        for field in meta.concrete_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    }
    assert meta.pk is not None
    return _Table(meta.db_table, str(meta.pk.column), references)


def _exports_repeated(exports: Rows) -> set[int]:
    """The numbers of all exports that say the same as an earlier one."""
    first: dict[str, int] = {}
    repeated = set()
    for row in sorted(exports, key=lambda row: int(row["id"])):
        content = str({name: value for name, value in row.items() if name != "id"})
        if first.setdefault(content, row["id"]) != row["id"]:
            repeated.add(int(row["id"]))
    return repeated


def _leave_out(rows: dict[str, Rows], exports: set[int]) -> None:
    """Take these exports out of their table, and their entries and deeds out of the journal."""
    gone = [e for e in rows[_ENTRY] if e["table"] == _EXPORT and int(e["row"]) in exports]
    deeds = {entry["deed_id"] for entry in gone}
    rows[_EXPORT] = [row for row in rows[_EXPORT] if row["id"] not in exports]
    ids = {entry["id"] for entry in gone}
    rows[_ENTRY] = [entry for entry in rows[_ENTRY] if entry["id"] not in ids]
    rows[_DEED] = [deed for deed in rows[_DEED] if deed["id"] not in deeds]


class _Reader:
    """Puts rows into words; knows the rank of every row, and where each number was sealed."""

    def __init__(self, place: Place, tables: list[_Table], rows: dict[str, Rows]) -> None:
        self._tables = {table.name: table for table in tables}
        self._rows = rows
        self._keys: Keys = _read(place.home / "keys" / "office.key")
        self._ranks = {table.name: self._ranked(table) for table in tables}
        self._uids = {
            (name, row["id"]): str(UUID(str(row["uid"])))
            for name in self._tables
            for row in rows[name]
            if "uid" in row
        }

    def snapshot(self) -> Snapshot:
        """Every table."""
        return {name: list(self._texts(table)) for name, table in self._tables.items()}

    def _texts(self, table: _Table) -> Iterator[str]:
        if table.name == _TO_FIND_BY:  # made anew whenever it is, so that no row has a rank
            yield from sorted(self._to_find_by(row) for row in self._rows[table.name])
            return
        key = self._ranks[table.name]
        for row in sorted(self._rows[table.name], key=lambda row: key[str(row[table.key])]):
            yield json.dumps(self._in_words(table, row), ensure_ascii=False, default=str)

    def _ranked(self, table: _Table) -> dict[str, int]:
        """The rank of each key that stands in a table or ever stood there by the journal."""
        keys = {str(row[table.key]) for row in self._rows[table.name]}
        keys |= {str(e["row"]) for e in self._rows[_ENTRY] if e["table"] == table.name}
        return {key: rank for rank, key in enumerate(sorted(keys, key=_by_number))}

    def _to_find_by(self, row: dict[str, Any]) -> str:
        """A word that a person is found by; of a keyed one, whether it is right."""
        person = self._ranks["registry_person"][str(row["person_id"])]
        word = str(row["word"])
        if word.startswith("#"):
            word = self._tail(word.removeprefix("#"), row["person_id"])
        return f"{person}: {word}"

    def _tail(self, index: str, person: int) -> str:
        """By which version of the key the end of an ID number is indexed, and whether rightly."""
        column = "id_number_sealed"
        owner = next(row for row in self._rows["registry_person"] if row["id"] == person)
        number = self._opened("registry_person", column, owner[column], owner)
        key = self._keys.of_version(index_version(index))
        right = blind_index(number[-4:], purpose=_TAIL_PURPOSE, keys=Keys((key,)))
        return f"tail, {key.version}, {'right' if index == right else 'wrong'}"

    def _in_words(self, table: _Table, row: dict[str, Any]) -> dict[str, Any]:
        words = {}
        for column, value in row.items():
            if column in _LEFT_OUT and (column == "uid" or table.name == _OF_CHAIN):
                continue
            words[column] = self._word(table, column, value, row)
        return words

    def _word(self, table: _Table, column: str, value: Any, row: dict[str, Any]) -> Any:
        """What one cell says."""
        if value is None:
            return None
        target = table.name if column == table.key else table.references.get(column)
        if target is not None:
            return self._ranks[target].get(str(value), f"no {target} {value}")
        if {(table.name, column)} & (_PURPOSES.keys() | _INDEXES.keys() | {_KEY_CHECK}):
            return self._word_of_key(table.name, column, value, row)
        if table.name == _ENTRY:
            return self._word_of_entry(column, value, row)
        if table.name == _OF_CHAIN and column in {"first_entry", "last_entry"}:
            return self._ranks[_ENTRY].get(str(value), f"no entry {value}")
        return value

    def _word_of_entry(self, column: str, value: Any, entry: dict[str, Any]) -> Any:
        """A cell of the journal: the row's rank, and its images in the same words as the row."""
        table = self._tables[entry["table"]]
        if column == "row":
            return self._ranks[table.name][str(value)]
        return self._in_words(table, json.loads(value)) if column in {"before", "after"} else value

    def _word_of_key(self, table: str, column: str, value: str, row: dict[str, Any]) -> str:
        """A cell that another key would have made another one."""
        if (table, column) == _KEY_CHECK:
            right = check_value(self._keys.of_version(row["version"]))
            return "right" if value == right else "wrong"
        if (table, column) in _INDEXES:
            return self._indexed(table, column, value, row)
        return self._opened(table, column, value, row)

    def _opened(self, table: str, column: str, sealed: str, row: dict[str, Any]) -> str:
        if not sealed:
            return ""
        account = row.get("account_id")
        owner = (table, row["id"]) if account is None else ("registry_account", account)
        try:
            return unseal(
                sealed, purpose=_PURPOSES[table, column], place=self._uids[owner], keys=self._keys
            )
        except (Unopened, KeyError) as fault:
            return f"does not open: {fault!r}"

    def _indexed(self, table: str, column: str, index: str, row: dict[str, Any]) -> str:
        """By which version of the key a number is indexed, and whether rightly."""
        sealed = _INDEXES[table, column]
        key = self._keys.of_version(index_version(index))
        right = blind_index(
            self._opened(table, sealed, row[sealed], row),
            purpose=_PURPOSES[table, sealed],
            keys=Keys((key,)),
        )
        return f"{key.version}, {'right' if index == right else 'wrong'}"


def _by_number(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdigit() else (0, key)
