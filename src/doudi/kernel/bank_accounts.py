"""Bank accounts (银行账号): cards with a check digit, passbooks (存折) without one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from stdnum import luhn

from doudi.kernel.refusals import N_, Fault, Refusal, Severity

_DIGITS = re.compile(r"[0-9]+")
_SEPARATORS = re.compile(r"[\s\-‐‑–—\u200b-\u200f\ufeff']")
_CARD = re.compile(r"62[0-9]{14,17}")
_LENGTHS = range(13, 25)
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0+")
_EXACT_DIGITS = 15
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account number of digits alone, with what was repaired (N) or is unsure (W)."""

    number: str
    notices: tuple[Fault, ...] = ()

    def masked(self) -> str:
        """As others may see it: the last four digits."""
        return masked_account(self.number)


def read_bank_account(text: str) -> BankAccount:
    """Read an account number as a clerk wrote it.

    A number that begins with 62 and has 16 to 19 digits is a card and must satisfy Luhn's check
    (ACC-LUHN); another one is a passbook's, which needn't: it is taken with the warning ACC-BOOK
    when it fails. Refuses ACC-XLNUM for a number that Excel kept as a number and cut, ACC-LEN
    for a wrong length or other characters. The number itself stands in no message.
    """
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if _SCIENTIFIC.fullmatch(plain):
        raise _lost_digits()
    if not _DIGITS.fullmatch(plain) or len(plain) not in _LENGTHS:
        raise Refusal(
            "ACC-LEN",
            N_("银行账号应为 13 至 24 位数字，实际 {length} 个字符，请核对"),
            length=len(plain),
        )
    notices = []
    if plain != text:
        notices.append(Fault(Severity.NOTICE, "ACC-TRIM", N_("已去除账号中的空格或符号")))
    if not luhn.is_valid(plain):
        if _looks_cut(plain):
            raise _lost_digits()
        if _CARD.fullmatch(plain):
            raise Refusal("ACC-LUHN", N_("银行卡号校验不通过，可能输错一位，请对照银行卡重填"))
        notices.append(Fault(Severity.WARNING, "ACC-BOOK", N_("存折账号无校验位，请两人核对")))
    return BankAccount(plain, tuple(notices))


def masked_account(number: str) -> str:
    """An account number as others may see it (脱敏)."""
    return "*" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:]


def _looks_cut(number: str) -> bool:
    """Whether all digits beyond the fifteenth are zero, as Excel leaves a long number."""
    return len(number) > _EXACT_DIGITS and not number[_EXACT_DIGITS:].strip("0")


def _lost_digits() -> Refusal:
    return Refusal("ACC-XLNUM", N_("账号被 Excel 存成数字，末几位已丢失，请把该列设为文本后重填"))
