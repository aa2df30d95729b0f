"""A workbook (工作簿) becomes sheets: guarded first, then read by a child process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Event, Timer
from typing import IO, BinaryIO, cast

from doudi.kernel.refusals import N_, Fault, Severity
from doudi.registry.ledger.reading.cells import EMPTY, Cell, CellKind, Row, Sheet
from doudi.registry.ledger.reading.findings import SheetFindings, WorkbookFindings
from doudi.registry.ledger.reading.guard import inspect
from doudi.registry.ledger.reading.hostile import damaged, hostile, oversized

WALL_SECONDS = 60
"""How long child and parent may take together by the clock on the wall."""
MAX_PRINTED = 160 * 1024 * 1024
"""The most bytes that the child may print: one long text may stand in any number of cells."""
_MAX_COMPLAINT = 64 * 1024
_CHILD = str(Path(__file__).with_name("child.py"))
_KINDS = {kind.value: kind for kind in CellKind}
_TOLD = 5
"""How many cells or ranges of one kind a fault names."""
_HEADING = re.compile(r"[A-Z]+1(:[A-Z]+1)?")


def read_workbook(file: BinaryIO) -> tuple[list[Sheet], list[Fault]]:
    """The visible sheets of an `.xlsx` and the faults of the file as a whole.

    Raises Refusal F-TYPE, F-SIZE or F-HOSTILE where the file can't or must not be read.
    """
    file.seek(0)
    findings = inspect(file)
    sheets, faults = [], []
    for sheet in _read_in_child(file):
        found = findings.sheets.get(sheet.name, SheetFindings())
        if found.is_hidden:
            faults.append(_hidden_sheet(sheet))
            continue
        _lay_errors(sheet, found)
        sheet.faults.extend(_oddities(sheet, found))
        sheets.append(sheet)
    return sheets, faults + _epoch(findings, sheets)


def _read_in_child(file: BinaryIO) -> list[Sheet]:
    """The sheets as the child prints them; refuses when it dies, takes too long, says too much."""
    os.lseek(file.fileno(), 0, os.SEEK_SET)  # the child sees the descriptor, not our buffer
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-I", "-B", _CHILD],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
    ) as child:
        late = Event()

        def give_up() -> None:
            late.set()
            child.kill()

        clock = Timer(WALL_SECONDS, give_up)
        clock.start()
        try:
            sheets = _sheets(cast("IO[bytes]", child.stdout))
            complaint = cast("IO[bytes]", child.stderr).read(_MAX_COMPLAINT)
            child.wait()
        finally:
            clock.cancel()
            child.kill()
    if late.is_set():
        raise hostile(N_("文件异常：读取用时过长，已拒绝；请用空白模板重新填写"))
    if b"ModuleNotFoundError" in complaint:
        raise RuntimeError("the reader of workbooks is not installed: python-calamine")
    _refuse_failure(child.returncode)
    return sheets


def _refuse_failure(status: int) -> None:
    """Refuse what the child could not read: it said so, or was ended by its limits."""
    if status == 1:
        raise damaged()
    if status != 0:
        raise hostile(N_("文件异常：读取超出内存或时间限制，已拒绝；请用空白模板重新填写"))


def _sheets(printed: IO[bytes]) -> list[Sheet]:
    """The child's lines as sheets, taken as they come: together they would fill our memory."""
    sheets: list[Sheet] = []
    left = MAX_PRINTED
    while line := printed.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise oversized(N_("表格内容太多，请分成几个文件导入"))
        if not line.endswith(b"\n"):
            break  # the child died in the middle of a row, and its status will say so
        head, *rest = json.loads(line)
        if rest:
            sheets[-1].rows.append(Row(head, [_cell(value) for value in rest[0]]))
        else:
            sheets.append(Sheet(head))
    return sheets


def _cell(value: str | list[str]) -> Cell:
    if value == "":
        return EMPTY
    if isinstance(value, str):
        return Cell(CellKind.TEXT, value)
    return Cell(_KINDS[value[0]], value[1])


def _lay_errors(sheet: Sheet, found: SheetFindings) -> None:
    """Put error values in their cells: the child's reader hands them over as empty."""
    if not found.errors:
        return
    rows = {row.number: row for row in sheet.rows}
    for (number, column), text in found.errors.items():
        row = rows.get(number)
        if row is None:
            row = rows[number] = Row(number, [])
        row.cells.extend([EMPTY] * (column - len(row.cells)))
        row.cells[column - 1] = Cell(CellKind.ERROR, text)
    sheet.rows = [rows[number] for number in sorted(rows)]


def _hidden_sheet(sheet: Sheet) -> Fault:
    return Fault(
        Severity.WARNING,
        "F-HIDDEN",
        N_("发现隐藏工作表“{name}”（{count} 行），没有导入；要导入请先取消隐藏"),
        sheet.name,
        values={"name": sheet.name, "count": len(sheet.rows)},
    )


def _oddities(sheet: Sheet, found: SheetFindings) -> list[Fault]:
    """What a clerk must mend or know of one sheet: merged, hidden and reckoned cells."""
    merges = [ref for ref in found.merges if not _HEADING.fullmatch(ref)]
    columns = [
        str(first) if first == last else f"{first}-{last}"
        for first, last in found.hidden_columns
        if any(first <= column <= last for column in found.columns)
    ]
    rows = [str(row) for row in found.hidden_rows]
    told = (
        (merges, Severity.ERROR, "F-MERGE", N_("{cells} 为合并单元格，请取消合并并逐行填写")),
        (rows, Severity.WARNING, "F-HIDDEN", N_("第 {cells} 行是隐藏行且有数据，请取消隐藏并核对")),
        (
            columns,
            Severity.WARNING,
            "F-HIDDEN",
            N_("第 {cells} 列是隐藏列且有数据，请取消隐藏并核对"),
        ),
        (
            found.unvalued_formulas,
            Severity.ERROR,
            "F-FORMULA",
            N_("{cells} 是没有结果的公式，请改填数值"),
        ),
        (found.formulas, Severity.NOTICE, "F-FORMULA", N_("{cells} 是公式，已按其结果读取")),
    )
    return [
        Fault(severity, code, message, sheet.name, values={"cells": _some(places)})
        for places, severity, code, message in told
        if places
    ]


def _some(places: list[str]) -> str:
    """The first few places, and a sign that there are more."""
    return "、".join(places[:_TOLD]) + ("…" if len(places) > _TOLD else "")


def _epoch(findings: WorkbookFindings, sheets: list[Sheet]) -> list[Fault]:
    """Say that a workbook counts its days from 1904, with the first date as a sample."""
    if not findings.counts_from_1904:
        return []
    for sheet in sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if cell.kind is CellKind.DATE:
                    return [
                        Fault(
                            Severity.WARNING,
                            "F-1904",
                            N_("本文件使用 1904 日期系统，已换算：这里读作 {day}，请核对是否正确"),
                            sheet.name,
                            row.number,
                            values={"day": cell.text},
                        )
                    ]
    return []
