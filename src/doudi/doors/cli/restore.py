"""`doudi restore`: an office from a backup, verified before anything is touched."""

from __future__ import annotations

from pathlib import Path

import click

from doudi.access.backups import restore_backup
from doudi.doors.cli.backup import passphrase_option, read_passphrase, say_manifest, teller
from doudi.doors.cli.context import moment, say
from doudi.kernel.refusals import N_


@click.command(help=N_("恢复：从备份建起办公室，先核验再落地；原有的办公室只在 --replace 时换下"))
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_option
@click.option("--replace", is_flag=True, help=N_("换下现有的办公室，把它留存在一旁"))
def restore(*, file: Path, passphrase_file: Path | None, replace: bool) -> None:
    """Restore; refuses a living office without `--replace`, and whatever is wrong with the file."""
    restored = restore_backup(
        file,
        read_passphrase(passphrase_file),
        replace=replace,
        at=moment(),
        tell=teller(N_("已读 {size} MB")),
    )
    say_manifest(restored.manifest, restored.files)
    if restored.aside:
        say(N_("原来的办公室留存在 {place}；确认无误后再自行删除"), place=restored.aside)
    say(N_("已恢复；操作日志、各表行数和密钥核验无误"))
    say(N_("请再用 doudi journal verify --head 对照留在纸上的摘要"))
