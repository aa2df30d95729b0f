"""Bulk reads (批量读取): whole columns of whole numbers in one statement, however many rows.

A row fetched by itself costs Python a microsecond before anything is done with it. These answers
come as columns on the connection at hand, so that they see what this transaction has written:
from SQLite as one text a column, put together and taken apart in C, from PostgreSQL by COPY in its
binary form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Parameters = Sequence[Any] | Mapping[str, Any]

_HEAD, _TAIL = 19, 2
"""Bytes before the first and after the last row of PostgreSQL's binary COPY."""
_WIDTH = 8
"""Bytes of a bigint."""


def read_columns(asked: Sequence[str], rest: str, parameters: Parameters = ()) -> list[Ints]:
    """What `SELECT asked… rest` answers, each expression as a column of whole numbers.

    No null and nothing but whole numbers may come: raises ValueError. One statement.
    """
    if connection.vendor == "postgresql":
        return _from_postgresql(asked, rest, parameters)
    return _from_sqlite(asked, rest, parameters)


def _from_sqlite(asked: Sequence[str], rest: str, parameters: Parameters) -> list[Ints]:
    """Each column as one text of numbers, in the order in which the rows were met."""
    named = ", ".join(f"{each} AS c{i}" for i, each in enumerate(asked))
    joined = ", ".join(f"group_concat(c{i})" for i in range(len(asked)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), {joined} FROM (SELECT {named} {rest})", parameters)
        rows, *texts = cursor.fetchone()
    return [_numbers(text or "", rows) for text in texts]


def _numbers(text: str, rows: int) -> Ints:
    """A text of so many numbers, told apart by commas."""
    column: Ints = np.fromstring(text, dtype=np.int64, sep=",") if text else _EMPTY
    if len(column) != rows:
        raise ValueError(rows)
    return column


_EMPTY: Ints = np.zeros(0, dtype=np.int64)


def _from_postgresql(asked: Sequence[str], rest: str, parameters: Parameters) -> list[Ints]:
    """The rows of a binary COPY: each is as wide as any other, since no null comes."""
    cast = ", ".join(f"CAST({each} AS bigint)" for each in asked)
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(
            f"COPY (SELECT {cast} {rest}) TO STDOUT (FORMAT binary)", parameters
        ) as copy,
    ):
        answer = b"".join(bytes(block) for block in copy)
    row = np.dtype(
        [
            ("fields", ">i2"),
            *((f"{part}{i}", of) for i in range(len(asked)) for part, of in _PARTS),
        ]
    )
    rows, over = divmod(len(answer) - _HEAD - _TAIL, row.itemsize)
    if over:
        raise ValueError(over)
    table = np.frombuffer(answer, dtype=row, count=rows, offset=_HEAD)
    if not all((table[f"width{i}"] == _WIDTH).all() for i in range(len(asked))):
        raise ValueError(asked)
    return [table[f"value{i}"].astype(np.int64) for i in range(len(asked))]


_PARTS = (("width", ">i4"), ("value", ">i8"))
