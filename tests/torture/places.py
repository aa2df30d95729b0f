"""A place: one office's folder and database, copied in a moment for each harm done to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql
from psycopg.rows import dict_row

if TYPE_CHECKING:
    from collections.abc import Iterable

SERVER = os.environ.get("DOUDI_DATABASE_URL", "")
"""The throw-away PostgreSQL server; empty where each office is a file of SQLite."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """The folder of an office; its database lies in it, or on the server under `name`."""

    home: Path
    name: str

    def copy(self) -> Place:
        """The same office once more, to be harmed; nobody may be connected to this one."""
        twin = Place(self.home.parent / uuid.uuid4().hex, f"torture_{uuid.uuid4().hex}")
        shutil.copytree(self.home, twin.home)
        if SERVER:
            _on_server("CREATE DATABASE {} TEMPLATE {}", twin.name, self.name)
        return twin

    def drop(self) -> None:
        """Leave nothing of it behind."""
        shutil.rmtree(self.home)
        self.backup().unlink(missing_ok=True)
        if SERVER:
            _on_server("DROP DATABASE {} WITH (FORCE)", self.name)

    def read(self, query: str) -> Rows:
        """The rows of a query, by a connection that is not the product's."""
        return self.read_all([query])[0]

    def read_all(self, queries: Iterable[str]) -> list[Rows]:
        """The rows of each query, by one connection."""
        if SERVER:
            with psycopg.connect(self.url, row_factory=dict_row) as connection:
                return [connection.execute(query.encode()).fetchall() for query in queries]
        with closing(sqlite3.connect(self.home / "doudi.sqlite3")) as connection:
            connection.row_factory = sqlite3.Row
            return [[dict(row) for row in connection.execute(query)] for query in queries]

    @property
    def url(self) -> str:
        """Where its database is on the server."""
        return urlunsplit(urlsplit(SERVER)._replace(path=f"/{self.name}"))

    def move_in(self) -> None:
        """Make this process one of this office's; for forks that have not connected yet."""
        settings.HOME = self.home
        settings.KEY_FILE = self.home / "keys" / "office.key"
        name = self.name if SERVER else str(self.home / "doudi.sqlite3")
        connections["default"].settings_dict["NAME"] = name

    def backup(self) -> Path:
        """Where its backup lies, if there is one: beside its folder."""
        return self.home.with_name(f"{self.home.name}.doudi")

    def bank_files(self) -> dict[str, bytes]:
        """What lies in the folder for the bank, by name; drafts that a death left are no files."""
        folder = self.home / "bank"
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return {file.name: file.read_bytes() for file in found if not file.name.startswith(".")}


def empty_place(root: Path) -> Place:
    """An office's folder and database with nothing in them."""
    place = Place(root / uuid.uuid4().hex, f"torture_{uuid.uuid4().hex}")
    place.home.mkdir(parents=True)
    if SERVER:
        _on_server("CREATE DATABASE {}", place.name)
    return place


def _on_server(statement: str, *names: str) -> None:
    """Say one statement to the server, outside of any transaction."""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
