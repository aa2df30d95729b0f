"""The sheet of a run (发放清册) as an Excel workbook: for the signatures and the file. Pure.

ID and account numbers are masked. What users wrote is written as text and nothing else, so that
no name is ever taken for a formula. The same sealed run makes the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from doudi.kernel.bank_accounts import masked_account
from doudi.kernel.money import FEN_PER_YUAN
from doudi.kernel.refusals import N_
from doudi.kernel.spreadsheets import PlainBook
from doudi.kernel.vocabulary import Programme
from doudi.payments.contents import HASH_HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doudi.payments.contents import Item, Sealed

_HEADINGS = (
    (N_("序号"), 6),
    (N_("待遇编号"), 18),
    (N_("项目"), 18),
    (N_("领款人"), 12),
    (N_("证件号"), 22),
    (N_("户名"), 12),
    (N_("开户行"), 24),
    (N_("账号"), 22),
    (N_("当月（元）"), 12),
    (N_("补发（元）"), 12),
    (N_("追缴（元）"), 12),
    (N_("实发（元）"), 12),
)
_KINDS = ("regular", "arrears", "recovery")
_AMOUNT = "#,##0.00"


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid: the name, and the ID number as others may see it."""

    name: str
    masked_id: str


def file_name(sealed: Sealed) -> str:
    """The file's name: the run's number and the area's code."""
    return f"{sealed.contents.run}-{sealed.contents.area}.xlsx"


def write(sealed: Sealed, payees: Mapping[int, Payee], title: str) -> bytes:
    """The whole workbook; `payees` by the payments' numbers, `title` above the table."""
    buffer = BytesIO()
    book = PlainBook(buffer, in_memory=True)
    # The moment in a workbook's properties would otherwise be the clock's.
    book.set_properties({"created": datetime.combine(sealed.sealed_on, time())})
    _fill(book, sealed, payees, title)
    book.close()
    return buffer.getvalue()


def _fill(book: Any, sealed: Sealed, payees: Mapping[int, Payee], title: str) -> None:  # noqa: ANN401 - the library is untyped
    """Write title, headings, a row a payment, and the sum."""
    sheet = book.add_worksheet("发放清册")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": _AMOUNT})
    contents = sealed.contents
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, f"封存摘要 {sealed.content_hash[:HASH_HEAD]}")
    for column, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, heading, bold)
    first = 3
    for row, item in enumerate(contents.items, start=first):
        texts, amounts = _row(item, payees[item.number])
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
        for column, fen in enumerate(amounts, start=len(texts)):
            sheet.write_number(row, column, _yuan(fen), money)
    last = first + len(contents.items)
    sheet.write_string(last, 0, f"合计 {len(contents.items)} 笔", bold)
    sheet.write_number(last, len(_HEADINGS) - 1, _yuan(contents.total_fen), money)
    sheet.freeze_panes(first, 0)


def _row(item: Item, payee: Payee) -> tuple[list[str], list[int]]:
    """The cells of a payment: texts, then amounts in fen."""
    texts = [
        str(item.number),
        item.award,
        Programme(item.programme).label,
        payee.name,
        payee.masked_id,
        item.holder,
        item.bank,
        masked_account(item.account),
    ]
    by_kind = [sum(part.amount_fen for part in item.parts if part.kind == kind) for kind in _KINDS]
    return texts, [*by_kind, item.amount_fen]


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / FEN_PER_YUAN
