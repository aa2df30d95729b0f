"""The return file (银行回盘文件): what the bank says became of payments. Pure; reads and writes it.

The layout stands in `docs/bank-file.md`. A fault of the whole file (another format, a count or
total that does not fit, a torn end) refuses it; a line that fits no payment does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from doudi.kernel.money import parse_yuan, yuan
from doudi.kernel.refusals import N_, Refusal
from doudi.payments.bank_file import (
    CURRENCY,
    ENCODING,
    FORMAT,
    LINE_END,
    NUMBER_WIDTH,
    SEPARATOR,
)

if TYPE_CHECKING:
    from doudi.payments.contents import Contents

PAID_CODE = "00"
RETURN_CODES = {
    "01": N_("户名不符"),
    "02": N_("账号不存在"),
    "03": N_("账户已销户"),
    "04": N_("账户已冻结"),
    "99": N_("其他原因"),
}
"""What the bank's codes for a return mean; 00 is success, any other code is unknown."""

TAIL = 4
"""How many last digits of the account a line repeats."""
_TOTAL = re.compile(r"([0-9]{1,15})\.([0-9]{2})")
MAX_BYTES = 32 * 1024 * 1024
"""A larger file is not read."""
MAX_LINES = 500_000
"""The most lines that are looked at: more than any run has, and few enough for any machine."""
MAX_REASON = 100
"""The most characters of the bank's own words that are kept."""

_HEADING_FIELDS, _LINE_FIELDS, _TRAILER_FIELDS = 8, 6, 3
_COUNT = re.compile(r"[0-9]{1,9}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line: the payment's number, the account's tail, fen, the code and the bank's words.

    `number` and `amount_fen` are None where the line has something else in their place.
    """

    row: int
    number: int | None
    tail: str
    amount_fen: int | None
    code: str
    reason: str
    raw: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """A whole return file: which run, its seal's head, the bank's day, the lines, the digest."""

    run: str
    seal_head: str
    bank_day: date
    lines: Sequence[ReturnLine]
    digest: str


def read(raw: bytes) -> Returned:
    """Read a return file; its lines may come in any order and several times.

    Refuses RET-SIZE, RET-ENC, RET-FMT, RET-CURRENCY, RET-DATE, RET-COUNT and RET-SUM, which say
    what does not fit; then nothing of the file is taken.
    """
    rows = _rows(raw)
    heading = rows[0].split(SEPARATOR)
    if len(heading) != _HEADING_FIELDS or heading[:2] != ["R", FORMAT]:
        raise _not_this_format(1)
    _, _, run, seal_head, currency, day, count, total = heading
    if currency != CURRENCY:
        raise Refusal(
            "RET-CURRENCY", N_("回盘文件的币种是“{found}”，只接受人民币 CNY"), found=currency[:8]
        )
    trailer = rows[-1].split(SEPARATOR)
    _check_count(len(rows), count, trailer)
    lines = [_line(row, text) for row, text in enumerate(rows[1:-1], start=2)]
    _check_sums(lines, (total, trailer[2]))
    return Returned(run, seal_head, _day(day), lines, hashlib.sha256(raw).hexdigest())


def write(
    contents: Contents, seal_head: str, bank_day: date, answers: Sequence[tuple[int, str, str]]
) -> bytes:
    """A return file as a bank would write it: for each answer a number, a code and words.

    For demonstrations and tests, which have no bank. Raises KeyError for an unknown number.
    """
    items = {item.number: item for item in contents.items}
    lines = [
        [
            "D",
            f"{number:0{NUMBER_WIDTH}d}",
            items[number].account[-TAIL:],
            yuan(items[number].amount_fen),
            code,
            reason,
        ]
        for number, code, reason in answers
    ]
    count = str(len(answers))
    total = yuan(sum(items[number].amount_fen for number, _, _ in answers))
    heading = ["R", FORMAT, contents.run, seal_head, CURRENCY, f"{bank_day:%Y%m%d}", count, total]
    whole = [heading, *lines, ["T", count, total]]
    return "".join(SEPARATOR.join(each) + LINE_END for each in whole).encode(ENCODING)


def masked(raw: str) -> str:
    """A line of the file as it may be kept and shown: digits of a length of accounts as stars."""
    return re.sub(r"[0-9]{9,}", lambda found: "*" * 8 + found[0][-TAIL:], raw)[:200]


def _rows(raw: bytes) -> list[str]:
    """The lines of the file as text, decided: UTF-8 where it is strictly that, else GB18030."""
    if len(raw) > MAX_BYTES:
        raise Refusal("RET-SIZE", N_("回盘文件超过 32 MB，请向银行核实后分批导入"))
    if raw.count(b"\n") + raw.count(b"\r") > 2 * MAX_LINES:
        raise _too_many_lines()
    text = _decoded(raw.removeprefix(b"\xef\xbb\xbf"))
    rows = [row for row in re.split(r"\r\n|\n|\r", text) if row.strip()]
    if len(rows) > MAX_LINES:
        raise _too_many_lines()
    if len(rows) < 2:  # noqa: PLR2004 - a heading and a trailer
        raise Refusal("RET-FMT", N_("回盘文件是空的或不完整，至少应有首行和末行"))
    return rows


def _too_many_lines() -> Refusal:
    return Refusal(
        "RET-SIZE", N_("回盘文件超过 {limit} 行，请向银行核实后分批导入"), limit=MAX_LINES
    )


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", ENCODING):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Refusal("RET-ENC", N_("回盘文件不是 GB18030 或 UTF-8 文本，请向银行索取文本格式"))


def _line(row: int, raw: str) -> ReturnLine:
    """One line; what can't be read of it is None and ends in suspense."""
    fields = raw.split(SEPARATOR)
    if len(fields) != _LINE_FIELDS or fields[0] != "D":
        return ReturnLine(row, None, "", None, "", "", raw)
    _, number, tail, amount, code, reason = (each.strip() for each in fields)
    return ReturnLine(
        row,
        int(number) if _COUNT.fullmatch(number) else None,
        tail,
        _or_none(parse_yuan, amount),
        code,
        reason[:MAX_REASON],
        raw,
    )


def _check_count(rows: int, heading: str, trailer: list[str]) -> None:
    """Refuse a file whose count is not that of its lines, before any line is looked at."""
    if len(trailer) != _TRAILER_FIELDS or trailer[0] != "T":
        raise _not_this_format(rows)
    found = rows - 2  # without heading and trailer
    for said in (heading, trailer[1]):
        if said.strip() != str(found):
            raise Refusal(
                "RET-COUNT",
                N_("回盘文件写明 {said} 笔，实际 {found} 笔，请向银行重新索取"),
                said=said[:12],
                found=found,
            )


def _check_sums(lines: Sequence[ReturnLine], totals: tuple[str, str]) -> None:
    """Refuse a file whose total is not that of its lines: part of it is missing."""
    total = sum(line.amount_fen or 0 for line in lines)
    for said in totals:
        if _or_none(_sum, said) != total:
            raise Refusal(
                "RET-SUM",
                N_("回盘文件写明合计 {said} 元，明细合计 {found} 元，请向银行重新索取"),
                said=said[:20],
                found=yuan(total),
            )


def _sum(text: str) -> int:
    """A total in fen; no bound of a single amount holds for it."""
    match = _TOTAL.fullmatch(text.strip())
    return int(match[1]) * 100 + int(match[2]) if match else parse_yuan(text)


def _day(text: str) -> date:
    """The day in the heading, written as eight digits."""
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        raise Refusal(
            "RET-DATE", N_("回盘文件首行的日期“{text}”不对，应写成 20220610"), text=text[:12]
        ) from None


def _or_none(reading: Callable[[str], T], text: str) -> T | None:
    try:
        return reading(text)
    except Refusal:
        return None


def _not_this_format(row: int) -> Refusal:
    return Refusal(
        "RET-FMT",
        N_("第 {row} 行不合回盘文件的格式，请对照 docs/bank-file.md 向银行核实"),
        row=row,
    )
