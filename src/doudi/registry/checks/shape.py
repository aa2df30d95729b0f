"""The shape of a statement: words of the vocabulary, lengths, bounds, a source."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from doudi.kernel.money import MAX_FEN
from doudi.kernel.refusals import N_, Fault
from doudi.registry.models import Hukou

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from doudi.registry.kinds import Kind
    from doudi.registry.statements import Statement

NUMBER = "number"
"""What an account or a phone is stated by; it is stored sealed."""
NUMBER_INDEX, NUMBER_SEALED = "number_index", "number_sealed"
STORED_ONLY = (NUMBER_SEALED, "uid")
"""What a stored account or phone has instead of its number."""
_BOUNDS = {
    "grade": (1, 4),
    "disability_grade": (1, 4),
    "items_unmet": (0, 6),
    "dwellings": (0, 99),
    "vehicles": (0, 99),
    "persons_assisted": (1, 99),
    "months": (1, 12),
}
"""What the constraints of the tables say, and what no true statement exceeds."""
_AREA_CODE = re.compile(r"[0-9]{2,12}")
_PAIRED = ("disability_category", "disability_grade")
_MAX_NUMBER = 40


def stated_columns(kind: Kind) -> tuple[str, ...]:
    """The columns that a statement of this kind gives, beside whose it is and when."""
    columns = (*kind.words, *kind.model.VALUES)
    return tuple(NUMBER if column == NUMBER_INDEX else column for column in columns)


def faults_of_shape(kind: Kind, statement: Statement) -> Iterator[Fault]:
    """What is wrong with a statement by itself; raises KeyError when a column is not given."""
    given = statement.values.keys() - {NUMBER_INDEX, *STORED_ONLY}
    missing = set(stated_columns(kind)) - given
    if NUMBER_SEALED in statement.values:
        missing.discard(NUMBER)
    if missing or given - set(stated_columns(kind)):
        raise KeyError(kind.name, sorted(set(stated_columns(kind)) ^ given))
    if statement.valid_to is not None and statement.valid_to < statement.valid_from:
        yield statement.fault(
            "PER-ORDER",
            N_("结束日 {last} 早于开始日 {first}，请核对起止日期"),
            "valid_to",
            first=statement.valid_from,
            last=statement.valid_to,
        )
    if not statement.source.strip():
        yield statement.fault("SRC-EMPTY", N_("请写明这条情况的来源"), "source")
    yield from _too_long(kind, statement, "source", statement.source)
    yield from _too_long(kind, statement, "note", statement.note)
    for column in sorted(given):
        yield from _faults_of_value(kind, statement, column, statement.values[column])
    yield from _faults_of_pair(statement)


def _faults_of_value(
    kind: Kind,
    statement: Statement,
    column: str,
    value: Any,  # noqa: ANN401 - as columns are
) -> Iterator[Fault]:
    """What is wrong with one value."""
    if column == NUMBER:
        if not 0 < len(value) <= _MAX_NUMBER:
            yield statement.fault("NUM-LEN", N_("号码长度不对，请核对"), column)
        return
    field = _field(kind, column)
    if value is not None:
        yield from _faults_of_given(kind, statement, column, value)
    elif not field.null:
        yield statement.fault("VAL-EMPTY", N_("这一项不能为空，请填写"), column)


def _faults_of_given(
    kind: Kind,
    statement: Statement,
    column: str,
    value: Any,  # noqa: ANN401 - as columns are
) -> Iterator[Fault]:
    """What is wrong with a value that is there."""
    field = _field(kind, column)
    if field.choices:
        yield from _not_a_word(field, statement, column, value)
    elif isinstance(field, models.CharField):
        yield from _too_long(kind, statement, column, value)
        if not field.blank and not value.strip():
            yield statement.fault("VAL-EMPTY", N_("这一项不能为空，请填写"), column)
    elif isinstance(field, models.IntegerField):
        yield from _out_of_bounds(statement, column, value)
    if kind.model is Hukou and not _AREA_CODE.fullmatch(str(value)):
        yield statement.fault("AREA", N_("“{value}”不是行政区划代码"), column, value=value)


def _not_a_word(
    field: models.Field[Any, Any], statement: Statement, column: str, value: object
) -> Iterator[Fault]:
    """A word that is not of the vocabulary, or no word where one is needed."""
    if str(value) not in _words(field) and not (field.blank and value == ""):
        yield statement.fault("VAL-WORD", N_("“{value}”不在可选的词里"), column, value=value)


def _out_of_bounds(statement: Statement, column: str, value: int) -> Iterator[Fault]:
    """A number below or above what its column can hold in truth."""
    is_money = column.endswith("_fen")
    if is_money and value < 0:
        yield statement.fault("MNY-NEG", N_("金额不能为负；亏损请填 0 并备注"), column)
    elif is_money and value > MAX_FEN:
        yield statement.fault("MNY-MAX", N_("金额超过一千万元的上限，请核对"), column)
    elif column in _BOUNDS:
        least, most = _BOUNDS[column]
        if not least <= value <= most:
            yield statement.fault(
                "VAL-RANGE",
                N_("应在 {least} 至 {most} 之间，实际为 {value}"),
                column,
                least=least,
                most=most,
                value=value,
            )


def _faults_of_pair(statement: Statement) -> Iterator[Fault]:
    """A category of disability without a grade, or a grade without a category."""
    values: Mapping[str, Any] = statement.values
    if "disability_category" in values:
        category, grade = (values[column] for column in _PAIRED)
        if bool(category) != (grade is not None):
            yield statement.fault("VAL-PAIR", N_("残疾类别和等级要么都填，要么都不填"), _PAIRED[1])


def _too_long(kind: Kind, statement: Statement, column: str, text: str) -> Iterator[Fault]:
    most = _field(kind, column).max_length
    if most is not None and len(text) > most:
        yield statement.fault("TXT-LEN", N_("最多 {most} 字"), column, most=most)
    if any(ord(character) < ord(" ") and character not in "\t\n" for character in text):
        yield statement.fault("TXT-CTRL", N_("含不可见的字符，请重新填写"), column)


@cache
def _field(kind: Kind, column: str) -> models.Field[Any, Any]:
    """The field behind a column; a foreign key's is found by its column too."""
    return kind.model._meta.get_field(column.removesuffix("_id"))  # type: ignore[return-value]  # noqa: SLF001 - Django's API


@cache
def _words(field: models.Field[Any, Any]) -> frozenset[str]:
    return frozenset(str(code) for code, _ in field.flatchoices)
