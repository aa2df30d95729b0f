"""Reads of the tree of areas: by code or name, what lies within, who administers what."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from doudi.access.models import Administration, Area, AreaKind
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import date

_FULL_CODE = 12
_COMMITTEES = ("居民委员会", "村民委员会", "居委会", "村委会")


def areas() -> QuerySet[Area]:
    """Every area, from the root down."""
    return Area.objects.order_by("path")


def find_area(text: str) -> Area:
    """The area with this code or name; a code may be padded with zeros to twelve digits.

    Refuses with the code AREA what is unknown, or a name that several areas bear.
    """
    found = list(_candidates(text.strip()))
    if len(found) == 1:
        return found[0]
    if found:
        choices = tuple(str(area) for area in found)
        raise Refusal(
            "AREA", N_("有几个区域叫“{text}”，请改用代码：{choices}"), text=text, choices=choices
        )
    near = get_close_matches(text, list(areas().values_list("name", flat=True)), n=3)
    if near:
        raise Refusal("AREA", N_("没有区域“{text}”，是不是：{near}？"), text=text, near=tuple(near))
    raise Refusal("AREA", N_("没有区域“{text}”，名称和代码见 doudi area list"), text=text)


def within(area: Area) -> QuerySet[Area]:
    """The area itself and every area inside it."""
    return areas().filter(path__startswith=area.path)


def communities(area: Area, on: date) -> QuerySet[Area]:
    """The communities and villages that an area, or an office inside it, administers on a day.

    A community of which nothing is recorded for the day is administered by the area around it.
    """
    standing = Administration.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), area=OuterRef("pk"), valid_from__lte=on
    )
    ours = standing.filter(administered_by__path__startswith=area.path)
    return areas().filter(
        Exists(ours) | (Q(path__startswith=area.path) & ~Exists(standing)),
        kind__in=[AreaKind.COMMUNITY, AreaKind.VILLAGE],
    )


def jurisdiction_of(area: Area) -> str:
    """The folder of parameters that applies in an area: its own, or the nearest one's above."""
    codes = area.path.rstrip("/").split("/")
    named = (
        Area.objects.filter(code__in=codes)
        .exclude(jurisdiction="")
        .order_by("path")
        .values_list("jurisdiction", flat=True)
        .last()
    )
    if named is None:
        raise Refusal("JURISDICTION", N_("区域“{area}”没有指定适用的政策参数"), area=area.name)
    return named


def _candidates(text: str) -> QuerySet[Area]:
    """Areas with this code, or else with this name, with or without its committee's title."""
    if text.isascii() and text.isdigit():
        codes = [text]
        if len(text) == _FULL_CODE:
            codes += [text[:size] for size in (2, 4, 6, 9) if not text[size:].strip("0")]
        return areas().filter(code__in=codes)
    name = text
    for committee in _COMMITTEES:
        name = name.removesuffix(committee)
    return areas().filter(name=name)
