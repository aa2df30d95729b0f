"""What stands around every page: whose it is, where else one may go, and what waits there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext

from doudi.doors.office.guard import declared
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from doudi.doors.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation: the name of its address, its icon, and what it is called."""

    name: str
    icon: str
    label: str


NAVIGATION: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place("desk", "layout-dashboard", N_("工作台")),
            Place("worklist", "inbox", N_("办件箱")),
        ),
    ),
    (
        N_("台账"),
        (
            Place("households", "house", N_("一户一档")),
            Place("persons", "users", N_("人员库")),
            Place("import", "upload", N_("台账导入")),
        ),
    ),
    (
        N_("救助与资金"),
        (
            Place("months", "banknote", N_("月度发放")),
            Place("simulations", "flask-conical", N_("政策试算")),
        ),
    ),
    (
        N_("统计与管理"),
        (
            Place("reports", "chart-column", N_("报表")),
            Place("parameters", "scale", N_("政策参数")),
            Place("officers", "key-round", N_("工作人员")),
            Place("journal", "history", N_("操作日志")),
            Place("system", "activity", N_("系统状况")),
        ),
    ),
)
"""Every place that the navigation may lead to; a place without a page yet is not shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as this officer sees it."""

    address: str
    icon: str
    label: str
    is_current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame for this officer, a plain one for nobody."""
    sight = getattr(request, "sight", None)
    if sight is None:
        return {"layout": "office/plain.html"}
    return {
        "layout": "office/page.html",
        "sight": sight,
        "may_search": declared(resolve(reverse("search")).func).admits(sight),
        "navigation": [
            (gettext(heading) if heading else "", shown)
            for heading, places in NAVIGATION
            if (shown := list(_shown(places, sight, request.path)))
        ],
    }


def _shown(places: tuple[Place, ...], sight: Sight, path: str) -> Iterator[Shown]:
    """The places of a group that this officer may open."""
    for place in places:
        address = _address(place.name)
        if address and declared(resolve(address).func).admits(sight):
            is_current = path == address or (address != "/" and path.startswith(address))
            yield Shown(address, place.icon, gettext(place.label), is_current)


@cache
def _address(name: str) -> str:
    """The address of a place; empty while it has no page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
