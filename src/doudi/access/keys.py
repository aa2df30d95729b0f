"""The office's key file (密钥文件): made at the first start, readable by its owner alone.

One line a key: version, suite, and the key in base64. The database keeps a check value, so that
a key is never made anew over values sealed by one that went missing.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max

from doudi.access.folders import settle
from doudi.access.journal import deed
from doudi.access.models import KeyCheck
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import KEY_BYTES, MOST_KEYS, Key, Keys, Suite, check_value

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer

_HEADING = (
    "# The key of this office: who has it reads every sealed number, who loses it reads none.\n"
    "# Keep a copy on paper, in two halves, away from this machine.\n"
)


def office_keys() -> Keys:
    """The office's keys, from the key file; a fresh office's file is made first.

    Read again when the file has changed: another process may have added a key. Refuses with
    KEY-OPEN a file that others may read, KEY-FMT one that is no key file, KEY-LOST a missing file
    while sealed values stand in the database, KEY-OTHER a key other than the database's, KEY-IO a
    place that can't be read or written.
    """
    path = Path(settings.KEY_FILE)
    state = _state_of(path)
    if state is None:
        _make_first(path)
        state = _state_of(path)
    return _keys_in(path, state)


def key_in_use() -> Key:
    """The key that unique indexes are made with: the newest in use; one query.

    A key that is newer makes a second index beside it, until every row has both.
    """
    keys = office_keys()
    in_use = KeyCheck.objects.filter(is_in_use=True).aggregate(version=Max("version"))["version"]
    return keys.newest if in_use is None else keys.of_version(in_use)


def keep_key_check(*, actor: Officer, at: datetime) -> None:
    """Keep the check values of the office's keys in the database; the same again does nothing.

    Only the first key is in use at once.
    """
    known = set(KeyCheck.objects.values_list("version", flat=True))
    for key in office_keys().keys:
        if key.version not in known:
            with deed(actor=actor, act="keep_key_check", why="登记密钥校验值", at=at):
                KeyCheck.objects.create(
                    version=key.version, value=check_value(key), is_in_use=not known, made_at=at
                )


def add_key() -> Key:
    """Put a new key, one version higher, into the key file, whole or not at all.

    Other processes seal with it from then on. Whoever calls this holds the turn of
    `access.turns`. Refuses KEY-MANY after the 255th, KEY-IO as `office_keys` does.
    """
    path, newest = Path(settings.KEY_FILE), office_keys().newest
    if newest.version >= MOST_KEYS:
        raise Refusal("KEY-MANY", N_("密钥已有 {most} 版，不能再增加"), most=MOST_KEYS)
    draft = path.with_name(f".{path.name}.new")  # always the same: what a death leaves is replaced
    try:
        text = path.read_text(encoding="ascii").rstrip("\n")
        _write(draft, f"{text}\n{_new_line(newest.version + 1)}\n", os.O_TRUNC)
        draft.replace(path)
        settle(path.parent)
    except OSError as error:
        raise _not_accessible(path, error) from error
    return office_keys().newest


def _state_of(path: Path) -> tuple[int, ...] | None:
    """What tells a file from another one under its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode)


def _make_first(path: Path) -> None:
    """Make a fresh office's key; refuses where values were sealed by one that is missing."""
    if KeyCheck.objects.exists():
        raise Refusal(
            "KEY-LOST",
            N_("找不到密钥文件 {path}，而数据库里已有用它加密的数据，请从备份恢复该文件"),
            path=path,
        )
    try:
        _make(path)
    except OSError as error:
        raise _not_accessible(path, error) from error


@lru_cache(maxsize=8)
def _keys_in(path: Path, state: tuple[int, ...] | None) -> Keys:
    """The keys in a file in a state; in another state it is another file."""
    del state
    checks = dict(KeyCheck.objects.values_list("version", "value"))
    try:
        _check_rights(path)
        keys = _read(path)
    except OSError as error:
        raise _not_accessible(path, error) from error
    if any(checks.get(key.version, check_value(key)) != check_value(key) for key in keys.keys):
        raise Refusal(
            "KEY-OTHER", N_("密钥文件 {path} 不是这个数据库的密钥，请换回原来的文件"), path=path
        )
    return keys


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; another process that was faster wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        _write(draft, f"{_HEADING}{_new_line(1)}\n", os.O_EXCL)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _new_line(version: int) -> str:
    """A line of the key file with a key that never was before."""
    secret = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    return f"{version} {settings.CIPHER_SUITE} {secret}"


def _write(path: Path, text: str, flag: int) -> None:
    """Write a file for its owner alone, and wait until the disk has it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _not_accessible(path: Path, error: OSError) -> Refusal:
    return Refusal(
        "KEY-IO",
        N_("无法读写密钥文件 {path}（{reason}），请检查目录和权限"),
        path=path,
        reason=error.strerror,
    )


def _check_rights(path: Path) -> None:
    """Refuse a file that others than its owner may read or write; Windows knows no such bits."""
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refusal(
            "KEY-OPEN",
            N_("密钥文件 {path} 其他用户也能访问，请先执行 chmod 600 {path}"),
            path=path,
        )


def _read(path: Path) -> Keys:
    """The keys in a file."""
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    try:
        return Keys(
            tuple(
                Key(int(version), base64.b64decode(secret, validate=True), Suite(suite))
                for version, suite, secret in (
                    line.split() for line in lines if line.strip() and not line.startswith("#")
                )
            )
        )
    except (ValueError, binascii.Error):
        raise Refusal(
            "KEY-FMT", N_("密钥文件 {path} 内容不完整或已损坏，请从备份恢复"), path=path
        ) from None
