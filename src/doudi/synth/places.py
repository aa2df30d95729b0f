"""Places (社区): the communities to live in, from the areas that every office starts with."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import yaml

from doudi.kernel.refusals import N_, Refusal


@dataclass(frozen=True, slots=True)
class Community:
    """A community (社区) to live in: its code, and its name as addresses begin."""

    code: str
    name: str


def communities_of(subdistrict: str) -> list[Community]:
    """The communities inside an area given by its code or name, in the order of their codes.

    Refuses with the code AREA when none is known there.
    """
    text = resources.files("doudi.access").joinpath("data", "areas.yaml").read_text("utf-8")
    areas = yaml.safe_load(text)["areas"]
    around = {area["code"] for area in areas if subdistrict in (area["code"], area["name"])}
    found = [
        Community(area["code"], area["name"])
        for area in areas
        if area["kind"] == "community" and any(area["code"].startswith(code) for code in around)
    ]
    if not found:
        raise Refusal(
            "AREA", N_("“{text}”之下没有已知的社区，请改用六甲街道（530111008）"), text=subdistrict
        )
    return found
