"""A file by its path: what it really is decides how it is read, never its name."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from doudi.kernel.refusals import N_, Refusal
from doudi.registry.ledger.reading.cells import Reading
from doudi.registry.ledger.reading.csv_file import MAX_BYTES, read_csv
from doudi.registry.ledger.reading.hostile import (
    damaged,
    has_password,
    not_a_workbook,
    oversized,
)
from doudi.registry.ledger.reading.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE = 256 * 1024 * 1024
"""The most bytes of a file of any kind: more is not even looked into."""
_PIECE = 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOK = ".xlsx"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_ledger(path: Path, sheet: str = "") -> Reading:
    """Read an `.xlsx` or a CSV file; `sheet` names the sheet that a CSV file stands for.

    Raises Refusal with the codes F-NONE, F-TYPE, F-SIZE, F-HOSTILE, F-BYTE, F-CSV.
    """
    try:
        with path.open("rb") as file:
            _refuse_by_size(file, path)
            is_named_workbook = path.suffix.lower() == _WORKBOOK
            return _read(file, sheet or path.stem, is_named_workbook=is_named_workbook)
    except OSError:
        raise Refusal("F-NONE", N_("打不开文件 {path}，请核对路径和权限"), path=str(path)) from None


def _refuse_by_size(file: BinaryIO, path: Path) -> None:
    """Refuse what is no file that ends, or is far too long, before a byte of it is read."""
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise Refusal("F-NONE", N_("{path} 不是普通文件，请先存成文件再导入"), path=str(path))
    if status.st_size > MAX_FILE:
        raise oversized(N_("文件超过 256 MB，请分成几个文件导入"))


def _read(file: BinaryIO, name: str, *, is_named_workbook: bool) -> Reading:
    """Tell what an open file is by its first bytes, and read it so.

    Text that is named a workbook is refused: whoever saved it so meant something else.
    """
    digest = _digest(file)
    file.seek(0)
    head = file.read(4)
    if not head:
        raise oversized(N_("文件是空的，请填写后再导入"))
    if head == _ZIP:
        sheets, faults = read_workbook(file)
        return Reading(sheets, faults, digest, is_workbook=True)
    if is_named_workbook and head[:2] not in (_ZIP[:2], _OLE[:2]):
        raise not_a_workbook()
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    _refuse_other_kinds(content)
    one, faults = read_csv(content, name)
    return Reading([one], faults, digest, is_workbook=False)


def _digest(file: BinaryIO) -> str:
    """SHA-256 of the bytes, taken in pieces."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _refuse_other_kinds(content: bytes) -> None:
    """Refuse what is neither a workbook nor text, with the way to mend it."""
    if content.startswith(_OLE):
        raise has_password() if _ENCRYPTED in content else not_a_workbook()
    if content.startswith(b"PK"):
        raise damaged()
    if content.lstrip()[:1] == b"<" or (b"\0" in content and not content.startswith(_UTF16)):
        raise not_a_workbook()
