"""Money (金额): whole fen as integers; yuan only as text at the doors.

One yuan is a hundred fen. The one rounding of the house is `half_up`, to the fen.
"""

from __future__ import annotations

import re
import unicodedata

from doudi.kernel.refusals import N_, Refusal

FEN_PER_YUAN = 100
MAX_FEN = 1_000_000_000
"""Ten million yuan: the most that any single amount may be (fits OpenFisca's 32-bit integers)."""

_PLAIN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{1,2}))?")
_TOO_FINE = re.compile(r"-?[0-9]+\.[0-9]{3,}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_BEYOND = re.compile(r"-?[0-9.]+[eE]\+?(?:0*[89]|0*[1-9][0-9]+)|-?[0-9]{16,}(?:\.[0-9]{1,2})?")
_MOST_DIGITS = 15
"""More digits are too much money; Python itself makes no number of some thousands of them."""
_NO_NUMBER = {"nan", "inf", "-inf", "infinity", "-infinity", "-", "--", "—", "——", "/"}


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero: the house's one named rounding.

    >>> half_up(5, 2), half_up(-5, 2), half_up(7, 3)
    (3, -3, 2)
    """
    if denominator <= 0:
        raise ValueError(denominator)
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def yuan(fen: int) -> str:
    """Fen as plain yuan: 123456 as `1234.56`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN_PER_YUAN}.{abs(fen) % FEN_PER_YUAN:02d}"


def yuan_grouped(fen: int) -> str:
    """Fen as yuan with separators by threes: 123456789 as `1,234,567.89`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN_PER_YUAN:,}.{abs(fen) % FEN_PER_YUAN:02d}"


def parse_yuan(text: str, *, signed: bool = False) -> int:
    """Yuan as a clerk writes them, in fen: `1200`, `1,200.00`, `￥1200.50元`, full-width digits.

    Refuses with the codes of `docs/bad-input.md`: MNY-NEG, MNY-MAX, MNY-FEN, MNY-NAN, MNY-UNIT,
    MNY-FMT. Nothing is rounded.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    plain = plain.lstrip("¥").removesuffix("元").strip()
    _refuse_known_mistakes(plain, text)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    match = _PLAIN.fullmatch(plain)
    if match is None:
        raise Refusal("MNY-FMT", N_("无法识别金额“{text}”，请写成 1200.00 的样子"), text=text)
    if len(match[2]) > _MOST_DIGITS:
        raise _too_much(text)
    fen = int(match[2]) * FEN_PER_YUAN + int((match[3] or "0").ljust(2, "0"))
    if fen > MAX_FEN:
        raise _too_much(text)
    if match[1] and fen and not signed:
        raise Refusal("MNY-NEG", N_("金额不能为负：“{text}”；亏损请填 0 并备注"), text=text)
    return -fen if match[1] else fen


def _refuse_known_mistakes(plain: str, text: str) -> None:
    """Refuse what is often written for an amount and is none, each with its own remedy."""
    if plain.endswith("万"):
        raise Refusal("MNY-UNIT", N_("金额“{text}”以万为单位，请填写以元为单位的数字"), text=text)
    if plain.lower() in _NO_NUMBER or plain.startswith("#"):
        raise Refusal("MNY-NAN", N_("“{text}”不是金额，请填写数字，没有就留空"), text=text)
    if _BEYOND.fullmatch(plain):
        raise _too_much(text)
    if _TOO_FINE.fullmatch(plain):
        raise Refusal("MNY-FEN", N_("金额“{text}”多于两位小数，请写到分为止"), text=text)


def _too_much(text: str) -> Refusal:
    return Refusal("MNY-MAX", N_("金额“{text}”超过一千万元的上限，请核对"), text=text)
