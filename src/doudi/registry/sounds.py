"""How a name is looked for (检索): as it is written, by its sound, and by its initials.

Characters that no dictionary of ours can read stand for themselves, so that a rare name is still
found by what comes before them. A surname is found by each of its readings: 单 is shan, and dan.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, pinyin

_LEFT_OUT = re.compile(r"[\s·•‧・･∙⋅●．.,'’‘`-]")
"""What stands between the parts of a name, and is typed in many ways or not at all."""
_COMPOUND = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "鲜于": ("xian", "yu"),
}
"""Surnames of two characters that together sound unlike each alone."""
_READINGS = 3
"""A dictionary knows more of some surnames, which nobody bears."""
LONGEST = 80
"""Characters kept of a word."""


def plain_name(text: str) -> str:
    """A name, or what was typed, without dots and blanks, in small letters.

    >>> plain_name("阿依古丽•买买提")
    '阿依古丽买买提'
    """
    composed = unicodedata.normalize("NFKC", text)
    return _LEFT_OUT.sub("", composed).casefold().replace("ü", "v")


def words_of_name(name: str) -> list[str]:
    """Every word that a name is found by the beginning of: itself, its sounds, their initials.

    >>> words_of_name("曾三")
    ['曾三', 'cengsan', 'cs', 'zengsan', 'zs']
    """
    plain = plain_name(name)
    if not plain:
        return []
    words = [plain]
    for syllables in _readings(plain):
        for spelling in _spellings(syllables):
            words += ["".join(spelling), "".join(each[0] for each in spelling)]
    return list(dict.fromkeys(word[:LONGEST] for word in words))


def _readings(plain: str) -> list[tuple[str, ...]]:
    """The syllables of a name, once for each reading of its surname."""
    rest = tuple(_sounds(each)[0] for each in plain)
    readings = [(first, *rest[1:]) for first in _sounds(plain[0])]
    compound = _COMPOUND.get(plain[:2])
    if compound:
        readings.insert(0, (*compound, *rest[2:]))
    return readings


def _spellings(syllables: tuple[str, ...]) -> list[tuple[str, ...]]:
    """吕 is typed lv, lu or lyu; other syllables are spelt in one way."""
    if not any("v" in each for each in syllables):
        return [syllables]
    return [tuple(each.replace("v", way) for each in syllables) for way in ("v", "u", "yu")]


@lru_cache(maxsize=30_000)
def _sounds(character: str) -> tuple[str, ...]:
    """The readings of a character without tones, the usual one first; itself where it has none."""
    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors=lambda text: text)
    found = [each for each in dict.fromkeys(read[0]) if each] if read else []
    return tuple(found[:_READINGS]) or (character,)
