"""Names of persons (姓名): rare characters kept, dots unified, what is no name refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.kernel.text import refuse_invisible

MAX_NAME = 60
"""The most characters that the registry keeps of a name."""

DOT = "·"
"""U+00B7: between the parts of a name in many minorities' languages (GB 18030)."""

_DOTS = re.compile("[•‧・･∙⋅●．.]")
_NO_NAME = {"无", "不详", "未知", "空", "无名", "暂无", "-", "—", "/", "n/a", "none", "null"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_FOREIGN_IN_HAN = re.compile(r"[0-9A-Za-z]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_ALL_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SPREAD_OUT = 4
_USUAL_LENGTHS = range(2, 16)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is kept, with what was repaired (N) or looks unusual (W)."""

    text: str
    notices: tuple[Fault, ...] = ()


def read_name(text: str) -> Name:
    """Read a name as a clerk wrote it; characters outside of GBK are kept as they are.

    Refuses NAME-EMPTY, NAME-PUA (a private-use character of an old system), TXT-CTRL (invisible
    characters, halves, emoji) and TXT-LEN. Notices NAME-DOT and NAME-TRIM; warns NAME-LEN and
    NAME-DIGIT.
    """
    plain = re.sub(r"[ \u3000\xa0]+", " ", text).strip()
    if not plain or plain.lower() in _NO_NAME:
        raise Refusal("NAME-EMPTY", N_("请填写姓名；“{text}”不是姓名"), text=plain)
    private = _PRIVATE.search(plain)
    if private:
        raise Refusal(
            "NAME-PUA",
            N_("姓名第 {place} 个字是旧系统的自造字，请改用标准字"),
            place=private.start() + 1,
        )
    refuse_invisible(plain)
    if len(plain) > MAX_NAME:
        raise Refusal(
            "TXT-LEN",
            N_("文字共 {length} 字，最多 {limit} 字，请缩短"),
            length=len(plain),
            limit=MAX_NAME,
        )
    close = _without_alignment(plain)
    dotted = _unify_dots(close)
    _refuse_symbols(dotted)
    notices = []
    if close != plain:
        notices.append(Fault(Severity.NOTICE, "NAME-TRIM", N_("已去除姓名中用于对齐的空格")))
    if dotted != close:
        notices.append(Fault(Severity.NOTICE, "NAME-DOT", N_("姓名中的间隔号已统一为“·”")))
    return Name(dotted, (*notices, *_unusual(dotted)))


def masked_name(name: str) -> str:
    """A name as others may see it (脱敏): the first character, then stars for the rest."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2) if name else ""


def outside_gbk(name: str) -> str:
    """The characters of a name that a bank file in GBK can't carry; empty when all fit."""
    return "".join(c for c in name if not _fits_gbk(c))


def _fits_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _without_alignment(name: str) -> str:
    """`张 三` as `张三`: a short Han name is often spread out to the width of three."""
    close = name.replace(" ", "")
    return close if len(close) <= _SPREAD_OUT and _ALL_HAN.fullmatch(close) else name


def _unify_dots(name: str) -> str:
    """Every kind of middle dot as U+00B7; a full stop only between Han characters."""
    if not _HAN.search(name):
        return name
    return _DOTS.sub(DOT, name)


def _refuse_symbols(name: str) -> None:
    """Refuse emoji and other pictures: category So is no part of any name."""
    for place, character in enumerate(name, start=1):
        if unicodedata.category(character) in {"So", "Sk"}:
            raise Refusal(
                "TXT-CTRL",
                N_("含不可见或不允许的字符（第 {place} 个字），请删去后重填"),
                place=place,
            )


def _unusual(name: str) -> list[Fault]:
    """Warnings about a name that is likely mistyped, and may yet be right."""
    found = []
    if len(name) not in _USUAL_LENGTHS:
        found.append(
            Fault(
                Severity.WARNING,
                "NAME-LEN",
                N_("姓名有 {length} 个字，请核对"),
                values={"length": len(name)},
            )
        )
    if _HAN.search(name) and _FOREIGN_IN_HAN.search(unicodedata.normalize("NFKC", name)):
        found.append(Fault(Severity.WARNING, "NAME-DIGIT", N_("姓名中夹有数字或字母，请核对")))
    return found
