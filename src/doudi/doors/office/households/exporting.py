"""The list as a workbook (台账导出): it follows the filter, masked as the page is, and on record.

First it is written down who takes a list and why, then the file leaves: none goes unnoticed. Long
lists are written in the background; such a file waits a week for whoever asked for it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext

from doudi.access.bulk import only
from doudi.access.journal import deed
from doudi.doors.office.households import listing
from doudi.doors.office.households.models import ListTaken
from doudi.doors.office.households.wanted import Wanted
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.spreadsheets import PlainBook
from doudi.kernel.text import refuse_invisible
from doudi.kernel.vocabulary import Programme, Registration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from doudi.doors.office.sight import Sight
    from doudi.kernel.months import Month
    from doudi.registry.models import Household

AT_ONCE = 2_000
"""Up to so many rows a list is answered at once; beyond, in the background."""
_BLOCK = 1_000
_WEEK = timedelta(days=7)
_FOLDER = "lists"
_FEN = 100
_HEADINGS = (
    N_("户编号"),
    N_("户主"),
    N_("证件号"),
    N_("社区"),
    N_("住址"),
    N_("户籍性质"),
    N_("人口"),
    N_("在享待遇"),
    N_("待定"),
    N_("应发（元）"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A list to be handed out: how it is narrowed, which rows were picked (none: all), why."""

    wanted: Wanted
    picked: tuple[str, ...]
    why: str


def refuse_without_reason(why: str) -> None:
    """Refuse WHY-EMPTY a list without a reason, and TXT-CTRL a reason with invisible characters."""
    if not why.strip():
        raise Refusal("WHY-EMPTY", N_("请写明导出的用途，将记入操作日志"))
    refuse_invisible(why)


def rows_asked(asked: Asked, sight: Sight, month: Month) -> QuerySet[Household]:
    """The households that a list is to have, by number: the picked ones, seen by the officer."""
    rows = listing.narrowed(sight, asked.wanted, month)
    return only(rows, "number", list(asked.picked)) if asked.picked else rows


def write_list(
    asked: Asked, sight: Sight, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> bytes:
    """The workbook, once it is on record who takes it and what for; `tell` hears of rows done."""
    refuse_without_reason(asked.why)
    month = listing.shown_month(sight)
    households = list(rows_asked(asked, sight, month))
    file = BytesIO()
    with PlainBook(file, constant_memory=True, in_memory=True) as book:
        sheet = book.add_worksheet(gettext("一户一档台账"))
        money = book.add_format({"num_format": "#,##0.00"})
        for column, heading in enumerate(_HEADINGS):
            sheet.write_string(0, column, gettext(heading))
        for place, row in enumerate(_rows(households, sight, month, tell), start=1):
            *texts, members, programmes, is_open, fen = row
            for column, text in enumerate(texts):
                sheet.write_string(place, column, text)
            sheet.write_number(place, len(texts), members)
            sheet.write_string(place, len(texts) + 1, programmes)
            sheet.write_string(place, len(texts) + 2, is_open)
            sheet.write_number(place, len(texts) + 3, fen / _FEN, money)
    content = file.getvalue()
    with deed(actor=sight.officer, act="take_list", why=asked.why[:300], at=sight.at):
        ListTaken.objects.create(
            officer=sight.officer,
            query=asked.wanted.query,
            selected=len(asked.picked),
            why=asked.why[:300],
            households=len(households),
            sha256=hashlib.sha256(content).hexdigest(),
            taken_at=sight.at,
        )
    return content


def _rows(
    households: Sequence[Household],
    sight: Sight,
    month: Month,
    tell: Callable[[int, int], None],
) -> Iterator[tuple[str, str, str, str, str, str, int, str, str, int]]:
    """The rows of the workbook, a thousand households at a time."""
    for start in range(0, len(households), _BLOCK):
        tell(start, len(households))
        for row in listing.rows_of(households[start : start + _BLOCK], sight, month):
            home = row.residence
            yield (
                row.household.number,
                row.head.name if row.head else "",
                row.masked_id,
                home.area.name if home else "",
                home.address if home else "",
                _said(Registration, home.registration) if home else "",
                row.members,
                "、".join(_said(Programme, each.known.award.programme) for each in row.benefits),
                gettext("待定") if row.is_open else "",
                row.total_fen,
            )


def _said(words: type[Programme | Registration], code: str) -> str:
    """A code of our lists in the reader's language."""
    word = words.labelled(code)
    return gettext(word.label) if word else code


def keep_file(name: str, content: bytes, sight: Sight) -> None:
    """Keep a long list for whoever asked for it; those older than a week are taken away."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    old = (sight.at - _WEEK).timestamp()
    for each in folder.glob("*.xlsx"):
        if each.stat().st_mtime < old:
            each.unlink(missing_ok=True)
    place = folder / f"{name}.xlsx"
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def kept_file(name: str) -> bytes | None:
    """A list that was kept; None when it is gone."""
    place = _folder() / f"{name}.xlsx"
    return place.read_bytes() if place.is_file() else None


def _folder() -> Path:
    """Where long lists wait, in the office's own folder."""
    return Path(settings.HOME) / _FOLDER
