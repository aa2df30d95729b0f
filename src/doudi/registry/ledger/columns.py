"""What a column and a sheet of the ledger are: declared as data, for reading and for writing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from doudi.kernel.vocabulary import Word

Choices = tuple[tuple[object, str], ...]
"""Values and the Chinese words that a clerk reads and writes for them."""

YES_NO: Choices = ((True, N_("是")), (False, N_("否")))
YES_NO_UNKNOWN: Choices = (*YES_NO, (None, N_("不详")))


class ColumnKind(StrEnum):
    """How the cells of a column are written and read."""

    TEXT = "text"
    NAME = "name"
    HOUSEHOLD = "household"  # 户编号
    PERSON = "person"  # 证件号 or 人员编号 of somebody registered
    ID_NUMBER = "id_number"
    PERSON_NUMBER = "person_number"
    PHONE = "phone"
    ACCOUNT = "account"
    AREA = "area"  # code or name in the office's tree of areas
    AREA_CODE = "area_code"  # code of any place in the country
    MONEY = "money"  # yuan in the sheet, fen in the record
    INTEGER = "integer"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"


SENSITIVE = {ColumnKind.PERSON, ColumnKind.ID_NUMBER, ColumnKind.PHONE, ColumnKind.ACCOUNT}
"""Kinds whose content is never shown whole outside of the workbook itself."""

AS_TEXT = SENSITIVE | {
    ColumnKind.HOUSEHOLD,
    ColumnKind.PERSON_NUMBER,
    ColumnKind.AREA,
    ColumnKind.AREA_CODE,
    ColumnKind.MONTH,
}
"""Kinds whose cells are formatted as text, so that a spreadsheet leaves the digits alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column (列): its heading, what may stand in it, and the field that it fills.

    `blank` is the value of an empty cell where the column is not required; `most` bounds the
    length of a text and the size of an integer; `is_past` marks the date of what has happened.
    """

    field: str
    heading: str
    kind: ColumnKind
    is_required: bool = False
    hint: str = ""
    choices: Choices = ()
    blank: object = None
    least: int = 0
    most: int = 0
    is_past: bool = False

    @property
    def labels(self) -> list[str]:
        """The words to choose from."""
        return [label for _, label in self.choices]

    def label_of(self, value: object) -> str:
        """The word for a value."""
        return next(label for known, label in self.choices if known == value)


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One sheet (工作表) of the ledger: the table that it fills, by columns.

    `table` is the registry's model of the circumstance, empty for awards; `subject` is the field
    that says whose it is; `key` are the fields which, with the subject, tell one fact's history
    from another's.
    """

    title: str
    table: str
    subject: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def column(self, field: str) -> Column:
        """The column that fills a field."""
        return next(column for column in self.columns if column.field == field)


def words(field: str, heading: str, word: type[Word], *, required: bool = True) -> Column:
    """A column of one word out of a closed list."""
    return Column(
        field,
        heading,
        ColumnKind.CHOICE,
        is_required=required,
        choices=tuple((member.value, member.label) for member in word),
        blank="",
    )


def yes_no(field: str, heading: str, *, blank: bool | None = None, hint: str = "") -> Column:
    """A column of 是 or 否; required when nothing is told for an empty cell."""
    return Column(
        field,
        heading,
        ColumnKind.CHOICE,
        is_required=blank is None,
        choices=YES_NO,
        blank=blank,
        hint=hint,
    )


def yes_no_unknown(field: str, heading: str) -> Column:
    """A column of 是, 否 or 不详; an empty cell is 不详."""
    return Column(
        field, heading, ColumnKind.CHOICE, choices=YES_NO_UNKNOWN, hint=N_("空白视为不详")
    )


def money(field: str, heading: str, *, required: bool = True, hint: str = "") -> Column:
    """A column of yuan."""
    return Column(
        field, heading, ColumnKind.MONEY, is_required=required, hint=hint or N_("元，最多两位小数")
    )


def integer(field: str, heading: str, least: int, most: int) -> Column:
    """A column of a whole number between two bounds."""
    return Column(
        field,
        heading,
        ColumnKind.INTEGER,
        is_required=True,
        hint=f"{least} 至 {most} 的整数",
        least=least,
        most=most,
    )


PERSON = Column(
    "person",
    "证件号",
    ColumnKind.PERSON,
    is_required=True,
    hint=N_("“人员”表中的证件号；没有证件的填人员编号"),
)
HOUSEHOLD = Column(
    "household",
    "户编号",
    ColumnKind.HOUSEHOLD,
    is_required=True,
    hint=N_("“户”表中的户编号"),
    most=32,
)
VALID_FROM = Column(
    "valid_from",
    "开始日期",
    ColumnKind.DATE,
    is_required=True,
    hint=N_("从哪一天起，例：2022-01-01"),
)
VALID_TO = Column(
    "valid_to", "结束日期", ColumnKind.DATE, hint="到哪一天止（含当天）；仍在继续则留空"
)
RECORD = (
    Column(
        "source",
        "来源",
        ColumnKind.TEXT,
        hint=N_("依据的材料；空白视为台账"),
        blank="台账",
        most=100,
    ),
    yes_no("confirmed", "已核实", blank=True, hint=N_("未核实的情况不计入待遇；空白视为已核实")),
    Column("note", "备注", ColumnKind.TEXT, blank="", most=2000),
)
"""The last columns of every sheet of facts."""
DATED = (VALID_FROM, VALID_TO, *RECORD)


def on_the_day(heading: str) -> tuple[Column, ...]:
    """The dated columns of what happens on one day and has no end."""
    return (
        replace(VALID_FROM, heading=heading, hint=N_("哪一天，例：2022-01-01"), is_past=True),
        *RECORD,
    )
