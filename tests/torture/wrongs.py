"""Products that are wrong on purpose: a torture that finds nothing in them is worth nothing."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Any

from doudi.access import rotation
from doudi.access.actions import keys
from doudi.access.journal import deed
from doudi.access.keys import add_key
from doudi.doors.cli import payroll
from doudi.payments import files
from doudi.payments.actions import export, settle
from doudi.payments.models import ReturnFile
from doudi.payments.return_file import read

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.payments.actions import Settled


_AS_SLOW_AS_A_STICK = 0.0002
"""Seconds a byte."""


def settle_in_two_deeds() -> None:
    """The return file is known before its answers are kept: a death in between loses them."""
    payroll.settle_run = _settle_in_two_deeds


def write_in_pieces() -> None:
    """The bank's file lies in its place while it is still being written."""
    export.write_whole = _write_in_pieces


def make_a_key_each_time() -> None:
    """Whoever takes up a change of keys makes one more key instead of going on with the last."""
    rotation.begin_key = _make_a_key


def _make_a_key(*, again: bool, actor: Any, at: Any) -> int:
    del again
    with deed(actor=actor, act="begin_key", why="更换密钥", at=at):
        key = add_key()
        keys._put_on_record(key, at)  # noqa: SLF001 - to be done wrongly
    return key.version


def _settle_in_two_deeds(content: bytes, *, name: str, actor: Any, at: Any) -> Settled:
    said = read(content)
    done: dict[str, Any] = {"paid": 0, "returned": 0, "repeated": 0, "suspense": {}}
    with deed(actor=actor, act="settle_run", why="导入回盘文件", at=at):
        run = settle._run_of(said)  # noqa: SLF001 - to be done wrongly
        if ReturnFile.objects.filter(digest=said.digest).exists():
            return settle.Settled(run, was_known=True, **done)
        file = ReturnFile.objects.create(
            digest=hashlib.sha256(content).hexdigest(),
            name=name,
            run=run,
            bank_day=said.bank_day,
            lines=len(said.lines),
            taken_by=actor,
            taken_at=at,
        )
    with deed(actor=actor, act="settle_run", why="导入回盘文件", at=at):
        settle._answer(file, run, said.lines)  # noqa: SLF001 - to be done wrongly
    return settle.Settled(run, was_known=False, **done)


def _write_in_pieces(name: str, content: bytes) -> Path:
    path = files.place_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("wb", buffering=0) as file:
        for byte in content:
            file.write(bytes([byte]))
            time.sleep(_AS_SLOW_AS_A_STICK)
    return path


WRONGS = {
    "settle": settle_in_two_deeds,
    "export": write_in_pieces,
    "rotate": make_a_key_each_time,
}
"""A wrong product for an act, by the act's name."""
