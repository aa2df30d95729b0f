"""Lines (行文): a row as PostgreSQL's COPY writes it, and a digest over rows in any order. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

_NULL = "\\N"
_ESCAPES = str.maketrans(
    {
        "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n",
        "\r": "\\r", "\t": "\\t", "\v": "\\v",
    }
)  # fmt: skip
_MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MODULUS = 1 << 256


@dataclass(slots=True)
class Digest:
    """The rows of a table, summed up so that their order doesn't matter."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count one line."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(line).digest(), "big")) % _MODULUS


def line_of(table: str, types: Sequence[str], row: Sequence[object]) -> bytes:
    """A row of SQLite as a line of COPY; refuses MOV-NUL what PostgreSQL can't hold."""
    return (
        "\t".join(
            _text(table, type_, value) for type_, value in zip(types, row, strict=True)
        ).encode("utf-8")
        + b"\n"
    )


def alike(types: Sequence[str], line: bytes) -> bytes:
    """A line with its JSON in one order of keys: PostgreSQL keeps JSON in an order of its own."""
    if "jsonb" not in types:
        return line
    parts = line.decode("utf-8").removesuffix("\n").split("\t")
    for place, type_ in enumerate(types):
        if type_ == "jsonb" and parts[place] != _NULL:
            content = json.loads(_unescaped(parts[place]))
            parts[place] = json.dumps(content, sort_keys=True)
    return "\t".join(parts).encode("utf-8")


def _text(table: str, type_: str, value: object) -> str:
    """One value; SQLite keeps truth as a number, and a moment as text in UTC."""
    if value is None:
        return _NULL
    if isinstance(value, (bytes, memoryview)):
        return "\\\\x" + bytes(value).hex()
    if type_ == "boolean":
        return "t" if value else "f"
    text = str(value)
    if "\0" in text:
        message = N_("表 {table} 中有含空字符的文字，PostgreSQL 存不了；请先更正那一行")
        raise Refusal("MOV-NUL", message, table=table)
    if type_ == "timestamp with time zone":
        whole, _, part = text.partition(".")
        part = part.rstrip("0")
        return f"{whole}.{part}+00" if part else f"{whole}+00"
    return str(UUID(text)) if type_ == "uuid" else text.translate(_ESCAPES)


def _unescaped(text: str) -> str:
    made, signs = [], iter(text)
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            made.append(_MEANT.get(after, after))
        else:
            made.append(sign)
    return "".join(made)
