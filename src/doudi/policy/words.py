"""Words in both languages (双语): what an explanation says, in plain Chinese or English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Words:
    """One meaning in two languages, with the same named places in both."""

    zh: str
    en: str

    def said(self, language: str, **values: object) -> str:
        """The words in `zh` or `en`, with the places filled."""
        text = self.en if language == "en" else self.zh
        return text.format(**values) if values else text


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the household, by row; named only when the words are said."""

    row: int

    def said(self, language: str, names: Sequence[str] | None) -> str:
        """The name, or a number from 1 where none is given."""
        name = names[self.row] if names is not None else str(self.row + 1)
        return MEMBER.said(language, name=name)


MEMBER = Words("成员“{name}”", "member {name}")


@dataclass(frozen=True, slots=True)
class Said:
    """Words with what fills them, kept apart until the language and the names are known."""

    words: Words
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: str, names: Sequence[str] | None = None) -> str:
        """The sentence in `zh` or `en`."""
        filled: dict[str, object] = {}
        for place, value in self.values:
            if isinstance(value, Member):
                filled[place] = value.said(language, names)
            else:
                filled[place] = value.said(language) if isinstance(value, Words) else value
        return self.words.said(language, **filled)


def say(words: Words, **values: object) -> Said:
    """A sentence of words and what fills them."""
    return Said(words, tuple(values.items()))
