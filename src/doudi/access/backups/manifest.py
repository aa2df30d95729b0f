"""The manifest (清单) of a backup: when, of what, and how much, as the snapshot itself says."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from doudi.access.backups.envelope import changed
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    Ask = Callable[[str], Sequence[Sequence[Any]]]
    """Runs a query in the snapshot."""

MIGRATIONS = "django_migrations"
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%'"
    " ESCAPE '@' ORDER BY name",
    "postgresql": "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    `head` is the newest link of the journal's chain (empty before the first seal), `tables` the
    rows of each table, `migrations` the version of the tables' shape.
    """

    made_at: str
    doudi: str
    database: str
    head: str
    seals: int
    entries: int
    tables: dict[str, int]
    migrations: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.tables.values())

    def as_bytes(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8")

    def rows_unlike(self, ask: Ask) -> list[str]:
        """The tables that have not as many rows as this says, or aren't there at all."""
        counted = _counted(ask, [*tables_in(ask, self.database)])
        return sorted(name for name, rows in self.tables.items() if counted.get(name) != rows)


def manifest_of(ask: Ask, vendor: str, at: datetime) -> Manifest:
    """The manifest of a snapshot; refuses BAK-NONE where there is no office yet."""
    tables = tables_in(ask, vendor)
    if not {MIGRATIONS, "access_seal", "access_entry"} <= set(tables):
        raise Refusal("BAK-NONE", N_("这里还没有办公室，没有可备份的内容；请核对 DOUDI_HOME"))
    heads = ask("SELECT digest FROM access_seal ORDER BY last_entry DESC LIMIT 1")
    rows = _counted(ask, tables)
    return Manifest(
        made_at=at.isoformat(timespec="seconds"),
        doudi=version("doudi"),
        database=vendor,
        head=str(heads[0][0]) if heads else "",
        seals=rows["access_seal"],
        entries=rows["access_entry"],
        tables=rows,
        migrations=tuple(
            (str(app), str(name))
            for app, name in ask(f"SELECT app, name FROM {MIGRATIONS} ORDER BY id")
        ),
    )


def read_manifest(content: bytes) -> Manifest:
    """A manifest as it was kept; refuses BAK-CHANGED one of another form."""
    try:
        words = json.loads(content)
        words["migrations"] = tuple((app, name) for app, name in words["migrations"])
        return Manifest(**words)
    except (ValueError, TypeError, KeyError):
        raise changed() from None


def tables_in(ask: Ask, vendor: str) -> list[str]:
    """The tables of the office's schema, by name."""
    return [str(row[0]) for row in ask(_TABLES[vendor])]


def _counted(ask: Ask, tables: Sequence[str]) -> dict[str, int]:
    """The rows of each table, in one query."""
    if not tables:
        return {}
    counts = " UNION ALL ".join(f"""SELECT '{name}', COUNT(*) FROM "{name}" """ for name in tables)
    return {str(name): int(count) for name, count in ask(counts)}
