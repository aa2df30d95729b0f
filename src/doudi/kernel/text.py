"""Text (文字) from the outside: what no field of ours takes, found before the database would.

SQLite stores a NUL that PostgreSQL refuses, and neither can store half a surrogate pair: both
are refused here, for forms, files and commands alike.
"""

from __future__ import annotations

import unicodedata

from doudi.kernel.refusals import N_, Refusal

MAX_NOTE = 2000
"""The most characters of a note."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Cn", "Co"}
_IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)
"""Where Unicode puts new Han characters: one that our tables don't know yet is still one."""
_LINE_BREAKS = "\n\t"


def clean_text(text: str, *, limit: int = MAX_NOTE) -> str:
    """Text without blanks around it; any visible character is taken as it stands.

    Line breaks become line feeds. Refuses TXT-CTRL for a character that is invisible or not
    allowed, naming its place, and TXT-LEN for more than `limit` characters.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").strip()
    refuse_invisible(plain, allowed=_LINE_BREAKS)
    if len(plain) > limit:
        raise Refusal(
            "TXT-LEN",
            N_("文字共 {length} 字，最多 {limit} 字，请缩短"),
            length=len(plain),
            limit=limit,
        )
    return plain


def refuse_invisible(text: str, *, allowed: str = "") -> None:
    """Refuse with TXT-CTRL the first invisible, unassigned or half character, by its place."""
    for place, character in enumerate(text, start=1):
        if character not in allowed and _is_invisible(character):
            raise Refusal(
                "TXT-CTRL",
                N_("含不可见或不允许的字符（第 {place} 个字），请删去后重填"),
                place=place,
            )


def _is_invisible(character: str) -> bool:
    if ord(character) in _IDEOGRAPHIC_PLANES:
        return False
    return unicodedata.category(character) in _INVISIBLE
