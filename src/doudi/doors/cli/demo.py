"""`doudi demo`: the made-up Liujia's first half of 2022, through the same doors as real data."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import rmtree

import click

from doudi.doors.cli.commands import known_names, set_up_django
from doudi.doors.cli.half_year import HalfYear
from doudi.kernel.refusals import N_, Refusal

MARKER = ".doudi-demo"
"""A folder with a file of this name is a demo's and may be wiped."""
OF_AN_OFFICE = ("DOUDI_KEY_FILE", "DOUDI_AT", "DOUDI_OFFICER")
"""What an office's environment says and the demo must not hear."""


@click.command(help=N_("用虚构的六甲街道演示 2022 年上半年：台账、六个月的发放、半年报告"))
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/demo"),
    show_default=True,
    help=N_("演示所用的目录；已有的演示会被清空重来，别的目录绝不清空"),
)
@click.option("--serve/--no-serve", default=True, help=N_("报告之后打开网页，或不打开"))
def demo(*, home: Path, serve: bool) -> None:
    """Make the demo's office anew, live through its half-year, show the report."""
    home = home.absolute()
    _take(home)
    for name in OF_AN_OFFICE:
        os.environ.pop(name, None)
    os.environ["DOUDI_HOME"] = str(home)
    set_up_django()
    _refuse_a_used_database()
    story = HalfYear(home)
    story.open_office()
    story.open_ledger()
    story.live_through()
    story.report()
    story.let_in()
    if serve and "serve" in known_names():
        story.serve()


def _take(home: Path) -> None:
    """Make the folder anew; refuses DEMO-HOME for one that holds anything but a demo."""
    if home.is_dir() and any(home.iterdir()) and not (home / MARKER).exists():
        raise Refusal(
            "DEMO-HOME",
            N_("{home} 里有别的东西，不是演示目录，什么也没有动；请用 --home 另指一个目录"),
            home=home,
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARKER).touch()
    for entry in home.iterdir():
        if entry.name == MARKER:
            continue
        if entry.is_dir() and not entry.is_symlink():
            rmtree(entry)
        else:
            entry.unlink()


def _refuse_a_used_database() -> None:
    """Refuse DEMO-DATABASE for a database that holds tables, as only one named by its URL can."""
    from django.db import connection  # noqa: PLC0415 - Django has only now been set up

    if connection.introspection.table_names():
        raise Refusal(
            "DEMO-DATABASE",
            N_("DOUDI_DATABASE_URL 指的数据库不是空的，什么也没有动；请去掉它或指一个空的数据库"),
        )
