"""Reads a jurisdiction's folder of parameters, and refuses with the file and the key.

A folder holds `jurisdiction.yaml` (code, name, what it stands on), `documents.yaml` (the papers
its values cite) and any number of other files, each a map from a parameter to its dated values.
The nation's folder also declares each parameter: title, unit, who can supply it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from doudi.kernel.citations import Citation
from doudi.policy.faults import Malformed, refused
from doudi.policy.strict_yaml import StrictLoader, line_of
from doudi.policy.values import Parameter, Status, Value, read
from doudi.policy.words import Words

if TYPE_CHECKING:
    from doudi.kernel.refusals import Refusal

_VALUE_KEYS = {"value", "document", "article", "confidence", "status", "note"}
_DECLARED_KEYS = {"title", "unit", "per", "supplier", "values"}
_UNITS = {
    "yuan", "share", "boolean", "grades", "words", "rounding", "stacking", "authority",
    "count", "years", "months", "days", "working_days", "grade", "items",
}  # fmt: skip
MOST_BYTES = 2_000_000
"""A file of parameters is some kilobytes; one beyond this is something else."""
_NOBODY = Words("", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a reader stands, for the one sentence of a refusal."""

    file: Path
    key: str = ""

    def at(self, key: object) -> Place:
        """One step further in."""
        return Place(self.file, f"{self.key}.{key}" if self.key else str(key))

    def refuse(self, code: str, **values: object) -> Refusal:
        """The refusal that names file, key and fault."""
        file = "/".join(self.file.parts[-2:])
        return refused(code, f"{file} {self.key}".strip(), **values)


@dataclass(frozen=True, slots=True)
class Folder:
    """One level: its name, what it stands on, its area's code, its values and their files."""

    code: str
    name: Words
    above: str | None
    area: str
    parameters: Mapping[str, Parameter]
    files: Mapping[str, Path]


def read_folder(path: Path) -> Folder:
    """The folder's whole content, checked; raises a Refusal naming file and key."""
    about = Place(path / "jurisdiction.yaml")
    head = _mapping(_load(about), about, {"code", "name", "above", "area"})
    documents = _documents(path)
    parameters: dict[str, Parameter] = {}
    files: dict[str, Path] = {}
    for file in sorted(path.glob("*.yaml")):
        if file.name in ("jurisdiction.yaml", "documents.yaml"):
            continue
        place = Place(file)
        for key, body in _mapping(_load(place), place).items():
            if key in parameters:
                raise place.at(key).refuse("YAML-TWICE")
            files[key] = file
            parameters[key] = _parameter(key, body, place.at(key), documents, path.name)
    above = head.get("above")
    return Folder(
        code=path.name,
        name=_words(head.get("name"), about.at("name")),
        above=None if above is None else str(above),
        area=str(head.get("area", head.get("code", ""))),
        parameters=parameters,
        files=files,
    )


def _load(place: Place) -> object:
    """A YAML file's content."""
    try:
        if place.file.stat().st_size > MOST_BYTES:
            raise place.refuse("YAML-SIZE")
        text = place.file.read_text(encoding="utf-8-sig")
        return yaml.load(text, Loader=StrictLoader)  # noqa: S506 - built on SafeLoader
    except (OSError, UnicodeDecodeError) as fault:
        raise place.refuse("YAML-READ") from fault
    except yaml.YAMLError as fault:
        raise place.refuse("YAML-SYNTAX", line=line_of(fault)) from fault
    except RecursionError as fault:
        raise place.refuse("YAML-SIZE") from fault


def _mapping(raw: object, place: Place, allowed: set[str] | None = None) -> dict[str, object]:
    """A map with text keys, and only those allowed."""
    if not isinstance(raw, dict):
        raise place.refuse("YAML-MAP")
    for key in raw:
        if not isinstance(key, str):
            raise place.at(key).refuse("YAML-TEXT")
        if allowed is not None and key not in allowed:
            raise place.at(key).refuse("YAML-KEY")
    return raw


def _words(raw: object, place: Place) -> Words:
    """A title in both languages."""
    both = _mapping(raw, place, {"zh", "en"})
    if not isinstance(both.get("zh"), str) or not isinstance(both.get("en"), str):
        raise place.refuse("PARAMETER-BILINGUAL")
    return Words(str(both["zh"]), str(both["en"]))


def _documents(path: Path) -> dict[str, Citation]:
    """The papers that values cite, by key."""
    place = Place(path / "documents.yaml")
    if not place.file.exists():
        return {}
    found: dict[str, Citation] = {}
    for key, body in _mapping(_load(place), place).items():
        paper = _mapping(body, place.at(key), {"title", "number"})
        if not isinstance(paper.get("title"), str):
            raise place.at(key).at("title").refuse("YAML-MISSING")
        found[key] = Citation(str(paper["title"]), str(paper.get("number", "")))
    return found


def _parameter(
    key: str, raw: object, place: Place, documents: Mapping[str, Citation], folder: str
) -> Parameter:
    """A parameter with its dated values; what only the nation declares stays empty elsewhere."""
    body = _mapping(raw, place, _DECLARED_KEYS)
    unit = body.get("unit", "")
    if unit and (not isinstance(unit, str) or unit not in _UNITS):
        raise place.at("unit").refuse("PARAMETER-UNIT")
    dated = body.get("values")
    if not isinstance(dated, dict) or not dated:
        raise place.at("values").refuse("PARAMETER-DATED")
    raws = list(_dated(dated, place.at("values")))
    return Parameter(
        path=key,
        title=_words(body["title"], place.at("title")) if "title" in body else _NOBODY,
        unit=str(unit),
        per=_words(body["per"], place.at("per")) if "per" in body else _NOBODY,
        supplier=_words(body["supplier"], place.at("supplier")) if "supplier" in body else _NOBODY,
        values=tuple(_value(day, raw, at, documents, folder) for day, raw, at in raws),
    )


def _dated(dated: dict[object, object], place: Place) -> Iterator[tuple[date, object, Place]]:
    """Each value with its first day, the earliest first."""
    for day in dated:
        if type(day) is not date:  # a moment is a date too, and can't be compared with one
            raise place.at(day).refuse("YAML-DATE")
    for day, raw in sorted(dated.items(), key=lambda item: str(item[0])):
        if isinstance(day, date):
            yield day, raw, place.at(day)


def _value(
    day: date, raw: object, place: Place, documents: Mapping[str, Citation], folder: str
) -> Value:
    """One dated value, still as written: `with_unit` reads it once its declaration is known."""
    body = _mapping(raw, place, _VALUE_KEYS)
    if "value" not in body:
        raise place.at("value").refuse("YAML-MISSING")
    document = body.get("document")
    if not isinstance(document, str):
        raise place.at("document").refuse("YAML-MISSING")
    if body.get("confidence") not in ("H", "M", "L"):
        raise place.at("confidence").refuse("YAML-CHOICE", choices="H、M、L")
    if body.get("status") not in ("official", "recalled", "assumed", "unknown"):
        raise place.at("status").refuse(
            "YAML-CHOICE", choices="official、recalled、assumed、unknown"
        )
    status = Status(str(body["status"]))
    if (body["value"] is None) != (status == Status.UNKNOWN):
        raise place.at("status").refuse("PARAMETER-STATUS")
    paper = documents.get(document, Citation(document))
    return Value(
        first=day,
        value=body["value"],  # type: ignore[arg-type]  # raw until `with_unit` reads it
        citation=Citation(paper.document, paper.number, str(body.get("article", ""))),
        confidence=str(body["confidence"]),
        status=status,
        jurisdiction=folder,
        note=str(body.get("note", "")),
    )


def with_unit(parameter: Parameter, declared: Parameter, file: Path) -> Parameter:
    """The parameter with its declaration's unit, its values read in it; refuses a wrong one."""
    place = Place(file, parameter.path)
    values = []
    for value in parameter.values:
        try:
            plain = read(declared.unit, value.value)
        except Malformed as fault:
            raise place.at(value.first).refuse(fault.code, **fault.values) from fault
        values.append(
            Value(
                value.first, plain, value.citation, value.confidence, value.status,
                value.jurisdiction, value.note,
            )
        )  # fmt: skip
    return Parameter(
        declared.path, declared.title, declared.unit, declared.per, declared.supplier,
        tuple(values),
    )  # fmt: skip
