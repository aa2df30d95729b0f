"""Resident identity numbers (公民身份号码), GB 11643: region, birth date, order, check digit.

Only the digits 0 to 9 count, after NFKC. The right check digit is told to nobody: it would help
to invent numbers. Made-up people bear numbers of `FICTIONAL_REGION`, a region that never was, with
a right check digit: every rule here applies to them, but no living person can have one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum import numdb
from stdnum.cn import ric

from doudi.kernel.refusals import N_, Fault, Refusal, Severity
from doudi.kernel.vocabulary import Sex

FICTIONAL_REGION = "530199"
"""In Kunming's range, never given to any district: the region of made-up people."""

LENGTH, OLD_LENGTH = 18, 15
_SEPARATORS = re.compile(r"[\s\-‐‑–—_.·\u200b-\u200f\u2060\ufeff'‘’`\"“”]")
_AS_NUMBER = re.compile(r"[0-9]\.[0-9]+[eE]\+?[0-9]+|[0-9]+\.0+")
_DIGITS = frozenset("0123456789")
_FIRST_DATED_YEAR = 1900


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that holds, of 18 characters, with what was repaired (N) or is unsure (W)."""

    number: str
    birth_date: date
    sex: Sex
    notices: tuple[Fault, ...] = ()

    @property
    def region(self) -> str:
        """The code of the district where it was first given."""
        return self.number[:6]

    @property
    def is_fictional(self) -> bool:
        """Whether it belongs to a made-up person."""
        return self.region == FICTIONAL_REGION

    def masked(self) -> str:
        """As others may see it: region and last four."""
        return masked_id_number(self.number)

    def __str__(self) -> str:
        """Masked, so that no message gives it away by accident."""
        return self.masked()


def read_id_number(text: str, on: date) -> IdNumber:
    """Read a number as a clerk wrote it; `on` is the day it is read, no birth lies after it.

    Refuses with ID-XLNUM, ID-CHAR, ID-LEN, ID-FAKE, ID-DATE, ID-AGE, ID-FUTURE and ID-CHK;
    notices ID-WIDTH, ID-TRIM and ID-CASE; warns ID-15 and ID-AREA. The number itself stands in no
    message.
    """
    if _AS_NUMBER.fullmatch(text.strip()):
        raise _cut_by_excel()
    plain, notices = _repaired(text)
    _refuse_characters(plain)
    if len(plain) == OLD_LENGTH and "X" not in plain:
        plain = _from_old(plain)
        notices.append(Fault(Severity.WARNING, "ID-15", N_("15 位旧号已换算为 18 位，请核对")))
    if len(plain) != LENGTH:
        raise Refusal("ID-LEN", N_("证件号应为 18 位，实际 {length} 位，请核对"), length=len(plain))
    _refuse_placeholder(plain)
    birth_date = _birth_date(plain, on)
    notices += _checked(plain)
    if not _is_known_region(plain[:6]):
        notices.append(
            Fault(Severity.WARNING, "ID-AREA", N_("证件号前 6 位不是现行或历史行政区划代码"))
        )
    sex = Sex.MALE if int(plain[16]) % 2 else Sex.FEMALE
    return IdNumber(plain, birth_date, sex, tuple(notices))


def masked_id_number(number: str) -> str:
    """A number as others may see it (脱敏): `530111********0426`."""
    return number[:6] + "*" * max(len(number) - 10, 0) + number[-4:]


def fictional_id_number(birth_date: date, order: int) -> str:
    """The number of a made-up person; an odd `order` from 0 to 999 is a man's."""
    stem = f"{FICTIONAL_REGION}{birth_date:%Y%m%d}{order:03d}"
    return stem + ric.calc_check_digit(f"{stem}0")


def _repaired(text: str) -> tuple[str, list[Fault]]:
    """The text with widths, blanks and case put right, and what was done."""
    notices = []
    trimmed = _SEPARATORS.sub("", text)
    # Only full-width forms are brought home: NFKC would also turn a superscript into a digit.
    narrow = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" else c for c in trimmed)
    if narrow != trimmed:
        notices.append(Fault(Severity.NOTICE, "ID-WIDTH", N_("已将全角数字转为半角")))
    bare = _SEPARATORS.sub("", narrow)
    if trimmed != text or bare != narrow:
        notices.append(Fault(Severity.NOTICE, "ID-TRIM", N_("已去除空格/符号")))
    if bare.endswith("x"):
        bare = bare[:-1] + "X"
        notices.append(Fault(Severity.NOTICE, "ID-CASE", N_("已将末位 x 改为 X")))
    return bare, notices


def _refuse_characters(plain: str) -> None:
    """Refuse what is no digit, and an X anywhere but in the eighteenth place."""
    for place, character in enumerate(plain, start=1):
        if character in "Xx":
            if place != LENGTH:
                raise Refusal("ID-CHAR", N_("X 只能出现在第 18 位，请核对"))
        elif character not in _DIGITS:
            raise Refusal(
                "ID-CHAR",
                N_("证件号第 {place} 位是非法字符“{character}”，只能用数字 0 至 9"),
                place=place,
                character=character,
            )


def _from_old(plain: str) -> str:
    """The 18 characters of a number of 15, which were given to people born from 1900 to 1999."""
    stem = f"{plain[:6]}19{plain[6:]}"
    return stem + ric.calc_check_digit(f"{stem}0")


def _refuse_placeholder(plain: str) -> None:
    """Refuse a number made of one digit, or of the digits in order."""
    if len(set(plain[:17])) == 1 or plain.startswith("1234567890"):
        raise Refusal("ID-FAKE", N_("证件号为明显的占位号，请填写真实号码"))


def _birth_date(plain: str, on: date) -> date:
    try:
        birth_date = date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        raise Refusal("ID-DATE", N_("证件号中的出生日期不存在，请核对")) from None
    if birth_date.year < _FIRST_DATED_YEAR:
        raise Refusal("ID-AGE", N_("证件号中的出生日期早于 1900 年，请核对"))
    if birth_date > on:
        raise Refusal("ID-FUTURE", N_("证件号中的出生日期晚于今天，请核对"))
    return birth_date


def _checked(plain: str) -> list[Fault]:
    """Refuse a wrong check digit; a spreadsheet's zeros in the last places are told apart."""
    is_maybe_cut = plain[OLD_LENGTH:] == "000"
    if plain[-1] != ric.calc_check_digit(plain):
        if is_maybe_cut:
            raise _cut_by_excel()
        raise Refusal("ID-CHK", N_("证件号校验位不符，很可能输错了一位，请对照身份证原件重填"))
    if not is_maybe_cut:
        return []
    message = N_("证件号末 3 位为 000，可能被 Excel 改动过，请对照身份证原件核对")
    return [Fault(Severity.WARNING, "ID-XLNUM", message)]


def _cut_by_excel() -> Refusal:
    return Refusal("ID-XLNUM", N_("证件号被 Excel 存成数字，末 3 位已丢失，请把该列设为文本后重填"))


@lru_cache(maxsize=4096)
def _is_known_region(region: str) -> bool:
    """Whether GB/T 2260 has or had this code, or it is the made-up people's."""
    if region == FICTIONAL_REGION:
        return True
    return any("county" in found for _, found in numdb.get("cn/loc").info(region))
