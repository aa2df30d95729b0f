"""`doudi start`: an office from nothing, or an upgraded one; the same again changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from doudi.access.actions import add_officer, appoint_officer, load_areas, open_office
from doudi.access.models import Role
from doudi.access.queries import find_area, officers
from doudi.doors.cli.context import moment, say, today
from doudi.doors.cli.findable import make_all_findable
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer

_PARTS = 4


_OURS_ALONE, _MINE_ALONE = 0o700, 0o600
"""The rights of the office's folder and of its database."""


@click.command(help=N_("建立办公室：数据库、密钥、行政区划、工作人员；重复执行不会改变什么"))
@click.option(
    "--officer",
    "first_officers",
    multiple=True,
    metavar="USERNAME:NAME:ROLE:AREA",
    help=N_("首批工作人员，可写多个，如 zhang:张三:受理:六甲街道"),
)
def start(first_officers: tuple[str, ...]) -> None:
    """Migrate, make the key, load the areas, and take on whoever is named and not yet there."""
    wanted = [_read(text) for text in first_officers]
    Path(settings.HOME).mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    _refuse_newer()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _close_to_others()
    at = moment()
    system = open_office(at=at)
    count = load_areas(actor=system, at=at)
    make_all_findable(actor=system, at=at)
    for username, name, role, area in wanted:
        _take_on(username, name, role, area, system, at)
    say(N_("办公室已就绪：新增区划 {count} 个，密钥文件 {key}"), count=count, key=settings.KEY_FILE)


def _refuse_newer() -> None:
    """Refuse with START-NEWER a database whose tables a newer version has changed."""
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs()}
    unknown = loader.applied_migrations.keys() - (loader.disk_migrations or {}).keys()
    if any(app in ours for app, _ in unknown):
        message = N_("数据库是较新的兜底用过的，这里认不得它的结构，没有改动；请安装那个版本")
        raise Refusal("START-NEWER", message)


def _close_to_others() -> None:
    """Let nobody else on this machine read the database: names and addresses are in it."""
    if connection.vendor == "sqlite" and Path(connection.settings_dict["NAME"]).is_file():
        Path(connection.settings_dict["NAME"]).chmod(_MINE_ALONE)


def _read(text: str) -> tuple[str, str, Role, str]:
    """The four parts of an officer on the command line; refuses OFFICER-FMT."""
    parts = [part.strip() for part in text.replace("：", ":").split(":")]
    role = Role.labelled(parts[2]) if len(parts) == _PARTS else None
    if role is None:
        raise Refusal(
            "OFFICER-FMT",
            N_("“{text}”应写成“用户名:姓名:岗位:区域”，岗位有：{roles}"),
            text=text,
            roles=tuple(Role),
        )
    return parts[0], parts[1], role, parts[3]


def _take_on(username: str, name: str, role: Role, area: str, actor: Officer, at: datetime) -> None:
    """Add and appoint an officer, unless that was done before."""
    officer = officers().filter(username=username).first()
    if officer is None:
        officer = add_officer(username=username, name=name, actor=actor, at=at)
    place = find_area(area)
    if not officer.appointments.filter(role=role, area=place).exists():
        appoint_officer(officer, role=role, area=place, valid_from=today(), actor=actor, at=at)
