"""Words in both languages (双语): what an explanation says, in plain Chinese or English."""

from __future__ import annotations

from dataclasses import dataclass


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
class Said:
    """Words with what fills them, kept apart until the language is known."""

    words: Words
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: str) -> str:
        """The sentence in `zh` or `en`."""
        filled = {
            name: value.said(language) if isinstance(value, Words) else value
            for name, value in self.values
        }
        return self.words.said(language, **filled)


def say(words: Words, **values: object) -> Said:
    """A sentence of words and what fills them."""
    return Said(words, tuple(values.items()))
