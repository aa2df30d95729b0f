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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from doudi.access.journal import deed
from doudi.access.models import KeyCheck
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import KEY_BYTES, Key, Keys, Suite, check_value

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer

_HEADING = (
    "# The key of this office: who has it reads every sealed number, who loses it reads none.\n"
    "# Keep a copy on paper, in two halves, away from this machine.\n"
)


def office_keys() -> Keys:
    """The office's keys, from the key file; a fresh office's file is made first.

    Read once a process. Refuses with KEY-OPEN a file that others may read, KEY-FMT one that is
    no key file, KEY-LOST a missing file while sealed values stand in the database, KEY-OTHER a
    key other than the database's, KEY-IO a place that can't be read or written.
    """
    return _keys_in(Path(settings.KEY_FILE))


def keep_key_check(*, actor: Officer, at: datetime) -> None:
    """Keep the check values of the office's keys in the database; the same again does nothing."""
    known = set(KeyCheck.objects.values_list("version", flat=True))
    for key in office_keys().keys:
        if key.version not in known:
            with deed(actor=actor, act="keep_key_check", why="登记密钥校验值", at=at):
                KeyCheck.objects.create(version=key.version, value=check_value(key))


@cache
def _keys_in(path: Path) -> Keys:
    checks = dict(KeyCheck.objects.values_list("version", "value"))
    try:
        if not path.exists():
            if checks:
                raise Refusal(
                    "KEY-LOST",
                    N_("找不到密钥文件 {path}，而数据库里已有用它加密的数据，请从备份恢复该文件"),
                    path=path,
                )
            _make(path)
        _check_rights(path)
        keys = _read(path)
    except OSError as error:
        raise Refusal(
            "KEY-IO",
            N_("无法读写密钥文件 {path}（{reason}），请检查目录和权限"),
            path=path,
            reason=error.strerror,
        ) from error
    if any(checks.get(key.version, check_value(key)) != check_value(key) for key in keys.keys):
        raise Refusal(
            "KEY-OTHER", N_("密钥文件 {path} 不是这个数据库的密钥，请换回原来的文件"), path=path
        )
    return keys


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; another process that was faster wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = f"1 {settings.CIPHER_SUITE} {base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{_HEADING}{line}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


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
