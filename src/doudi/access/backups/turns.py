"""One at a time (轮流): a backup or a restore of an office has its scratch folder to itself.

What a death left in the folder is swept away by whoever comes next.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

from doudi.kernel.refusals import N_, Refusal

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK, _SCRATCH = ".backup.lock", ".backup"
_OURS_ALONE, _MINE_ALONE = 0o700, 0o600


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder within the office's own, for its owner alone; gone when done.

    It is on the same disk as the office, so that a rename moves what was made there. Refuses
    BAK-BUSY while another has it.
    """
    home = Path(settings.HOME)
    home.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    handle = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT, _MINE_ALONE)
    with os.fdopen(handle, "a") as lock:
        _take(lock)
        place = home / _SCRATCH
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=_OURS_ALONE)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _take(lock: IO[str]) -> None:
    """Take the lock, which the system gives back when this process ends, however it ends."""
    if fcntl is None:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refusal("BAK-BUSY", N_("另一个备份或恢复正在进行，请等它结束后重试")) from None
