"""Reads reform files (改革方案文件) strictly: each fault is one sentence with the file's line.

    name: 低保标准提高 10 元
    reason: 测算提标所需资金
    changes:
      - {path: dibao.standard, from: 2022-01, value: "710.00"}

Values are written as in a folder of parameters; `from` and `to` are months, or a month's first
and last day. The order of the changes does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.text import clean_text
from doudi.policy.cases.node import Node
from doudi.policy.faults import Malformed, refused
from doudi.policy.reforms import Change, Reform
from doudi.policy.rules import FIRST_MONTH
from doudi.policy.strict_yaml import StrictLoader, line_of
from doudi.policy.values import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from doudi.policy.rules import Rules
    from doudi.policy.values import Parameter

MOST_BYTES = 64_000
"""A reform is a few lines; a file beyond this is something else."""
MOST_CHANGES = 200
LONGEST_NAME, LONGEST_REASON = 100, 500
_DEEPEST = 6
"""Maps and lists in one another: the document, its changes, a change, its value, and room."""
_REQUIRED = {"path", "from", "value"}
_ALLOWED = {*_REQUIRED, "to"}


def read_reform(file: Path, rules: Rules) -> Reform:
    """The reform of a file; refuses with one sentence that names the line.

    Codes: those of `policy.faults`, and REFORM-… for what is particular to a reform.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise refused("YAML-SIZE", str(file))
        content = file.read_bytes()
    except OSError as fault:
        raise refused("YAML-READ", str(file)) from fault
    return reform_from(content, str(file), rules)


def reform_from(content: bytes, name: str, rules: Rules) -> Reform:
    """The reform that a file of this name and content holds; refuses as `read_reform` does."""
    root = _Written(name, *_document(content, name))
    top = root.entries({"name", "reason", "changes"}, {"name", "reason", "changes"})
    changes = [_change(each, rules) for each in top["changes"].items()]
    if not changes:
        raise top["changes"].refuse("REFORM-EMPTY", N_("{where}：changes 里没有写改变哪个参数"))
    _refuse_overlaps([change for change, _ in changes], [place for _, place in changes])
    return Reform(
        name=top["name"].text(LONGEST_NAME),
        reason=top["reason"].text(LONGEST_REASON),
        changes=tuple(
            sorted((change for change, _ in changes), key=lambda each: (each.path, each.first))
        ),
    )


@dataclass(frozen=True, slots=True)
class _Written:
    """A value as written: the file, the YAML node, the loader that makes a value of it, its key."""

    file: str
    node: yaml.Node
    loader: StrictLoader
    path: str = ""

    @property
    def where(self) -> str:
        """The file's line, and the key."""
        return f"{self.file}:{self.node.start_mark.line + 1} {self.path}".strip()

    def refuse(self, code: str, message: str, **values: object) -> Refusal:
        """A refusal at this place, to be raised."""
        return Refusal(code, message, where=self.where, **values)

    def fault(self, code: str, **values: object) -> Refusal:
        """A refusal of `policy.faults` at this place, to be raised."""
        return refused(code, self.where, **values)

    @property
    def value(self) -> object:
        """What YAML makes of it."""
        found: object = self.loader.construct_document(self.node)
        return found

    def entries(self, allowed: set[str], required: set[str]) -> dict[str, _Written]:
        """The entries of a map; refuses a key that is not allowed, or a required one missing."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("YAML-MAP")
        found = {str(key.value): self._at(f".{key.value}", node) for key, node in self.node.value}
        for key, written in found.items():
            if key not in allowed:
                raise written.fault("YAML-KEY")
        for key in sorted(required - found.keys()):
            raise self._at(f".{key}", self.node).fault("YAML-MISSING")
        return found

    def items(self) -> Iterator[_Written]:
        """The values of a list that is not overlong."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("YAML-LIST")
        if len(self.node.value) > MOST_CHANGES:
            raise self.fault("YAML-SIZE")
        for place, node in enumerate(self.node.value):
            yield self._at(f"[{place}]", node)

    def text(self, limit: int) -> str:
        """A text of one line that is not empty nor too long."""
        try:
            plain = clean_text(Node(self.file, self.value).text(), limit=limit)
        except Refusal:
            plain = ""
        if not plain or len(plain.splitlines()) > 1:
            raise self.refuse(
                "REFORM-TEXT",
                N_("{where} 应为一行文字，最多 {limit} 字，不含不可见字符"),
                limit=limit,
            )
        return plain

    def month(self, *, last: bool = False) -> Month:
        """A month, or the day that begins it; `last`: or the day that ends it."""
        found = self.value
        try:
            month = Month.of(found) if isinstance(found, date) else Month(str(found))
        except Refusal:
            raise self.fault("YAML-MONTH") from None
        if isinstance(found, date) and found != (month.last if last else month.first):
            raise self.refuse(
                "REFORM-DAY",
                N_("{where} 应为整月：规则按月取值，请写月份，如 {month}"),
                month=month,
            )
        if month < FIRST_MONTH:
            raise self.refuse(
                "REFORM-EARLY",
                N_("{where} 早于 {first}，规则从这个月起才有；请改月份"),
                first=FIRST_MONTH,
            )
        return month

    def _at(self, step: str, node: yaml.Node) -> _Written:
        return _Written(self.file, node, self.loader, (self.path + step).removeprefix("."))


def _document(content: bytes, name: str) -> tuple[yaml.Node, StrictLoader]:
    """The one document of a file, checked as a whole before anything of it is looked at."""
    try:
        text = content.decode("utf-8-sig") if len(content) <= MOST_BYTES else None
        if text is None:
            raise refused("YAML-SIZE", name)
        _refuse_tricks(text, name)
        loader = StrictLoader(text)
        root: yaml.Node | None = loader.get_single_node()
        if root is not None:
            loader.construct_document(root)  # refuses repeated keys and foreign tags
    except UnicodeDecodeError as fault:
        raise refused("YAML-READ", name) from fault
    except yaml.YAMLError as fault:
        raise refused("YAML-SYNTAX", name, line=_line(fault, content)) from fault
    except (RecursionError, ValueError) as fault:
        raise refused("YAML-SIZE", name) from fault
    if root is None:
        raise Refusal("REFORM-ONE", N_("{where}：一个文件里应有且只有一个改革方案"), where=name)
    return root, loader


def _line(fault: yaml.YAMLError, content: bytes) -> int:
    """The line of a fault, from 1; of a character that YAML doesn't take, by its place."""
    place = getattr(fault, "position", 0)
    return line_of(fault) or content.decode("utf-8-sig")[:place].count("\n") + 1


def _refuse_tricks(text: str, name: str) -> None:
    """Refuse what no reform needs: several documents, references, depth."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=StrictLoader):
        mark = event.start_mark
        where = f"{name}:{0 if mark is None else mark.line + 1}"
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise Refusal(
                "REFORM-ONE", N_("{where}：一个文件里应有且只有一个改革方案"), where=where
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refusal(
                "REFORM-ALIAS", N_("{where}：改革方案里不用 & 和 * 引用，请逐项写明"), where=where
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise refused("YAML-SIZE", where)


def _change(written: _Written, rules: Rules) -> tuple[Change, _Written]:
    """One change, and where it is written."""
    entries = written.entries(_ALLOWED, _REQUIRED)
    parameter = _parameter(entries["path"], rules)
    first = entries["from"].month()
    last = entries["to"].month(last=True) if "to" in entries else None
    if last is not None and last < first:
        raise entries["to"].refuse(
            "REFORM-ORDER", N_("{where} 早于开始的月份 {first}，请核对"), first=first
        )
    given = entries["value"].value
    if given is None:
        raise entries["value"].refuse(
            "REFORM-NULL", N_("{where} 没有写值：改革方案要写明改成多少，不能写 null")
        )
    try:
        plain = read(parameter.unit, given)
    except Malformed as fault:
        raise entries["value"].fault(fault.code, **fault.values) from fault
    return Change(parameter.path, first, plain, last), written


def _parameter(written: _Written, rules: Rules) -> Parameter:
    """The parameter that a path names; an unknown one is answered with its like."""
    path = written.value
    if isinstance(path, str) and path in rules.parameters:
        return rules.parameters[path]
    near = get_close_matches(str(path)[:LONGEST_NAME], list(rules.parameters), n=3)
    if near:
        raise written.refuse(
            "REFORM-PARAMETER", N_("{where}：没有这个政策参数，是不是：{near}？"), near=tuple(near)
        )
    raise written.fault("PARAMETER-UNKNOWN")


def _refuse_overlaps(changes: list[Change], places: list[_Written]) -> None:
    """Refuse two values of a parameter for one month: their order would have to decide."""
    for later, change in enumerate(changes):
        for earlier in range(later):
            if change.meets(changes[earlier]):
                raise places[later].refuse(
                    "REFORM-OVERLAP",
                    N_("{where}：{path} 在 {month} 已由前面一项给定，请只写一次"),
                    path=change.path,
                    month=max(change.first, changes[earlier].first),
                )
