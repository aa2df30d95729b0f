"""Mishaps (差错): what a user or a machine can get wrong, each told in one sentence.

Anything not listed here is a mistake of ours and keeps its traceback.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.kernel.refusals import FileRefused, Translate

_DATABASE = (
    (
        ("database is locked", "database table is locked", "deadlock detected", "lock timeout"),
        "DB-BUSY",
        N_("数据库正被另一个操作占用，什么也没有保存；请等它结束后重试"),
    ),
    (
        ("readonly database", "read-only transaction", "read-only file system"),
        "DB-READONLY",
        N_("数据库不可写，什么也没有保存；请检查数据文件及其目录的权限"),
    ),
    (
        ("disk is full", "no space left"),
        "DB-FULL",
        N_("磁盘已满，什么也没有保存；请腾出空间后重试"),
    ),
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn"),
        "DB-EMPTY",
        N_("数据库还没有建立或版本较旧；请先运行 doudi start"),
    ),
    (
        ("unable to open database file",),
        "DB-OPEN",
        N_("打不开数据库文件；请检查 DOUDI_HOME 指的目录是否存在、是否可写"),
    ),
    (
        ("file is not a database", "malformed", "disk i/o error"),
        "DB-DAMAGED",
        N_("数据库文件已损坏或不是数据库；请停止使用，从备份恢复"),
    ),
    (
        ("connection", "could not translate host name", "authentication failed"),
        "DB-CONNECT",
        N_("连不上数据库；请检查 DOUDI_DATABASE_URL 和数据库服务是否在运行"),
    ),
)
"""Parts of what the databases say, in lower case, with code and sentence; the first found holds."""

_URL = "postgresql://user@host/name"

_DRIVERS = {"sqlite3", "psycopg", "django"}

_OF_PYTHON: tuple[tuple[type[Exception], str, str], ...] = (
    (MemoryError, "MEMORY", N_("内存不足，什么也没有保存；请关闭其他程序后重试")),
    (
        UnicodeEncodeError,
        "TXT-BYTE",
        N_("输入的内容或文件名含有不成文字的字节，请改正后再试"),
    ),
)
"""What Python says where neither a database nor a file can keep what was typed."""

_SYSTEM = {
    errno.ENOENT: ("FILE-NONE", N_("没有这个文件或目录：{path}")),
    errno.EISDIR: ("FILE-FOLDER", N_("{path} 是目录，不是文件")),
    errno.ENOTDIR: ("FILE-PARENT", N_("{path} 的上级不是目录")),
    errno.EEXIST: ("FILE-EXISTS", N_("{path} 已经存在；请换一个名字或先移走它")),
    errno.EACCES: ("FILE-RIGHTS", N_("没有读写 {path} 的权限")),
    errno.EPERM: ("FILE-RIGHTS", N_("没有读写 {path} 的权限")),
    errno.EROFS: ("FILE-RIGHTS", N_("没有读写 {path} 的权限")),
    errno.ENOSPC: ("DISK-FULL", N_("磁盘已满，文件没有写成；请腾出空间后重试")),
    errno.EDQUOT: ("DISK-FULL", N_("磁盘已满，文件没有写成；请腾出空间后重试")),
    errno.ENAMETOOLONG: ("FILE-NAME", N_("文件名太长：{path}")),
}
"""What the system says of files and disks, by its number, with code and sentence."""


def as_refusal(mishap: BaseException) -> Refusal | None:
    """The refusal that tells of a mishap; None when it is none of the user's or the machine's."""
    if isinstance(mishap, Refusal):
        return mishap
    for kind, code, message in _OF_PYTHON:
        if isinstance(mishap, kind):
            return Refusal(code, message)
    if type(mishap).__module__ == "dj_database_url":
        return Refusal("DB-URL", N_("DOUDI_DATABASE_URL 不是数据库地址，请写成 {form}"), form=_URL)
    if isinstance(mishap, OSError):
        return _of_the_system(mishap)
    if _is_of_the_database(mishap):
        return _of_the_database(mishap)
    return None


def fault_lines(refusal: FileRefused, translate: Translate) -> Iterator[str]:
    """A line for every fault of a refused file: code, place, what was found, how to mend it."""
    for fault in refusal.faults:
        found = f"“{fault.found}” " if fault.found else ""
        place = fault.place(translate)
        yield f"{fault.severity} {fault.code} {place} {found}{fault.sentence(translate)}"


def _is_of_the_database(mishap: BaseException) -> bool:
    """Whether a database complains of its own state, by its driver or through Django."""
    kinds = {kind.__name__: kind.__module__.partition(".")[0] for kind in type(mishap).__mro__}
    if "IntegrityError" in kinds:  # a constraint that an action should have spoken of first
        return False
    return kinds.get("Error") in _DRIVERS or kinds.get("DatabaseError") in _DRIVERS


def _of_the_database(mishap: BaseException) -> Refusal | None:
    """The sentence for what a database said."""
    said = f"{type(mishap.__cause__).__name__}\n{mishap}".lower()
    for parts, code, message in _DATABASE:
        if any(part in said for part in parts):
            return Refusal(code, message)
    return None


def _of_the_system(mishap: OSError) -> Refusal | None:
    """The sentence for what the system said of a file."""
    if mishap.errno not in _SYSTEM:
        return None
    code, message = _SYSTEM[mishap.errno]
    return Refusal(code, message, path=mishap.filename or "?")
