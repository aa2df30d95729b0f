"""The guard (把关) before a workbook is read: it must be small, whole and free of tricks.

A zip directory promises sizes before anything is unpacked, so bombs are refused for free. Then
every XML part is walked once, in pieces, without building anything: no entities, no impossible
places, no more rows and cells than a ledger can hold.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, cast
from xml.parsers import expat

from doudi.kernel.refusals import N_
from doudi.registry.ledger.reading.findings import WorkbookFindings
from doudi.registry.ledger.reading.hostile import (
    damaged,
    has_password,
    hostile,
    not_a_workbook,
    oversized,
)
from doudi.registry.ledger.reading.scan import Budget, Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 300
MAX_UNPACKED = 256 * 1024 * 1024
"""The most bytes of a workbook unpacked."""
MAX_RATIO = 400
"""The most times that a part may swell when unpacked; small parts may swell more."""
_SMALL = 1024 * 1024
_PIECE = 64 * 1024
_MAX_TOKEN = 1024 * 1024
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ENCRYPTED_FLAG = 0x1
_MAX_READ = 1024 * 1024
"""The most bytes that a reader of zips may ask for at once: only a vast directory needs more."""


_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError)


class _Sips:
    """A file that is read in sips: `zipfile` takes a directory of any length in at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seekable, self.tell, self.close = file.seekable, file.tell, file.close

    def read(self, size: int = -1) -> bytes:
        """At most a megabyte; whoever asks for more means a directory that no workbook has."""
        if size > _MAX_READ:
            raise hostile(N_("文件异常：内部条目过多或重名，已拒绝；请用空白模板重新填写"))
        return self._file.read(_MAX_READ if size < 0 else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """To a place of the file; one before its beginning is a zip's lie."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError, OverflowError):
            raise zipfile.BadZipFile from None

    def __iter__(self) -> Iterator[bytes]:
        """Not by lines."""
        raise TypeError


def inspect(file: BinaryIO) -> WorkbookFindings:
    """Walk a workbook; raises Refusal F-TYPE, F-SIZE or F-HOSTILE, or tells what it found."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", _Sips(file))) as archive:
            _check_directory(archive.infolist())
            return _walk(archive)
    except _BROKEN_ZIP:
        raise damaged() from None


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the directory says, before anything is unpacked."""
    names = [entry.filename for entry in entries]
    if len(names) > MAX_ENTRIES or len(set(names)) < len(names):
        raise hostile(N_("文件异常：内部条目过多或重名，已拒绝；请用空白模板重新填写"))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise hostile(N_("文件异常：解压后超过 256 MB，已拒绝；请用空白模板重新填写"))
    for entry in entries:
        _check_entry(entry)
    if _WORKBOOK not in names or _RELATIONS not in names:
        raise not_a_workbook()


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse one entry of the directory: passwords, paths that lead out, macros, bombs."""
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise has_password()
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise hostile(N_("文件异常：内部路径越界，已拒绝；请用空白模板重新填写"))
    if name.lower().endswith(("vbaproject.bin", "vbadata.xml")):
        raise hostile(N_("文件含有宏，已拒绝；请另存为不含宏的 .xlsx"))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
        raise hostile(N_("文件异常：压缩比过高，已拒绝；请用空白模板重新填写"))


def _walk(archive: zipfile.ZipFile) -> WorkbookFindings:
    """Scan every XML part, and lay what was found in a sheet's part to the sheet's name."""
    budget = Budget()
    scans = {
        entry.filename: _scan(archive, entry, budget)
        for entry in archive.infolist()
        if entry.filename.lower().endswith((".xml", ".rels"))
    }
    book = scans[_WORKBOOK]
    targets = scans[_RELATIONS].targets
    findings = WorkbookFindings(counts_from_1904=book.counts_from_1904)
    for name, (relation, is_hidden) in book.sheets.items():
        part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))[1:]
        if part not in scans:
            raise damaged()
        findings.sheets[name] = scans[part].findings
        findings.sheets[name].is_hidden = is_hidden
    return findings


def _scan(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Scan:
    """Walk one part in pieces; the end of the part also proves its checksum."""
    scan = Scan(budget)
    fed = 0
    try:
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                scan.parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by place
                fed += len(piece)
                if fed - scan.parser.CurrentByteIndex > _MAX_TOKEN:
                    raise hostile(N_("文件异常：内容无法解析，已拒绝；请用空白模板重新填写"))
        scan.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by place
    except (expat.ExpatError, LookupError, ValueError):  # the latter two: an unknown encoding
        raise damaged() from None
    if scan.area > budget.cells_left:
        raise oversized(
            N_("表格范围太大（到第 {row} 行），请删除数据以外的多余行列后再试"),
            row=scan.findings.last_row,
        )
    budget.cells_left -= scan.area
    return scan
