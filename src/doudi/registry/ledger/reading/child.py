"""Reads a workbook from standard input in a process that may die without harm to ours.

A reader of workbooks written in another language can be made to abort, spin or swell by a small
file. So it runs here: bounded in memory and time, without an environment, unable to write files.
This file is run by its path, alone, and imports nothing of the house. It prints JSON lines: a
list with a sheet's name, then for each row its number and its cells.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import resource
import sys

import python_calamine

MEMORY = 480 * 1024 * 1024
"""The most address space of the process, in bytes."""
CPU_SECONDS = 20
MAX_WHOLE = 1e21
"""Below this a whole number is written out in full, so that long numbers can be told."""


def bind() -> None:
    """Set the limits; a system that does not know one of them goes without it."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def tagged(value: object) -> object:
    """A cell as JSON: text as it is, anything else as a pair of its kind and its text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ["boolean", "1" if value else "0"]
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < MAX_WHOLE
        return ["number", str(int(value)) if whole else repr(value)]
    if isinstance(value, dt.datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, dt.date):
        return ["date", value.isoformat()]
    return ["time", str(value)]


def main() -> None:
    """Print every worksheet of the workbook on standard input."""
    bind()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    out = sys.stdout
    for meta in book.sheets_metadata:
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        out.write(json.dumps([meta.name]) + "\n")
        indent: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if any(value != "" for value in row):
                out.write(json.dumps([number, indent + [tagged(value) for value in row]]) + "\n")


if __name__ == "__main__":
    main()
