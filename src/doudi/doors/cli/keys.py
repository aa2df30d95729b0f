"""`doudi keys`: the office's keys, and changing them while the office works."""

from __future__ import annotations

import time

import click

from doudi.access.queries import key_versions, require_administrator
from doudi.access.rotation import rotate_keys
from doudi.doors.cli.context import BEIJING, moment, officer, progress, say, today
from doudi.doors.cli.findable import make_all_findable
from doudi.doors.cli.language import translate
from doudi.kernel.refusals import N_, Refusal

_PAUSE = 0.05
"""Seconds after each block in which others get their turn."""


@click.group(help=N_("密钥：查看和更换（限管理员）"))
def keys() -> None:
    """Group the commands about the office's keys."""


@keys.command("list", help=N_("列出各版密钥，以及每版还加密着多少项"))
def list_keys() -> None:
    """Print a line for each version; the keys themselves are shown nowhere."""
    require_administrator(officer(), None, today())
    for key in key_versions():
        say(
            N_("第 {version} 版  {suite}  {state}  生成于 {made}  加密着 {values} 项"),
            version=key.version,
            suite=key.suite.value,
            state=translate(_state(is_newest=key.is_newest, is_in_use=key.is_in_use)),
            made=f"{key.made_at.astimezone(BEIJING):%Y-%m-%d}" if key.made_at else "—",
            values=key.values,
        )


@keys.command(help=N_("换一版密钥：办公照常，可随时中断，再次运行就接着做"))
@click.option("--again", is_flag=True, help=N_("今天换过也再换一版"))
def rotate(*, again: bool) -> None:
    """Make a new version and bring everything under it, block by block."""
    actor, at = officer(), moment()
    try:
        rotated = rotate_keys(again=again, actor=actor, at=at, tell=_tell)
    except Refusal as refusal:
        # Whoever was stopped between the two finds the keys changed and the words not yet.
        if refusal.code == "KEY-FRESH":
            make_all_findable(actor=actor, at=at)
        raise
    make_all_findable(actor=actor, at=at)
    say(N_("已换到第 {version} 版密钥，旧密钥留作查看历史之用"), version=rotated.version)
    say(N_("密钥文件变了：请重新备份，并更新纸上的密钥"))


def _tell(done: int, rows: int) -> None:
    """Say how far it has come, and let others write."""
    progress(N_("已处理 {done} / {rows} 行"), done=done, rows=rows)
    time.sleep(_PAUSE)


def _state(*, is_newest: bool, is_in_use: bool) -> str:
    if is_newest:
        return N_("在用") if is_in_use else N_("启用中")
    return N_("留存")
