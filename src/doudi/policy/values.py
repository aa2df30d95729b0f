"""Parameters (参数) as dated values, each with its unit, its document and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from doudi.kernel.citations import Citation
from doudi.kernel.money import FEN_PER_YUAN, yuan
from doudi.kernel.vocabulary import Absence, DisabilityCategory, Schooling
from doudi.policy.faults import Malformed
from doudi.policy.rounding import ROUNDINGS
from doudi.policy.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

Plain = int | bool | str | tuple[int, ...] | tuple[str, ...]
"""A value as the rules read it: fen, ten-thousandths, a number, a word, grades, a list."""

WHOLE_SHARE = 10_000
"""A share is kept in ten-thousandths: `0.15` is 1500."""
MAX_PARAMETER_FEN = 1_000_000 * FEN_PER_YUAN
MAX_SHARE = 10 * WHOLE_SHARE
MAX_COUNT = 1_000
GRADES = 4
"""Disabilities are graded 1, the most severe, to 4 (GB/T 26341)."""
GRADED = tuple(word for word in DisabilityCategory if word != DisabilityCategory.MULTIPLE)
"""The categories that a set of grades names; a multiple disability follows from them."""
CHOICES = {
    "rounding": tuple(ROUNDINGS),
    "stacking": ("highest_only", "sum"),
    "authority": ("district", "delegated"),
}

CHOICE_WORDS = {
    "cent_half_up": Words("四舍五入到分", "to the fen, half up"),
    "cent_up": Words("进到分", "up to the fen"),
    "cent_down": Words("舍到分", "down to the fen"),
    "yuan_half_up": Words("四舍五入到元", "to the yuan, half up"),
    "yuan_ceil": Words("进到元", "up to the yuan"),
    "yuan_floor": Words("舍到元", "down to the yuan"),
    "highest_only": Words("只取最高的一项", "the highest alone"),
    "sum": Words("各项相加", "all added up"),
    "district": Words("区民政局", "the district bureau"),
    "delegated": Words("委托街道", "delegated to the subdistrict"),
}

_YUAN = re.compile(r"([0-9]{1,8})(?:\.([0-9]{1,2}))?")
_SHARE = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?")


class Status(StrEnum):
    """Where a value comes from."""

    OFFICIAL = "official"
    RECALLED = "recalled"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    CASE = "case"  # given by a case file for itself alone


STATUS_WORDS = {
    Status.OFFICIAL: Words("文件规定", "official"),
    Status.RECALLED: Words("凭记忆，待核对", "recalled, to be checked"),
    Status.ASSUMED: Words("假定，不是规定", "assumed, not law"),
    Status.UNKNOWN: Words("未查到", "not found"),
    Status.CASE: Words("本案例给定", "given by the case"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value from a day on, until the next one; None where nobody has found it."""

    first: date
    value: Plain | None
    citation: Citation
    confidence: str
    status: Status
    jurisdiction: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law through time. `supplier` says who can supply it where unknown."""

    path: str
    title: Words
    unit: str
    per: Words
    supplier: Words
    values: tuple[Value, ...] = field(default=())

    def on(self, day: date) -> Value | None:
        """The value in force on a day; None before the first."""
        return next((value for value in reversed(self.values) if value.first <= day), None)

    def plain(self, day: date) -> Plain | None:
        """What it is on a day; None where nobody has found it."""
        value = self.on(day)
        return None if value is None else value.value

    def shown(self, value: Plain | None) -> Words:
        """A value as a reader wants it: yuan, a share, words."""
        if value is None:
            return Words("未知", "unknown")
        if isinstance(value, bool):
            return Words("是", "yes") if value else Words("否", "no")
        if isinstance(value, tuple):
            return list_words(value)
        if value in CHOICE_WORDS:
            return CHOICE_WORDS[str(value)]
        text = str(value)
        if self.unit == "yuan":
            text = yuan(int(value))
        elif self.unit == "share":
            text = share_text(int(value))
        return Words(text, text)


def share_text(parts: int) -> str:
    """Ten-thousandths as a decimal: 1500 as `0.15`."""
    fraction = f"{parts % WHOLE_SHARE:04d}".rstrip("0")
    return f"{parts // WHOLE_SHARE}.{fraction}" if fraction else str(parts // WHOLE_SHARE)


def list_words(value: tuple[int, ...] | tuple[str, ...]) -> Words:
    """A list of words; of grades each category with the lowest grade that counts."""
    graded = [
        (word, grade)
        for word, grade in zip(GRADED, value, strict=False)
        if isinstance(grade, int) and grade
    ]
    if graded:
        return Words(
            "、".join(f"{word.label}至{grade}级" for word, grade in graded),
            ", ".join(f"{word} to grade {grade}" for word, grade in graded),
        )
    labels = {str(word): word.label for word in (*Absence, *Schooling)}
    return Words(
        "、".join(labels.get(str(word), str(word)) for word in value),
        ", ".join(str(word) for word in value),
    )


def read(unit: str, raw: object) -> Plain | None:
    """A written value as the rules read it; raises `Malformed`, saying what was expected."""
    if raw is None:
        return None
    readers: dict[str, Callable[[object], Plain]] = {
        "yuan": _read_yuan,
        "share": _read_share,
        "boolean": _read_boolean,
        "grades": _read_grades,
        "words": _read_words,
    }
    if unit in readers:
        return readers[unit](raw)
    if unit in CHOICES:
        return _read_choice(raw, CHOICES[unit])
    return _read_count(raw)


def _read_yuan(raw: object) -> int:
    """Quoted decimal yuan, in fen."""
    match = _YUAN.fullmatch(raw) if isinstance(raw, str) else None
    if match is None:
        raise Malformed("YAML-YUAN")
    fen = int(match[1]) * FEN_PER_YUAN + int((match[2] or "0").ljust(2, "0"))
    if fen > MAX_PARAMETER_FEN:
        raise Malformed("YAML-MAX", most=MAX_PARAMETER_FEN // FEN_PER_YUAN)
    return fen


def _read_share(raw: object) -> int:
    """A decimal, quoted or not, in ten-thousandths; what YAML made of it is read as text again."""
    plain = str(raw) if isinstance(raw, (str, int, float)) and not isinstance(raw, bool) else ""
    match = _SHARE.fullmatch(plain)
    if match is None:
        raise Malformed("YAML-SHARE")
    parts = int(match[1]) * WHOLE_SHARE + int((match[2] or "0").ljust(4, "0"))
    if parts > MAX_SHARE:
        raise Malformed("YAML-SHARE")
    return parts


def _read_count(raw: object) -> int:
    """A whole number that is not negative."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MAX_COUNT:
        raise Malformed("YAML-COUNT", least=0, most=MAX_COUNT)
    return raw


def _read_boolean(raw: object) -> bool:
    """True or false."""
    if not isinstance(raw, bool):
        raise Malformed("YAML-TRUTH")
    return raw


def _read_choice(raw: object, choices: tuple[str, ...]) -> str:
    """One of a closed list."""
    if raw not in choices:
        raise Malformed("YAML-CHOICE", choices="、".join(choices))
    return str(raw)


def _read_grades(raw: object) -> tuple[int, ...]:
    """For each category the lowest grade that still counts; 0 where none does."""
    if not isinstance(raw, dict) or not set(raw) <= set(map(str, GRADED)):
        raise Malformed("YAML-GRADES")
    grades = tuple(raw.get(str(word), 0) for word in GRADED)
    if not all(isinstance(grade, int) and 0 <= grade <= GRADES for grade in grades):
        raise Malformed("YAML-GRADES")
    return grades


def _read_words(raw: object) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(raw, list) or not all(isinstance(word, str) for word in raw):
        raise Malformed("YAML-WORDS")
    return tuple(raw)
