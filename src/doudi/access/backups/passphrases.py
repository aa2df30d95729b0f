"""The passphrase of backups (备份口令): a file apart from the office, and a copy on paper.

It is not the office's key: whoever restores on a new machine has only the backup and the paper,
and gets the key from the backup.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from django.conf import settings

from doudi.kernel.refusals import N_, Refusal

SHORTEST = 16
"""Characters of a passphrase, at least."""
_LONGEST = 1024
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is taken for something else on paper; 31 of them, not quite five bits each."""
_GROUPS, _GROUP = 8, 4


def passphrase_in(path: Path) -> bytes:
    """The passphrase in a file: its first line.

    Refuses BAK-PASS-HOME a file inside the office's folder, BAK-PASS-OPEN one that others may
    read, BAK-PASS-SHORT fewer than 16 characters; raises OSError as the system does.
    """
    if path.resolve().is_relative_to(Path(settings.HOME).resolve()):
        message = N_("口令文件 {path} 在办公室的目录里，机器坏了会一同丢失；请放到别处，另抄一份")
        raise Refusal("BAK-PASS-HOME", message, path=path)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = N_("口令文件 {path} 其他用户也能访问，请先执行 chmod 600 {path}")
        raise Refusal("BAK-PASS-OPEN", message, path=path)
    with path.open("rb") as file:
        line = file.readline(_LONGEST).strip()
    if len(line.decode("utf-8", errors="replace")) < SHORTEST:
        message = N_("口令文件 {path} 的第一行至少要有 {least} 个字符")
        raise Refusal("BAK-PASS-SHORT", message, path=path, least=SHORTEST)
    return line


def new_passphrase(path: Path) -> None:
    """Write a new passphrase of about 158 bits into a file that isn't there yet, for its owner.

    Raises FileExistsError for one that is: what it opens would be lost.
    """
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("-".join(groups) + "\n")
        file.flush()
        os.fsync(file.fileno())
