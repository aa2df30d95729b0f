"""Refusals (拒绝): what was asked, why not, and how to mend it, in one clear sentence.

A message is a gettext msgid in Simplified Chinese with named places; the door that shows it
passes its own translation. `N_` only marks a message for extraction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

Translate = Callable[[str], str]

MOST_TOLD = 400
"""The most characters of one value that a refusal says back."""
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would break a line, turn a sentence around, or command a terminal."""


def N_(message: str) -> str:  # noqa: N802 - the conventional name of a gettext marker
    """Mark a message for extraction and hand it back unchanged."""
    return message


def untranslated(message: str) -> str:
    """Leave a message in Chinese, the language it was written in."""
    return message


def said(value: object, translate: Translate) -> object:
    """A value as it stands in a sentence: words of our lists by their label, in its language."""
    if isinstance(value, tuple):
        return translate(N_("、")).join(str(said(each, translate)) for each in value)
    label = getattr(value, "label", "") if isinstance(value, Enum) else ""
    return translate(label) if label else value


def filled(message: str, values: Mapping[str, object], translate: Translate) -> str:
    """A message in the language of `translate`, its {places} filled in."""
    words = {name: said(value, translate) for name, value in values.items()}
    return translate(message).format(**words)


def told(value: object) -> object:
    """A value as a refusal may say it back: of a bearable length, on one line, visible."""
    if isinstance(value, tuple):
        return tuple(told(each) for each in value)
    if not isinstance(value, str) or isinstance(value, Enum):
        return value
    short = value if len(value) <= MOST_TOLD else f"{value[:MOST_TOLD]}…"
    return _UNSPEAKABLE.sub("\ufffd", short)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer to a user, not an error of ours
    """What a user asked can't be done; says what, where and how to mend it.

    `code` is stable and tested; `message` is a msgid whose {places} are filled from `values`.
    """

    def __init__(self, code: str, message: str, **values: object) -> None:
        """Keep the parts apart, so that a door can translate before it fills in."""
        super().__init__(code, message, values)
        self.code = code
        self.message = message
        self.values = values

    def sentence(self, translate: Translate = untranslated) -> str:
        """The whole sentence, in the language of `translate`."""
        values = {name: told(value) for name, value in self.values.items()}
        return filled(self.message, values, translate)

    def __str__(self) -> str:
        """The sentence in Chinese."""
        return self.sentence()


class Severity(StrEnum):
    """How much a fault weighs: the letters of the table of bad inputs in `docs/bad-input.md`."""

    FILE = "F"  # stops before the rows are looked at
    ERROR = "E"  # refused
    WARNING = "W"  # saved only with a reason
    NOTICE = "N"  # repaired and shown


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an incoming file: where it is, what was found, how to mend it.

    `row` is the row as the clerk sees it in the sheet (the heading is row 1); `found` is shown
    as it stands, so a caller masks what is personal before it builds the fault.
    """

    severity: Severity
    code: str
    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    found: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def sentence(self, translate: Translate = untranslated) -> str:
        """What is wrong and how to mend it, without the place."""
        values = {name: told(value) for name, value in self.values.items()}
        return filled(self.message, values, translate)

    def place(self, translate: Translate = untranslated) -> str:
        """Where it is: sheet, row and column as far as they are known."""
        parts = []
        if self.sheet:
            parts.append(translate(N_("工作表“{sheet}”")).format(sheet=self.sheet))
        if self.row:
            parts.append(translate(N_("第 {row} 行")).format(row=self.row))
        if self.column:
            parts.append(translate(N_("“{column}”列")).format(column=self.column))
        return " ".join(parts)


class FileRefused(Refusal):
    """A whole file is refused; carries every fault found in it."""

    def __init__(self, code: str, message: str, faults: list[Fault], **values: object) -> None:
        """Keep the faults beside the sentence."""
        super().__init__(code, message, **values)
        self.faults = faults
