"""The bank file (银行代发文件): what goes to the bank, in the layout of `docs/bank-file.md`. Pure.

Text in GB18030, fields parted by `|`, lines ended by CR LF: a heading, a line a payment, and a
trailer with count and total. It is made of the sealed contents alone, so it comes out the same
byte for byte however often it is made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doudi.kernel.money import yuan
from doudi.kernel.spreadsheets import quoted
from doudi.payments.contents import HASH_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doudi.payments.contents import Contents, Item, Sealed

ENCODING = "gb18030"
FORMAT = "DOUDI1"
CURRENCY = "CNY"
SEPARATOR = "|"
LINE_END = "\r\n"
NUMBER_WIDTH = 6

_LINE_BREAKING = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")


def file_name(contents: Contents) -> str:
    """The file's name: the run's number and the area's code."""
    return f"{contents.run}-{contents.area}.txt"


def write(sealed: Sealed) -> bytes:
    """The whole file."""
    contents = sealed.contents
    count, total = str(len(contents.items)), yuan(contents.total_fen)
    heading = ["H", FORMAT, contents.run, contents.month, CURRENCY, count, total]
    lines = [
        [*heading, f"{sealed.sealed_on:%Y%m%d}", sealed.content_hash[:HASH_HEAD]],
        *(_payment(item) for item in contents.items),
        ["T", count, total],
    ]
    return "".join(_joined(line) for line in lines).encode(ENCODING)


def _payment(item: Item) -> list[str]:
    return [
        "D",
        f"{item.number:0{NUMBER_WIDTH}d}",
        item.account,
        quoted(item.holder),
        quoted(item.bank),
        yuan(item.amount_fen),
        quoted(item.award),
    ]


def _joined(fields: Iterable[str]) -> str:
    """One line; a separator inside of a name becomes its full-width twin, a control a blank."""
    plain = (_LINE_BREAKING.sub(" ", each).replace(SEPARATOR, "｜") for each in fields)
    return SEPARATOR.join(plain) + LINE_END
