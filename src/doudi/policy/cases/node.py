"""A value of a case file with its place: each reading checks, and refuses naming the key's path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from doudi.kernel.money import FEN_PER_YUAN, MAX_FEN
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Word
from doudi.policy.faults import refused
from doudi.policy.known import UNKNOWN_CODE, code_of
from doudi.policy.logic import NO, UNKNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from doudi.kernel.refusals import Refusal

UNKNOWN_WORD = "unknown"
"""What a file writes for a fact that nobody knows."""

_YUAN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR = 1800, 2999
AnyWord = TypeVar("AnyWord", bound=Word)


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands: the file, and the path of keys in it."""

    file: str
    value: object
    path: str = ""

    def refuse(self, code: str, **values: object) -> Refusal:
        """The refusal at this place, to be raised."""
        return refused(code, f"{self.file} {self.path}".strip(), **values)

    @property
    def unknown(self) -> bool:
        """Whether the file says that nobody knows."""
        return self.value == UNKNOWN_WORD

    def keys(self, allowed: str, required: str = "") -> dict[str, Node]:
        """The entries of a map; refuses a key that is not allowed, or a required one missing."""
        if not isinstance(self.value, dict):
            raise self.refuse("YAML-MAP")
        known = set(allowed.split()) | set(required.split())
        entries = self.entries()
        for key, node in entries.items():
            if key not in known:
                raise node.refuse("YAML-KEY")
        for key in required.split():
            if key not in entries:
                raise self.at(key, None).refuse("YAML-MISSING")
        return entries

    def entries(self) -> dict[str, Node]:
        """The entries of a map with any keys."""
        if not isinstance(self.value, dict):
            raise self.refuse("YAML-MAP")
        return {str(key): self.at(str(key), value) for key, value in self.value.items()}

    def at(self, key: str, value: object) -> Node:
        """A value one key further in."""
        return Node(self.file, value, f"{self.path}.{key}" if self.path else key)

    def items(self) -> Iterator[Node]:
        """The values of a list."""
        if not isinstance(self.value, list):
            raise self.refuse("YAML-LIST")
        for place, value in enumerate(self.value):
            yield Node(self.file, value, f"{self.path}[{place}]")

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refuse("YAML-TEXT")
        return self.value

    def month(self) -> Month:
        """A month, `2022-03`."""
        if not isinstance(self.value, str) or not _MONTH.fullmatch(self.value):
            raise self.refuse("YAML-MONTH")
        return Month(self.value)

    def day(self) -> date:
        """A date, `2022-03-01`, quoted or not."""
        found = self.value
        if isinstance(found, str):
            try:
                found = date.fromisoformat(found)
            except ValueError:
                raise self.refuse("YAML-DATE") from None
        if type(found) is not date or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise self.refuse("YAML-DATE")
        return found

    def plain_truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.refuse("YAML-TRUTH")
        return self.value

    def truth(self) -> int:
        """True, false or unknown, as a column holds it."""
        if self.unknown:
            return int(UNKNOWN)
        return int(YES if self.plain_truth() else NO)

    def fen(self) -> int:
        """Quoted decimal yuan, in fen; -1 where unknown."""
        if self.unknown:
            return UNKNOWN_CODE
        match = _YUAN.fullmatch(self.value) if isinstance(self.value, str) else None
        if match is None:
            raise self.refuse("YAML-YUAN")
        fen = int(match[1]) * FEN_PER_YUAN + int((match[2] or "0").ljust(2, "0"))
        if fen > MAX_FEN:
            raise self.refuse("YAML-MAX", most=MAX_FEN // FEN_PER_YUAN)
        return fen

    def count(self, least: int, most: int) -> int:
        """A whole number between two bounds; -1 where unknown."""
        if self.unknown:
            return UNKNOWN_CODE
        found = self.value
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            raise self.refuse("YAML-COUNT", least=least, most=most)
        return found

    def word(self, words: type[AnyWord]) -> AnyWord:
        """A word of a closed list."""
        found = self.value
        if not isinstance(found, str) or found not in [str(word) for word in words]:
            raise self.refuse("YAML-CHOICE", choices="、".join(str(word) for word in words))
        return words(found)

    def code(self, words: type[AnyWord], none: str | None = None) -> int:
        """The code of a word; 0 for the word that means none, -1 where unknown."""
        if self.unknown:
            return UNKNOWN_CODE
        if none is not None and self.value == none:
            return 0
        return code_of(self.word(words))


def if_given(entries: dict[str, Node], key: str, read: Callable[[Node], int], default: int) -> int:
    """The reading of an entry, or the default where the file is silent."""
    return read(entries[key]) if key in entries else default
