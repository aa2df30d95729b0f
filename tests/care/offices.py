"""Offices to care for: each with a folder and a database of its own, spoken to by processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("DOUDI_DATABASE_URL", "")


@dataclass(frozen=True)
class Office:
    """An office's folder and its database; nothing need be in either."""

    home: Path
    url: str
    passphrase: Path

    @property
    def environment(self) -> dict[str, str]:
        """What its commands are told."""
        told = dict(os.environ, DOUDI_HOME=str(self.home), PYTHONUTF8="1", DOUDI_LANGUAGE="zh")
        told["DOUDI_BACKUP_PASSPHRASE_FILE"] = str(self.passphrase)
        told.pop("DOUDI_DATABASE_URL", None)
        return told | ({"DOUDI_DATABASE_URL": self.url} if self.url else {})

    def say(self, *lines: Sequence[object], status: int | None = 0) -> str:
        """Give commands one after the other in one process; answers all that was said."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.care.live"],
            input=json.dumps([[str(word) for word in line] for line in lines]),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert status in (None, done.returncode), done.stdout[-2000:] + done.stderr
        return done.stdout + done.stderr

    def begin(self, *words: object) -> subprocess.Popen[str]:
        """Begin a module of Python's in a process of its own."""
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", *map(str, words)],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def files(self) -> dict[str, bytes]:
        """What lies in its folder, but for scratch and what SQLite keeps beside its database."""
        found = sorted(self.home.rglob("*")) if self.home.is_dir() else []
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in found
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".sqlite3-shm"
        }

    def read(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database on the server, by a connection that is not the product's."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode()).fetchall()


def offices(root: Path) -> Iterator[Office]:
    """One empty office after the other; their databases are gone when this is closed."""
    names: list[str] = []
    try:
        while True:
            name = f"care_{uuid.uuid4().hex}"
            url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")) if SERVER else ""
            if SERVER:
                _on_server("CREATE DATABASE {}", name)
                names.append(name)
            yield Office(root / name / "home", url, root / "passphrase")
    finally:
        for name in names:
            _on_server("DROP DATABASE {} WITH (FORCE)", name)


def _on_server(statement: str, name: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]
