"""A checked ledger is taken in (导入): one deed, and nothing saved unless everything is good."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Fault, FileRefused, Severity
from doudi.registry.actions import record_circumstances
from doudi.registry.ledger.check import Ledger, errors, in_order, warnings
from doudi.registry.ledger.resolving import Resolved, placed, resolve
from doudi.registry.ledger.rows import AwardRow
from doudi.registry.ledger.sharing import check_accounts, check_phones
from doudi.registry.ledger.sheets import AWARDS, SHEETS
from doudi.registry.ledger.stating import award_rows, kind_filled_by, statements_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from doudi.access.models import Officer
    from doudi.registry.ledger.records import SheetRecords

TakeAwards = Callable[[Sequence[AwardRow]], int]
"""Takes in the sheet 待遇 inside of the import's deed; answers how many awards changed anything.

Awards belong to a room above: a door hands that room's action in. It may raise FileRefused.
"""

_SHARING = {"账户": check_accounts, "电话": check_phones}


@dataclass(slots=True)
class SheetChanges:
    """What became of the rows of one sheet."""

    rows: int = 0
    new: int = 0
    corrected: int = 0
    ended: int = 0
    confirmed: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> int:
        """How many rows changed anything."""
        return self.new + self.corrected + self.ended + self.confirmed


@dataclass(slots=True)
class TakenIn:
    """What an import did: newcomers, changes by sheet, awards, and everything that was noticed."""

    new_households: int = 0
    new_persons: int = 0
    sheets: dict[str, SheetChanges] = field(default_factory=dict)
    awards: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many changes there were in all; 0 when the same file came again."""
        facts = sum(sheet.changed for sheet in self.sheets.values())
        return self.new_households + self.new_persons + self.awards + facts


class _GivenUp(Exception):  # noqa: N818 - says what became of a rehearsal
    """Undoes what was only tried."""


def import_ledger(
    ledger: Ledger,
    *,
    take_awards: TakeAwards,
    actor: Officer,
    at: datetime,
    why: str,
    accepted: str = "",
) -> TakenIn:
    """Take a ledger in; `accepted` is the reason why its warnings may stand, empty for none.

    The same file again changes nothing (F-SAME). Another value with the same key and start
    corrects; a later start ends the earlier fact the day before. Raises FileRefused F-FAULTS
    with every fault found, or F-WARNINGS where only warnings stand; then nothing is saved.
    """
    reason = f"{why}；{accepted}" if accepted else why
    with deed(actor=actor, act="import_ledger", why=reason, at=at):
        taken = _take_in(ledger, take_awards, actor, at, reason, bool(accepted))
        taken.faults = in_order([*ledger.faults, *taken.faults])
        _refuse_faults(taken.faults, accepted=bool(accepted))
    if not taken.changed:
        same = N_("与已登记的内容相同，无变化")
        taken.faults.append(Fault(Severity.NOTICE, "F-SAME", same))
    return taken


def rehearse_ledger(
    ledger: Ledger,
    *,
    take_awards: TakeAwards,
    actor: Officer,
    at: datetime,
    why: str,
    accepted: str = "",
) -> TakenIn:
    """What `import_ledger` would do, refusals included; nothing is saved."""
    taken: list[TakenIn] = []
    with (
        contextlib.suppress(_GivenUp),
        deed(actor=actor, act="rehearse_ledger", why=why, at=at),
    ):
        taken.append(
            import_ledger(
                ledger,
                take_awards=take_awards,
                actor=actor,
                at=at,
                why=why,
                accepted=accepted,
            )
        )
        _give_up()
    return taken[0]


def _give_up() -> NoReturn:
    raise _GivenUp


def _take_in(
    ledger: Ledger,
    take_awards: TakeAwards,
    actor: Officer,
    at: datetime,
    why: str,
    accept_warnings: bool,  # noqa: FBT001 - private, passed on
) -> TakenIn:
    """Register newcomers, then record sheet by sheet; faults are gathered, not raised."""
    on = localdate(at)
    known = resolve(ledger, actor=actor, at=at, on=on, why=why)
    taken = TakenIn(known.new_households, known.new_persons)
    for sheet in SHEETS:
        found = ledger.sheets.get(sheet.title)
        if found is None or sheet is AWARDS:
            continue
        _check_sharing(found, ledger, known, on)
        recorded = record_circumstances(
            kind_filled_by(sheet).name,
            statements=statements_of(found, ledger, known),
            actor=actor,
            at=at,
            why=why,
            revise=True,
            accept_warnings=accept_warnings,
        )
        taken.faults += [placed(f, found) for f in (*recorded.faults, *recorded.notices)]
        taken.sheets[sheet.title] = SheetChanges(
            len(found.records),
            recorded.new,
            recorded.corrected,
            recorded.ended,
            recorded.confirmed,
            recorded.unchanged,
        )
    awards = ledger.sheets.get(AWARDS.title)
    if awards is not None:
        _take_awards(awards, ledger, known, taken, take_awards)
    return taken


def _check_sharing(found: SheetRecords, ledger: Ledger, known: Resolved, on: date) -> None:
    check = _SHARING.get(found.sheet.title)
    if check is not None:
        check(found, ledger, known, on)


def _take_awards(
    found: SheetRecords, ledger: Ledger, known: Resolved, taken: TakenIn, take_awards: TakeAwards
) -> None:
    """Hand the awards on; what is wrong with them joins the other faults."""
    rows = list(award_rows(found, ledger, known))
    taken.sheets[found.sheet.title] = SheetChanges(len(found.records))
    if not rows:
        return
    try:
        taken.awards = take_awards(rows)
    except FileRefused as refused:
        taken.faults += refused.faults


def _refuse_faults(faults: list[Fault], *, accepted: bool) -> None:
    """Refuse when anything is wrong, or to be answered for; every fault comes along."""
    wrong, doubtful = errors(faults), warnings(faults)
    if wrong:
        raise FileRefused(
            "F-FAULTS",
            N_("发现 {errors} 处错误、{warnings} 处须确认，没有保存任何内容"),
            faults,
            errors=len(wrong),
            warnings=len(doubtful),
        )
    if doubtful and not accepted:
        raise FileRefused(
            "F-WARNINGS",
            N_("有 {warnings} 处须确认，没有保存；确认无误的，请加 --accept-warnings 并说明理由"),
            faults,
            warnings=len(doubtful),
        )
