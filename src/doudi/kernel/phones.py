"""Phone numbers (电话): mobile and fixed-line numbers of the mainland, brought into one form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from doudi.kernel.refusals import N_, Fault, Refusal, Severity

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_SEPARATORS = re.compile(r"[\s\-‐‑–—()（）.\u200b-\u200f\ufeff']")
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Phone:
    """A number of digits alone, area code included; with what was repaired."""

    number: str
    notices: tuple[Fault, ...] = ()

    def masked(self) -> str:
        """As others may see it: the beginning and the last four digits."""
        return masked_phone(self.number)


def read_phone(text: str) -> Phone:
    """Read a phone number as a clerk wrote it: `+86 138-0000-0000`, `（0871）6731 0000`.

    Refuses all else with PHONE, a fixed-line number without its area code too; notices PHONE
    where signs or the country code were taken off. The number itself stands in no message.
    """
    given = unicodedata.normalize("NFKC", text).strip()
    plain = _SEPARATORS.sub("", given)
    plain = re.sub(r"^(?:\+|00)86", "", plain)
    if _LOCAL.fullmatch(plain):
        raise Refusal("PHONE", N_("固定电话缺少区号，请写成 0871-6xxxxxxx 的样子"))
    if not (_MOBILE.fullmatch(plain) or _FIXED.fullmatch(plain)):
        digits = sum(c in "0123456789" for c in plain)
        raise Refusal(
            "PHONE",
            N_("电话应为 11 位手机号或带区号的固定电话，实际有 {digits} 位数字，请核对"),
            digits=digits,
        )
    if plain == text:
        return Phone(plain)
    notice = Fault(Severity.NOTICE, "PHONE", N_("已去除电话中的符号或国家代码"))
    return Phone(plain, (notice,))


def masked_phone(number: str) -> str:
    """A phone number as others may see it (脱敏)."""
    return number[:3] + "*" * max(len(number) - 3 - _SHOWN, 0) + number[-_SHOWN:]
