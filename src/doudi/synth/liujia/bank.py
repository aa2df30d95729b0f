"""A stand-in for the bank (代发银行): answers a bank file as the demo's bank would.

It knows nothing of this house but the layout in `docs/bank-file.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.money import parse_yuan, yuan

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

ENCODING = "gb18030"
PAID, UNKNOWN_ACCOUNT = ("00", ""), ("02", "账号不存在")
_TAIL = 4


def answer(bank_file: bytes, closed_accounts: Collection[str], bank_day: date) -> bytes:
    """The return file: every payment made, but those into accounts that are not known.

    What comes back stands first, as banks like to have it: the order means nothing.
    """
    heading, *lines, _ = [line.split("|") for line in bank_file.decode(ENCODING).splitlines()]
    _, form, run, _, currency, _, _, _, seal_head = heading
    answers = sorted(
        (_answer(line, closed_accounts) for line in lines), key=lambda fields: fields[4] == PAID[0]
    )
    total = yuan(sum(parse_yuan(fields[3]) for fields in answers))
    count = str(len(answers))
    first = ["R", form, run, seal_head, currency, f"{bank_day:%Y%m%d}", count, total]
    whole = [first, *answers, ["T", count, total]]
    return "".join("|".join(fields) + "\r\n" for fields in whole).encode(ENCODING)


def _answer(line: list[str], closed_accounts: Collection[str]) -> list[str]:
    """What became of one payment."""
    _, number, account, _, _, amount, _ = line
    code, reason = UNKNOWN_ACCOUNT if account in closed_accounts else PAID
    return ["D", number, account[-_TAIL:], amount, code, reason]
