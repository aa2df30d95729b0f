"""`doudi officer`: who works here, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from doudi.access.actions import (
    add_officer,
    appoint_officer,
    change_password,
    deactivate_officer,
    end_appointment,
    set_first_password,
    unlock_officer,
)
from doudi.access.models import Role
from doudi.access.queries import appointments_of, find_area, officer_named, officers
from doudi.doors.cli import context
from doudi.doors.cli.language import translate
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from doudi.access.models import Officer

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help=N_("工作人员和岗位"))
def officer() -> None:
    """Group the commands about officers."""


@officer.command(help=N_("新增一名工作人员"))
@click.argument("username")
@click.option("--name", required=True, help=N_("姓名"))
def add(username: str, name: str) -> None:
    """Take an officer on; no appointment yet."""
    added = add_officer(username=username, name=name, actor=context.officer(), at=context.moment())
    context.say(N_("已新增 {officer}"), officer=added)


@officer.command(help=N_("任命：给工作人员一个区域内的岗位"))
@click.argument("username")
@click.option("--role", "label", required=True, help=N_("岗位，如 受理"))
@click.option("--area", "place", required=True, help=N_("区域的名称或代码"))
@click.option("--from", "valid_from", type=_DAY, help=N_("起始日，默认今天"))
@click.option("--to", "valid_to", type=_DAY, help=N_("最后一日，默认长期"))
def appoint(
    username: str, label: str, place: str, valid_from: datetime | None, valid_to: datetime | None
) -> None:
    """Appoint an officer to a role in an area."""
    made = appoint_officer(
        officer_named(username),
        role=_role(label),
        area=find_area(place),
        valid_from=valid_from.date() if valid_from else context.today(),
        valid_to=valid_to.date() if valid_to else None,
        actor=context.officer(),
        at=context.moment(),
    )
    context.say(
        N_("已任命 {username}：{area}“{role}”，自 {day} 起"),
        username=username,
        area=made.area.name,
        role=translate(_role(label).label),
        day=made.valid_from,
    )


@officer.command(help=N_("免去一个岗位"))
@click.argument("username")
@click.option("--role", "label", required=True, help=N_("岗位，如 受理"))
@click.option("--area", "place", required=True, help=N_("区域的名称或代码"))
@click.option("--last-day", type=_DAY, help=N_("最后一日，默认今天"))
@click.option("--why", required=True, help=N_("原因"))
def dismiss(username: str, label: str, place: str, last_day: datetime | None, why: str) -> None:
    """End an appointment that stands."""
    area, day = find_area(place), last_day.date() if last_day else context.today()
    standing = appointments_of(officer_named(username), day).filter(role=_role(label), area=area)
    found = standing.first()
    if found is None:
        raise Refusal(
            "APPOINTED",
            N_("“{username}”在 {day} 没有任{area}的“{role}”"),
            username=username,
            day=day,
            area=area.name,
            role=_role(label).label,
        )
    end_appointment(found, last_day=day, why=why, actor=context.officer(), at=context.moment())
    context.say(N_("“{username}”的岗位到 {day} 为止"), username=username, day=day)


@officer.command(help=N_("停用一名离开的工作人员"))
@click.argument("username")
@click.option("--why", required=True, help=N_("原因"))
def deactivate(username: str, why: str) -> None:
    """An officer works here no longer."""
    deactivate_officer(
        officer_named(username), why=why, actor=context.officer(), at=context.moment()
    )
    context.say(N_("已停用 {username}"), username=username)


@officer.command(help=N_("给一名工作人员设密码：不写在命令里，而是提示后输入"))
@click.argument("username")
def password(username: str) -> None:
    """Give a password that must be changed at the first log-in; or change one's own."""
    actor, holder = context.officer(), officer_named(username)
    typed = click.prompt(
        translate(N_("新密码")), hide_input=True, confirmation_prompt=translate(N_("再输一次"))
    )
    if actor == holder:
        change_password(holder, password=typed, actor=actor, at=context.moment())
        context.say(N_("已修改 {username} 的密码"), username=username)
        return
    set_first_password(holder, password=typed, actor=actor, at=context.moment())
    context.say(N_("已设置 {username} 的密码，首次登录时必须修改"), username=username)


@officer.command(help=N_("解除一名工作人员因多次输错而来的锁定"))
@click.argument("username")
def unlock(username: str) -> None:
    """Open an officer's door again before its time."""
    unlock_officer(officer_named(username), actor=context.officer(), at=context.moment())
    context.say(N_("已解锁 {username}"), username=username)


@officer.command("list", help=N_("列出工作人员和今天的岗位"))
def list_officers() -> None:
    """Print every officer with what they are appointed to today."""
    on = context.today()
    for each in officers():
        held = _appointments(each, on) if each.is_active else [translate(N_("已停用"))]
        click.echo(f"{each.username}\t{each.name}\t{'；'.join(held)}")


def _appointments(holder: Officer, on: date) -> list[str]:
    return [
        f"{appointment.area.name} {translate(Role(appointment.role).label)}"
        for appointment in appointments_of(holder, on)
    ]


def _role(label: str) -> Role:
    """The role with this label or code; refuses ROLE with the ones there are."""
    role = Role.labelled(label)
    if role is None:
        raise Refusal(
            "ROLE",
            N_("没有岗位“{label}”，岗位有：{roles}"),
            label=label,
            roles=tuple(Role),
        )
    return role
