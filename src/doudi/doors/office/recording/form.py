"""A form of one fact: what was typed, read as the ledger's cells are read, faults beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext

from doudi.access.models import Area
from doudi.access.queries import find_area
from doudi.doors.office.days import day_sent
from doudi.doors.office.recording.fields import (
    LONGEST,
    Field,
    field_of,
    has_end,
    is_needed,
    value_columns,
)
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.text import clean_text
from doudi.registry.checks.shape import stated_columns
from doudi.registry.kinds import Kind
from doudi.registry.ledger.columns import Column, ColumnKind
from doudi.registry.ledger.parsing import Desk, read_cell
from doudi.registry.ledger.reading import Cell, CellKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

COMMUNITIES = ("community", "village")
_AFTER = {"seen", "evidence"}
_WHERE = {
    "PER-ORDER": "valid_to",
    "SRC-EMPTY": "source",
    "VAL-PAIR": "disability_grade",
    "HH-DUP": "person",
    "PER-NONE": "person",
    **dict.fromkeys(
        ("PER-OVERLAP", "CLAIM-ONLY", "DATE-FUTURE", "DATE-ORDER", "PER-DEAD", "FACT-THERE"),
        "valid_from",
    ),
}
"""The field that a refusal of the registry is about, by its code."""


@dataclass(frozen=True, slots=True)
class Read:
    """A fact as it was read out of a form."""

    values: dict[str, Any]
    valid_from: date
    valid_to: date | None
    source: str
    note: str


@dataclass
class FactForm:
    """The texts of a form by field, and the fault of each that can't be taken."""

    kind: Kind
    texts: Mapping[str, str]
    areas: list[Area]
    on: date
    keeps: bool = False
    faults: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    evidence: list[UUID] = field(default_factory=list)

    def fields(self) -> list[Field]:
        """Every field in order: what, from when, until when, from where."""
        made = [
            field_of(
                column,
                self._given(column),
                self.areas,
                keeps=self.keeps,
                fault=self.faults.get(column.field, ""),
            )
            for column in value_columns(self.kind)
        ]
        begins = N_("开始日期") if self._lasts else N_("日期")
        made.append(self._field("valid_from", begins, "date"))
        if self._lasts and not self.keeps:
            hint = N_("到哪一天止（含当天）；仍在继续则留空")
            made.append(self._field("valid_to", N_("结束日期"), "date", hint, needed=False))
        made.append(self._field("source", N_("来源（依据的材料）"), most=100))
        made.append(self._field("note", N_("备注"), "textarea", needed=False))
        return made

    def read(self) -> Read | None:
        """The fact as stated; None when something can't be read, with the faults beside it."""
        values: dict[str, Any] = {}
        for column in value_columns(self.kind):
            self._read_column(column, values)
        first = self._day("valid_from", needed=True)
        last = self._day("valid_to", needed=False) if not self.keeps else None
        source, note = self._words("source", 100), self._words("note", LONGEST)
        if not source and "source" not in self.faults:
            self.faults["source"] = gettext("请写明这条情况的来源")
        if self.faults or first is None:
            return None
        return Read(values, first, last, source, note)

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal of the registry beside the field that it is about."""
        self.faults[_WHERE.get(refusal.code, "")] = refusal.sentence(gettext)

    def _given(self, column: Column) -> str:
        """What stands in a column's field: as typed, else its word for an empty cell."""
        if column.field in self.texts:
            return self.texts[column.field]
        if column.kind is ColumnKind.CHOICE and any(v == column.blank for v, _ in column.choices):
            return column.label_of(column.blank)
        return ""

    @property
    def _lasts(self) -> bool:
        return has_end(self.kind)

    def _field(
        self,
        name: str,
        label: str,
        kind: str = "text",
        hint: str = "",
        *,
        needed: bool = True,
        most: int = LONGEST,
    ) -> Field:
        return Field(
            name,
            gettext(label),
            kind,
            self.texts.get(name, ""),
            is_required=needed,
            help=gettext(hint) if hint else "",
            most=most,
            fault=self.faults.get(name, ""),
        )

    def _read_column(self, column: Column, values: dict[str, Any]) -> None:
        """One column into the values, or its fault."""
        text = self._given(column).strip()
        name = "area_id" if column.kind is ColumnKind.AREA else column.field
        if not text:
            if self.keeps and column.kind in (ColumnKind.ACCOUNT, ColumnKind.PHONE):
                return
            if is_needed(column):
                self.faults[column.field] = gettext("必须填写{heading}").format(
                    heading=gettext(column.heading)
                )
            values[name] = column.blank
            return
        try:
            values[name] = self._value(column, text)
        except Refusal as refusal:
            self.faults[column.field] = refusal.sentence(gettext)

    def _value(self, column: Column, text: str) -> object:
        """A typed text as a value; refuses as the ledger does."""
        if column.kind is ColumnKind.AREA:
            area = find_area(text)
            if area.kind not in COMMUNITIES or area not in self.areas:
                raise Refusal("AREA", N_("“{area}”不在您的岗位范围内"), area=area.name)
            return area.pk
        desk = Desk(self.on)
        value = read_cell(Cell(CellKind.TEXT, text), column, desk)
        if column.is_past and isinstance(value, date) and value > self.on:
            raise Refusal("DATE-FUTURE", N_("{day} 还没有到，请核对日期"), day=value)
        self.notices += [remark.sentence(gettext) for remark in desk.remarks]
        return value

    def _day(self, name: str, *, needed: bool) -> date | None:
        try:
            day = day_sent(self.texts.get(name, ""))
        except Refusal as refusal:
            self.faults[name] = refusal.sentence(gettext)
            return None
        if day is None and needed:
            self.faults[name] = gettext("请填写日期")
        return day

    def _words(self, name: str, most: int) -> str:
        try:
            return clean_text(self.texts.get(name, "").strip(), limit=most)
        except Refusal as refusal:
            self.faults[name] = refusal.sentence(gettext)
            return ""


def sent(data: QueryDict) -> dict[str, str]:
    """The texts of a form as it was sent."""
    return {name: str(data.get(name, ""))[: LONGEST + 1] for name in data if name not in _AFTER}


def evidence_sent(data: QueryDict) -> list[UUID]:
    """The papers that were ticked; what is no uid is not heard."""
    found = []
    for text in data.getlist("evidence")[:20]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def mark_of(data: QueryDict, but: Iterable[str]) -> str:
    """A short mark of all that a form says, so that what is saved is what was previewed."""
    left = {*but, "csrfmiddlewaretoken"}
    said = sorted((name, data.getlist(name)) for name in data if name not in left)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def completed(kind: Kind, values: Mapping[str, Any], **places: int) -> dict[str, Any]:
    """The values of a statement: what was read, and the ids of places that the page knows."""
    return {name: places.get(name, values.get(name)) for name in stated_columns(kind)}
