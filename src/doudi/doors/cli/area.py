"""`doudi area`: the tree of areas, their parameters, and who administers a community."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.conf import settings

from doudi.access.actions import set_administration, set_jurisdiction
from doudi.access.queries import areas, communities, find_area, within
from doudi.doors.cli import context
from doudi.doors.cli.language import translate
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from datetime import datetime

ELSEWHERE = "elsewhere"
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help=N_("行政区划"))
def area() -> None:
    """Group the commands about areas."""


@area.command("list", help=N_("列出区域、代码和适用的政策参数"))
@click.option("--within", "place", help=N_("只列这个区域及其下级"))
@click.option("--administered-by", "office", help=N_("只列今天由这个区域管辖的社区"))
def list_areas(place: str | None, office: str | None) -> None:
    """Print areas from the root down, each indented under the one around it."""
    rows = within(find_area(place)) if place else areas()
    if office:
        rows = communities(find_area(office), context.today())
    for row in rows:
        depth = "  " * (row.path.count("/") - 1)
        jurisdiction = (
            translate(N_("（参数 {jurisdiction}）")).format(jurisdiction=row.jurisdiction)
            if row.jurisdiction
            else ""
        )
        click.echo(f"{depth}{row.code} {row.name}{jurisdiction}")


@area.command(help=N_("指定一个区域适用的政策参数"))
@click.argument("place")
@click.argument("jurisdiction")
@click.option("--why", required=True, help=N_("原因"))
def adopt(place: str, jurisdiction: str, why: str) -> None:
    """Say which folder of parameters applies; a folder that isn't there is refused."""
    from doudi.policy import load_rules  # noqa: PLC0415 - the other commands are spared its seconds

    load_rules(jurisdiction, folders=tuple(settings.PARAMETER_FOLDERS))
    found = find_area(place)
    set_jurisdiction(
        found,
        jurisdiction=jurisdiction,
        why=why,
        actor=context.officer(),
        at=context.moment(),
    )
    context.say(N_("{area}适用参数 {jurisdiction}"), area=found.name, jurisdiction=jurisdiction)


@area.command(help=N_("登记一个社区自某日起由谁管辖"))
@click.argument("place")
@click.option("--by", "office", required=True, help=N_("管辖的区域；由外单位管辖写 elsewhere"))
@click.option("--from", "valid_from", type=_DAY, required=True, help=N_("起始日"))
@click.option("--assumed", is_flag=True, help=N_("尚未核实，只是推定"))
@click.option("--why", required=True, help=N_("原因或依据"))
def administer(*, place: str, office: str, valid_from: datetime, assumed: bool, why: str) -> None:
    """Record who administers a community from a day on."""
    found = find_area(place)
    by = None if office == ELSEWHERE else find_area(office)
    set_administration(
        found,
        administered_by=by,
        valid_from=valid_from.date(),
        assumed=assumed,
        note=why,
        why=why,
        actor=context.officer(),
        at=context.moment(),
    )
    context.say(
        N_("{area}自 {day} 起由{office}管辖"),
        area=found.name,
        day=valid_from.date(),
        office=by.name if by else translate(N_("外单位")),
    )
