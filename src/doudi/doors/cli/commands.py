"""Which commands there are, and where: a command is imported only when it is asked for."""

from __future__ import annotations

import copy
import os
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

import click

from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from doudi.kernel.refusals import Translate


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its module in this door, what it is for, and whether it needs the database."""

    module: str
    summary: str
    needs_django: bool = True


COMMANDS = {
    "start": Entry("start", N_("建立办公室：数据库、密钥、行政区划、工作人员")),
    "demo": Entry("demo", N_("用虚构的六甲街道演示 2022 年上半年"), needs_django=False),
    "ledger": Entry("ledger", N_("台账：空白模板、导入、导出")),
    "run": Entry("run", N_("核定一个月并拟定发放批次")),
    "payroll": Entry("payroll", N_("发放批次：复核、批准、封存、导出、回盘")),
    "explain": Entry("explain", N_("说明一笔应发金额是怎么来的")),
    "replay": Entry("replay", N_("重放：按当时所知重新核定，与当时的应发和导出比较")),
    "simulate": Entry("simulate", N_("试算：参数改变后，登记在册的待遇会怎样")),
    "screen": Entry("screen", N_("查找应保未保和不再符合条件的待遇")),
    "report": Entry("report", N_("半年报告及每个数字背后的记录")),
    "serve": Entry("serve", N_("在本机提供网页，登录后使用")),
    "policy": Entry("policy", N_("政策：试算案例、检验案例、列出参数"), needs_django=False),
    "synth": Entry("synth", N_("生成虚构人口"), needs_django=False),
    "journal": Entry("journal", N_("操作日志：查看、封存、核验")),
    "backup": Entry("backup", N_("备份：把整个办公室存成一个加密文件")),
    "restore": Entry("restore", N_("恢复：从备份建起办公室")),
    "move": Entry("move", N_("迁库：从 SQLite 迁到 PostgreSQL")),
    "keys": Entry("keys", N_("密钥：查看和更换")),
    "officer": Entry("officer", N_("工作人员和岗位")),
    "area": Entry("area", N_("行政区划")),
}
"""In the order of the help page. The command's object in its module bears the command's name."""


def known_names() -> list[str]:
    """The names of the commands whose modules are installed."""
    return [name for name, entry in COMMANDS.items() if find_spec(_module(entry)) is not None]


def load(name: str, translate: Translate) -> click.Command | None:
    """Import a command, its help in the language of `translate`; None when there is no such."""
    entry = COMMANDS.get(name)
    if entry is None or find_spec(_module(entry)) is None:
        return None
    if entry.needs_django:
        set_up_django()
    return in_language(getattr(import_module(_module(entry)), name), translate)


def set_up_django() -> None:
    """Make models usable; costs half a second, which commands without a database are spared."""
    import django  # noqa: PLC0415 - the very import that is put off

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doudi.settings")
    django.setup()


def in_language(command: click.Command, translate: Translate) -> click.Command:
    """A copy of a command whose help, and that of its options and subcommands, is translated."""
    translated = copy.copy(command)
    translated.help = translate(command.help or "")
    translated.short_help = translate(command.short_help or "")
    translated.epilog = translate(command.epilog or "")
    translated.params = [_parameter_in_language(each, translate) for each in command.params]
    if isinstance(command, click.Group):
        cast("click.Group", translated).commands = {
            name: in_language(each, translate) for name, each in command.commands.items()
        }
    return translated


def _parameter_in_language(parameter: click.Parameter, translate: Translate) -> click.Parameter:
    """A copy of a parameter whose help is translated."""
    translated = copy.copy(parameter)
    if isinstance(translated, (click.Option, click.Argument)) and translated.help:
        translated.help = translate(translated.help)
    return translated


def _module(entry: Entry) -> str:
    """The full name of an entry's module."""
    return f"{__package__}.{entry.module}"
