"""Files of an import (导入文件): sealed in the office's folder, and taken away when they are done.

What was uploaded is kept until it is taken in, for a day at most; what was found in it, a week.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings

from doudi.access.keys import office_keys
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import Unopened, seal_bytes, unseal_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_PURPOSE = "import.file"
_MINE_ALONE, _OURS_ALONE = 0o600, 0o700


class Part(StrEnum):
    """What is kept of an import."""

    FILE = "file"
    TOLD = "told"
    MARKED = "marked"


_KEPT = {Part.FILE: timedelta(days=1), Part.TOLD: timedelta(days=7), Part.MARKED: timedelta(days=7)}


def keep(key: str, part: Part, content: bytes) -> None:
    """Seal a part of an import and lay it down, for whoever holds the office's key alone."""
    path = _place_of(key, part)
    sealed = seal_bytes(content, purpose=_PURPOSE, place=path.name, keys=office_keys())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MINE_ALONE)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)


def kept(key: str, part: Part) -> bytes | None:
    """A part of an import; None when it is gone. Refuses SEAL-BROKEN one that does not open."""
    path = _place_of(key, part)
    if not path.is_file():
        return None
    try:
        return unseal_bytes(
            path.read_bytes(), purpose=_PURPOSE, place=path.name, keys=office_keys()
        )
    except Unopened as error:
        raise Refusal(
            "SEAL-BROKEN", N_("导入的文件打不开：被改动过，或密钥不对；请重新上传")
        ) from error


def keep_told(key: str, told: dict[str, Any]) -> None:
    """Keep what is to be told of an import."""
    keep(key, Part.TOLD, json.dumps(told, ensure_ascii=False).encode())


def kept_told(key: str) -> dict[str, Any] | None:
    """What is to be told of an import; None when it is gone."""
    content = kept(key, Part.TOLD)
    return None if content is None else dict(json.loads(content))


def throw_away(key: str, part: Part) -> None:
    """Take a part of an import away."""
    _place_of(key, part).unlink(missing_ok=True)


def throw_old_away(at: datetime) -> None:
    """Take away whatever has lain too long."""
    for part, time in _KEPT.items():
        for path in _folder().glob(f"*.{part}"):
            if path.stat().st_mtime < (at - time).timestamp():
                path.unlink(missing_ok=True)


@contextmanager
def in_the_clear(content: bytes, name: str) -> Iterator[Path]:
    """A file in the clear for as long as it is read, in a folder of its own for us alone."""
    with TemporaryDirectory(dir=_folder(), prefix=".reading-") as folder:
        path = Path(folder) / f"ledger{Path(name).suffix.lower()[:5]}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield path


def _place_of(key: str, part: Part) -> Path:
    return _folder() / f"{key}.{part}"


def _folder() -> Path:
    """Where imports wait, in the office's own folder."""
    folder = Path(settings.HOME) / "imports"
    folder.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    return folder
