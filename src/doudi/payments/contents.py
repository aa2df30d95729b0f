"""The contents of a run (批次内容) in the clear, as seal, bank file and sheet see them. Pure.

The seal is SHA-256 over what stands here and nothing else: no key of the database, no nonce. So
the same month makes the same seal on any machine, and one digit changed anywhere breaks it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

HASH_HEAD = 16
"""How many characters of a seal stand in files and on paper."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a payment holds for one month, in fen."""

    month: str
    kind: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Item:
    """One payment: its number in the run, the award, the account in the clear, fen, its lines."""

    number: int
    award: str
    programme: str
    payee: str
    account: str = field(repr=False)
    bank: str
    holder: str
    amount_fen: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole run: its number, month and area's code, and its payments by number."""

    run: str
    month: str
    area: str
    items: Sequence[Item]

    @property
    def total_fen(self) -> int:
        """The sum of all payments."""
        return sum(item.amount_fen for item in self.items)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed run: its contents, the seal and the day it was sealed."""

    contents: Contents
    content_hash: str
    sealed_on: date


def content_hash(contents: Contents) -> str:
    """The seal (封存摘要): SHA-256, in hexadecimal, over a JSON line for the run and each payment.

    The form is fixed by `docs/bank-file.md`; another form would need another first word.
    """
    digest = hashlib.sha256()
    head = ["doudi-run-1", contents.run, contents.month, contents.area]
    digest.update(_line([*head, len(contents.items), contents.total_fen]))
    for item in contents.items:
        parts = [[part.month, part.kind, part.amount_fen] for part in item.parts]
        paid_to = [item.payee, item.account, item.bank, item.holder]
        digest.update(
            _line([item.number, item.award, item.programme, *paid_to, item.amount_fen, parts])
        )
    return digest.hexdigest()


def _line(values: list[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
