"""The rules of a jurisdiction (辖区规则): its parameters from the nation down, and the system."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from doudi.kernel.citations import Citation
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.policy.faults import Malformed, refused
from doudi.policy.loading import Folder, read_folder, with_unit
from doudi.policy.missing import (
    PARAMETER_KEYS,
    Missing,
    facts_missing,
    family,
    keys_of,
)
from doudi.policy.system import build_system
from doudi.policy.values import Parameter, Plain, Status, Value, read

if TYPE_CHECKING:
    from datetime import date

RULES_VERSION = "1"
"""Raised whenever a formula changes what it answers; part of every fingerprint."""
FIRST_MONTH = Month("2014-05")
"""The first month that the rules determine: 社会救助暂行办法 is in force from 2014-05-01."""
NATION = "CN"
HOME = Path(__file__).parent / "parameters"

ROOTS = {key.split(".")[0] for key in PARAMETER_KEYS}
DISTRICT_DIGITS = 6
"""A national code names a district by its first six digits (GB/T 2260)."""

_AREA_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?")


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The law as it applies in a jurisdiction: `levels` from the nation down to itself."""

    jurisdiction: str
    area: str
    levels: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    system: TaxBenefitSystem

    def value(self, path: str, day: date) -> Value:
        """The value of a parameter in force on a day; raises KeyError for an unknown path."""
        value = self.parameters[path].on(day)
        if value is None:
            raise LookupError(path, day)
        return value

    def plain(self, path: str, day: date) -> Plain | None:
        """What a parameter is on a day: fen, ten-thousandths, a number, a word; None: unknown."""
        return self.value(path, day).value

    def fingerprint(self, month: Month) -> str:
        """A hash of the rules' version and of every value in force in the month."""
        in_force = {
            path: parameter.plain(month.first)
            for path, parameter in sorted(self.parameters.items())
        }
        text = json.dumps([RULES_VERSION, in_force], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def missing(
        self, bits: int, month: Month, read: Collection[str] | None = None
    ) -> list[Missing]:
        """What the bits of an undetermined answer name: facts, then parameters unknown then.

        `read` narrows the parameters to those that the answer used, where that is known.
        """
        keys = keys_of(bits)
        return facts_missing(bits) + [
            Missing(path, parameter.title, parameter.supplier, parameter=True)
            for path, parameter in self.parameters.items()
            if (path in read if read is not None else path.split(".")[0] in ROOTS)
            and family(path) in keys
            and parameter.plain(month.first) is None
        ]

    def covers(self, code: str) -> bool:
        """Whether an area, by its national code, lies in this jurisdiction's district or area."""
        return self.area == NATION or code.startswith(self.area[:DISTRICT_DIGITS])


def load_rules(
    jurisdiction: str,
    overrides: Mapping[str, object] | None = None,
    folders: Sequence[Path] = (),
) -> Rules:
    """The rules of a jurisdiction, by the name of its folder or the code of its area.

    `overrides` replaces parameters for all time (as a case file does: yuan and shares as quoted
    decimals, None for unknown). `folders` are searched before the package's own: an office's
    parameters. Refuses an unknown jurisdiction (JURISDICTION-UNKNOWN), a malformed file
    or override (`policy.faults`), an unknown parameter (PARAMETER-UNKNOWN).
    """
    frozen = tuple(
        (path, _Given(raw, repr(raw))) for path, raw in sorted((overrides or {}).items())
    )
    return _load(jurisdiction, frozen, tuple(folders))


def known_jurisdictions(folders: Sequence[Path] = ()) -> list[str]:
    """The names of all folders of parameters, sorted."""
    return sorted(
        {path.parent.name for home in (*folders, HOME) for path in home.glob("*/jurisdiction.yaml")}
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """An override as it was given; a key of the cache by what it looks like, True apart from 1."""

    raw: object = field(compare=False)
    looks: str


@lru_cache(maxsize=256)
def _load(
    jurisdiction: str, overrides: tuple[tuple[str, _Given], ...], folders: tuple[Path, ...]
) -> Rules:
    """Merge the levels, lay the overrides over them, build the system."""
    levels = _levels(jurisdiction, folders)
    parameters = dict(_merged(levels))
    for path, given in overrides:
        parameters[path] = _overridden(path, given.raw, parameters)
    return Rules(
        jurisdiction=jurisdiction,
        area=levels[-1].area if levels[-1].code == jurisdiction else jurisdiction,
        levels=tuple(level.code for level in levels),
        parameters=parameters,
        system=build_system(parameters),
    )


def _levels(jurisdiction: str, folders: tuple[Path, ...]) -> list[Folder]:
    """The folders that apply, from the nation down."""
    name: str | None = _nearest(jurisdiction, folders)
    levels: list[Folder] = []
    while name is not None:
        if len(levels) > len(known_jurisdictions(folders)):
            raise refused("PARAMETER-CIRCLE", f"{name}/jurisdiction.yaml above")
        levels.append(_folder(_path(name, folders)))
        name = levels[-1].above
    if levels[-1].code != NATION:
        raise _unknown(jurisdiction, folders)
    return levels[::-1]


@lru_cache(maxsize=64)
def _folder(path: Path) -> Folder:
    """A folder, read once."""
    return read_folder(path)


def _nearest(jurisdiction: str, folders: tuple[Path, ...]) -> str:
    """The folder of this name, or of the nearest area above it that has one."""
    known = known_jurisdictions(folders)
    if jurisdiction in known:
        return jurisdiction
    if _AREA_CODE.fullmatch(jurisdiction):
        above = [name for name in known if name.isdigit() and jurisdiction.startswith(name)]
        if above:
            return max(above, key=len)
    raise _unknown(jurisdiction, folders)


def _path(name: str, folders: tuple[Path, ...]) -> Path:
    """Where the folder of this name lies."""
    if name not in known_jurisdictions(folders):  # no path, then, that leads out of the folders
        raise _unknown(name, folders)
    return next(
        home / name for home in (*folders, HOME) if (home / name / "jurisdiction.yaml").exists()
    )


def _unknown(name: str, folders: tuple[Path, ...]) -> Refusal:
    """The refusal of a jurisdiction without a folder."""
    return Refusal(
        "JURISDICTION-UNKNOWN",
        N_("没有辖区“{name}”的政策参数，现有：{known}；请核对代码，或为它建一个参数文件夹"),
        name=name,
        known=tuple(known_jurisdictions(folders)),
    )


def _merged(levels: list[Folder]) -> Mapping[str, Parameter]:
    """Each parameter with the values of the lowest level that has one for the day."""
    merged: dict[str, Parameter] = {}
    declared = levels[0].parameters
    for level in levels:
        for path, parameter in level.parameters.items():
            if path not in declared or not declared[path].unit:
                raise refused("PARAMETER-UNKNOWN", f"{level.code} {path}")
            read_here = with_unit(parameter, declared[path], level.files[path])
            if level.code == NATION and read_here.values[0].first > FIRST_MONTH.first:
                raise refused("PARAMETER-GAP", f"{NATION} {path}", first=FIRST_MONTH.first)
            merged[path] = _laid_over(merged.get(path), read_here)
    return merged


def _laid_over(above: Parameter | None, own: Parameter) -> Parameter:
    """A level's values over those above: from its first day on they alone hold."""
    if above is None:
        return own
    earlier = tuple(value for value in above.values if value.first < own.values[0].first)
    return Parameter(own.path, own.title, own.unit, own.per, own.supplier, (*earlier, *own.values))


def _overridden(path: str, raw: object, parameters: Mapping[str, Parameter]) -> Parameter:
    """A parameter that a case gives for itself."""
    if path not in parameters:
        raise refused("PARAMETER-UNKNOWN", f"parameters.{path}")
    own = parameters[path]
    try:
        plain = read(own.unit, raw)
    except Malformed as fault:
        raise refused(fault.code, f"parameters.{path}", **fault.values) from fault
    given = Value(
        FIRST_MONTH.first, plain, Citation("本案例给定的参数"), "H",
        Status.UNKNOWN if plain is None else Status.CASE, "case",
    )  # fmt: skip
    return Parameter(own.path, own.title, own.unit, own.per, own.supplier, (given,))
