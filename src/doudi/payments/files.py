"""Files for the bank (银行文件): written whole or not at all, for their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

from doudi.access.folders import settle

_FOLDER = "bank"


def place_of(name: str) -> Path:
    """Where a file of this name lies."""
    return Path(settings.HOME) / _FOLDER / name


def write_whole(name: str, content: bytes) -> Path:
    """Write a file so that it is there as a whole or not there, even if the machine stops.

    The folder is for its owner alone, and so is the file. Raises OSError as the system does.
    """
    path = place_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    settle(path.parent)
    return path
