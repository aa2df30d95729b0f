"""`doudi backup`: the whole office in one encrypted file, made or checked while others work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.access.backups import check_backup, make_backup, new_passphrase, passphrase_in
from doudi.doors.cli.context import moment, progress, say
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from doudi.access.backups.manifest import Manifest

_MEBIBYTE = 1 << 20
_STEP = 256 * _MEBIBYTE

passphrase_option = click.option(
    "--passphrase-file",
    "passphrase_file",
    envvar="DOUDI_BACKUP_PASSPHRASE_FILE",
    type=click.Path(path_type=Path),
    help=N_("口令文件，第一行是口令；也可设环境变量 DOUDI_BACKUP_PASSPHRASE_FILE"),
)


@click.command(help=N_("备份：把整个办公室存成一个加密文件，办公照常；或用 --check 检验一份备份"))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@passphrase_option
@click.option("--check", is_flag=True, help=N_("只检验这份备份能否恢复，不恢复"))
@click.option(
    "--new-passphrase",
    "fresh",
    type=click.Path(path_type=Path),
    help=N_("生成一个新的口令文件，然后退出"),
)
def backup(
    *, file: Path | None, passphrase_file: Path | None, check: bool, fresh: Path | None
) -> None:
    """Make or check a backup, or make a passphrase; refuses as these do."""
    if fresh is not None:
        new_passphrase(fresh)
        say(N_("口令已写入 {path}；请抄在纸上，另处保管：没有它，备份谁也打不开"), path=fresh)
        return
    if file is None:
        raise Refusal("BAK-FILE", N_("请写明备份文件，如 doudi backup 2022-06-30.doudi"))
    passphrase = read_passphrase(passphrase_file)
    if check:
        checked = check_backup(file, passphrase, tell=teller(N_("已读 {size} MB")))
        say_manifest(checked.manifest, checked.files)
        if checked.is_verified:
            say(N_("备份完整，操作日志、各表行数和密钥核验无误"))
        else:
            say(N_("备份完整，各表行数无误；操作日志在恢复时核验"))
        return
    packed = make_backup(file, passphrase, at=moment(), tell=teller(N_("已写 {size} MB")))
    say_manifest(packed.manifest, packed.files)
    say(N_("已备份到 {path}，{size} 字节"), path=file, size=packed.size)


def read_passphrase(path: Path | None) -> bytes:
    """The passphrase in the file named; refuses BAK-PASS-NONE when none is."""
    if path is None:
        raise Refusal(
            "BAK-PASS-NONE",
            N_("请用 --passphrase-file 指明口令文件；用 doudi backup --new-passphrase 文件名 生成"),
        )
    return passphrase_in(path)


def teller(message: str) -> Callable[[int], None]:
    """Tells on stderr how far it has come, each quarter of a gigabyte."""
    told = 0

    def tell(size: int) -> None:
        nonlocal told
        if size >= told + _STEP:
            told = size
            progress(message, size=size // _MEBIBYTE)

    return tell


def say_manifest(manifest: Manifest, files: int) -> None:
    """Print what a backup says of itself."""
    say(
        N_("备份时刻 {at}，兜底 {version}，{database}；{tables} 张表，{rows} 行，{files} 个文件"),
        at=manifest.made_at,
        version=manifest.doudi,
        database=manifest.database,
        tables=len(manifest.tables),
        rows=manifest.rows,
        files=files,
    )
    say(
        N_("操作日志 {entries} 条，封存 {seals} 次，摘要 {head}"),
        entries=manifest.entries,
        seals=manifest.seals,
        head=manifest.head or "—",
    )
