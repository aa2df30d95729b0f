"""The fields of a form of facts, made from the ledger's own columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from doudi.doors.office.facts import columns_of, sheet_of
from doudi.kernel.money import yuan
from doudi.kernel.refusals import N_
from doudi.registry.ledger.columns import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doudi.access.models import Area
    from doudi.registry.kinds import Kind
    from doudi.registry.models import Circumstance

LONGEST = 2000
_SEALED = (ColumnKind.ACCOUNT, ColumnKind.PHONE)
_TYPES = {ColumnKind.DATE: "date", ColumnKind.CHOICE: "select", ColumnKind.AREA: "select"}
_ALWAYS = {"relation"}
"""What a row of the ledger may leave out, for it may be about somebody outside; a fact may not."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is asked for, what stands in it as typed, and what is wrong with it."""

    name: str
    label: str
    type: str = "text"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    help: str = ""
    most: int = LONGEST
    fault: str = ""


def value_columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of the ledger that say what a fact of this kind is."""
    return columns_of(kind.model.__name__)


def has_end(kind: Kind) -> bool:
    """Whether a fact of this kind lasts; else it happens on a day."""
    return any(each.field == "valid_to" for each in sheet_of(kind.model.__name__).columns)


def field_of(
    column: Column, value: str, areas: Sequence[Area], *, keeps: bool = False, fault: str = ""
) -> Field:
    """The field for a column; `keeps`: left empty, a sealed number stays as it was."""
    is_required = is_needed(column) and not (keeps and column.kind in _SEALED)
    hint = N_("留空则号码不变") if keeps and column.kind in _SEALED else column.hint
    return Field(
        name=column.field,
        label=gettext(column.heading),
        type=_TYPES.get(column.kind, "text"),
        value=value,
        choices=_choices(column, areas, is_required=is_required),
        is_required=is_required,
        help=_hint(column, hint),
        most=column.most or LONGEST,
        fault=fault,
    )


def _hint(column: Column, hint: str) -> str:
    """The help beside a field, in the reader's language."""
    if column.kind is ColumnKind.INTEGER:
        bounds = gettext("{least} 至 {most} 的整数")
        return bounds.format(least=column.least, most=column.most)
    return "" if not hint or column.kind is ColumnKind.AREA else gettext(hint)


def is_needed(column: Column) -> bool:
    """Whether a fact says nothing without this column."""
    return column.is_required or column.field in _ALWAYS


def texts_of(kind: Kind, row: Circumstance) -> dict[str, str]:
    """What stands in the fields for a recorded fact; a sealed number stays out of the page."""
    texts = {column.field: _text(column, row) for column in value_columns(kind)}
    return texts | {
        "valid_from": row.valid_from.isoformat(),
        "source": row.source,
        "note": row.note,
    }


def _text(column: Column, row: Any) -> str:  # noqa: ANN401 - whichever kind's
    """A recorded value as it would be typed."""
    if column.kind in _SEALED:
        return ""
    if column.kind is ColumnKind.AREA:
        return str(row.area.code)
    value = getattr(row, column.field)
    if column.kind is ColumnKind.CHOICE:
        return "" if value == "" else column.label_of(value)
    if value is None:
        return ""
    return yuan(value) if column.kind is ColumnKind.MONEY else str(value)


def _choices(
    column: Column, areas: Sequence[Area], *, is_required: bool
) -> tuple[tuple[str, str], ...]:
    """What may be chosen: the ledger's word, and the word that is shown for it."""
    if column.kind is ColumnKind.AREA:
        return tuple((area.code, area.name) for area in areas)
    if column.kind is not ColumnKind.CHOICE:
        return ()
    blank = column.blank == "" or (column.blank is None and (None, "不详") not in column.choices)
    empty = (("", "—"),) if blank or is_required else ()
    return (*empty, *((label, gettext(label)) for label in column.labels))
