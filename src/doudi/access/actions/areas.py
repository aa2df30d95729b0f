"""Writes to the tree of areas: taking in the national codes, and who administers what."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypedDict, cast

import yaml
from django.db.models import Q
from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.access.models import Administration, Area
from doudi.access.queries import require_administrator
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from doudi.access.models import Officer


class _AreaData(TypedDict, total=False):
    code: str
    name: str
    kind: str
    parent: str
    jurisdiction: str


class _AdministrationData(TypedDict):
    area: str
    administered_by: str | None
    valid_from: date
    assumed: bool


class _Data(TypedDict):
    areas: list[_AreaData]
    administrations: list[_AdministrationData]


def load_areas(*, actor: Officer, at: datetime) -> int:
    """Take in the areas of `data/areas.yaml` that aren't there yet; answers how many.

    What an office has changed since (a jurisdiction, an administration) stays as it is.
    """
    data = _data()
    with deed(actor=actor, act="load_areas", why="启用区划代码", at=at):
        known = {area.code: area for area in Area.objects.all()}
        fresh = [row for row in data["areas"] if row["code"] not in known]
        for row in fresh:
            parent = known[row["parent"]] if "parent" in row else None
            known[row["code"]] = Area.objects.create(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                parent=parent,
                path=f"{parent.path if parent else ''}{row['code']}/",
                jurisdiction=row.get("jurisdiction", ""),
            )
        codes = {row["code"] for row in fresh}
        for administration in data["administrations"]:
            if administration["area"] in codes:
                by = administration["administered_by"]
                Administration.objects.create(
                    area=known[administration["area"]],
                    administered_by=known[by] if by else None,
                    valid_from=administration["valid_from"],
                    assumed=administration["assumed"],
                )
    return len(fresh)


def set_jurisdiction(
    area: Area, *, jurisdiction: str, why: str, actor: Officer, at: datetime
) -> None:
    """Say which folder of parameters applies in an area; empty leaves it to the area above.

    An administrator's deed; refuses NOT-ALLOWED otherwise.
    """
    require_administrator(actor, area, localdate(at))
    with deed(actor=actor, act="set_jurisdiction", why=why, at=at):
        area.jurisdiction = jurisdiction
        area.save(update_fields=["jurisdiction"])


def set_administration(
    area: Area,
    *,
    administered_by: Area | None,
    valid_from: date,
    assumed: bool = False,
    note: str = "",
    why: str,
    actor: Officer,
    at: datetime,
) -> Administration:
    """From a day on, an office (None: one outside of this tree) administers a community.

    The administration that stood on that day ends the day before. Refuses with PER-OVERLAP when
    a later one is recorded already. The same again changes nothing. An
    administrator's deed; refuses NOT-ALLOWED otherwise.
    """
    require_administrator(actor, area, localdate(at))
    with deed(actor=actor, act="set_administration", why=why, at=at):
        standing = (
            Administration.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), area=area)
            .order_by("valid_from")
            .last()
        )
        if standing is not None and standing.valid_from >= valid_from:
            if standing.valid_from == valid_from and standing.administered_by == administered_by:
                return standing
            raise Refusal(
                "PER-OVERLAP",
                N_("{area}自 {day} 起的管辖已有登记，请选更晚的起始日"),
                area=area.name,
                day=standing.valid_from,
            )
        if standing is not None:
            standing.valid_to = valid_from - timedelta(days=1)
            standing.save(update_fields=["valid_to"])
        return Administration.objects.create(
            area=area,
            administered_by=administered_by,
            valid_from=valid_from,
            assumed=assumed,
            note=note,
        )


@cache
def _data() -> _Data:
    """The areas that an office starts with, read once."""
    text = resources.files("doudi.access").joinpath("data", "areas.yaml").read_text("utf-8")
    return cast("_Data", yaml.safe_load(text))
