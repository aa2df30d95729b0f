"""Reads case files strictly: what is not understood is refused with its key's path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from doudi.policy.cases.case import Case
from doudi.policy.cases.expected import read_expected
from doudi.policy.cases.household import read_household
from doudi.policy.cases.node import Node
from doudi.policy.cases.one_off import read_deceased, read_event
from doudi.policy.faults import refused
from doudi.policy.rules import Rules, load_rules
from doudi.policy.strict_yaml import StrictLoader, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 2_000_000
"""A case file is a few kilobytes; one beyond this is something else."""


def case_files(folder: Path) -> list[Path]:
    """Every `*.yaml` below a folder, sorted; a file stands for itself. Refuses where none is."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise refused("CASE-FOLDER", str(folder))
    found = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    if not found:
        raise refused("CASE-NONE", str(folder))
    return found


def read_cases(file: Path, folders: tuple[Path, ...] = ()) -> list[Case]:
    """The cases of a file, one a YAML document; refuses with the codes of `policy.faults`.

    `folders` are an office's own folders of parameters.
    """
    cases = [_case(node, folders) for node in documents_of(file)]
    if not cases:
        raise refused("CASE-EMPTY", str(file))
    return cases


def documents_of(file: Path) -> Iterator[Node]:
    """Each document of a file; a file of several names the document in its paths."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise refused("YAML-SIZE", str(file))
        text = file.read_text(encoding="utf-8-sig")
        documents = [
            document
            for document in yaml.load_all(text, Loader=StrictLoader)
            if document is not None
        ]
    except (OSError, UnicodeDecodeError) as fault:
        raise refused("YAML-READ", str(file)) from fault
    except yaml.YAMLError as fault:
        raise refused("YAML-SYNTAX", str(file), line=line_of(fault)) from fault
    except (RecursionError, ValueError) as fault:
        raise refused("YAML-SIZE", str(file)) from fault
    for place, document in enumerate(documents, start=1):
        name = str(file) if len(documents) == 1 else f"{file} #{place}"
        yield Node(name, document)


def _case(node: Node, folders: tuple[Path, ...]) -> Case:
    """One case."""
    entries = node.keys(
        "source parameters event deceased expect", "title jurisdiction month household"
    )
    rules = _rules(entries, folders)
    month = entries["month"].month()
    household = read_household(entries["household"], month)
    if "event" in entries:
        read_event(entries["event"], household)
    deceased = None
    if "deceased" in entries:
        deceased = read_deceased(entries["deceased"], household, rules)
    expect = entries.get("expect")
    return Case(
        file=node.file,
        title=entries["title"].text(),
        source=entries["source"].text() if "source" in entries else "",
        month=month,
        rules=rules,
        facts=household.facts(),
        members=tuple(household.ids),
        deceased=deceased,
        expect=None if expect is None else read_expected(expect, household.ids),
    )


def _rules(entries: dict[str, Node], folders: tuple[Path, ...]) -> Rules:
    """The rules of the case's jurisdiction, with what the case assumes."""
    overrides: dict[str, object] = {}
    if "parameters" in entries:
        overrides = {key: node.value for key, node in entries["parameters"].entries().items()}
    return load_rules(entries["jurisdiction"].text(), overrides, folders)
