"""Taking in what the bank says (回盘): in any order, split, repeated; no line of it is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.bulk import insert_columns
from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries
from doudi.payments.actions.export import sealed_contents
from doudi.payments.actions.rights import require_one_of
from doudi.payments.contents import HASH_HEAD
from doudi.payments.models import Answer, Outcome, Payment, ReturnFile, Run, Stage, Suspense
from doudi.payments.return_file import (
    PAID_CODE,
    RETURN_CODES,
    TAIL,
    Returned,
    ReturnLine,
    masked,
    read,
)
from doudi.payments.roles import HANDLING
from doudi.payments.turns import take_turn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.payments.contents import Item

UNKNOWN_LINE, OTHER_AMOUNT, OTHER_ACCOUNT, UNKNOWN_CODE = (
    "RET-LINE",
    "RET-AMOUNT",
    "RET-ACCOUNT",
    "RET-CODE",
)
"""Why a line is put in suspense: no such payment, or amount, account or code don't fit."""

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Settled:
    """What a return file brought: lines by outcome, repeated ones, those in suspense by reason.

    With `was_known` the same file had been taken in before, and nothing has changed.
    """

    run: Run
    paid: int
    returned: int
    repeated: int
    suspense: Mapping[str, int]
    was_known: bool


def settle_run(content: bytes, *, name: str, actor: Officer, at: datetime) -> Settled:
    """Take in a return file; what became of each payment follows from all files together.

    Each line answers for one payment, or is put in suspense (挂账) with its reason. Refuses a
    whole file with the codes of `return_file.read`, RET-RUN for a run not sealed here, RET-SEAL
    for another seal, RET-DATE for a day before the seal or yet to come; NOT-ALLOWED.
    """
    said = read(content)
    with deed(actor=actor, act="settle_run", why=f"导入批次 {said.run[:12]} 的回盘文件", at=at):
        take_turn()
        run = _run_of(said)
        require_one_of(HANDLING, actor=actor, area=run.area, at=at)
        if ReturnFile.objects.filter(digest=said.digest).exists():
            return Settled(run, 0, 0, 0, {}, was_known=True)
        _refuse_other_days(said, run, at)
        items = {item.number: item for item in sealed_contents(run).contents.items}
        file = ReturnFile.objects.create(
            digest=said.digest,
            name=masked(name)[-_NAME_LENGTH:],
            run=run,
            bank_day=said.bank_day,
            lines=len(said.lines),
            taken_by=actor,
            taken_at=at,
        )
        reasons = [_does_not_fit(line, items) for line in said.lines]
        fitting = [line for line, why in zip(said.lines, reasons, strict=True) if not why]
        return Settled(
            run=run,
            paid=sum(line.code == PAID_CODE for line in fitting),
            returned=sum(line.code != PAID_CODE for line in fitting),
            repeated=_answer(file, run, fitting),
            suspense=_suspend(file, said.lines, reasons),
            was_known=False,
        )


def _run_of(said: Returned) -> Run:
    """The sealed run that a file answers for; refuses RET-RUN and RET-SEAL."""
    run = queries.runs().filter(number=said.run).first()
    if run is None or run.step is not Stage.SEALED:
        raise Refusal(
            "RET-RUN",
            N_("回盘文件写的批次“{run}”在这里没有封存过，请核对是不是别处的文件"),
            run=said.run[:12],
        )
    if said.seal_head != run.content_hash[:HASH_HEAD]:
        raise Refusal(
            "RET-SEAL",
            N_("回盘文件的封存摘要与批次 {run} 不符，请核对银行办理的是不是这一批"),
            run=run.number,
        )
    return run


def _refuse_other_days(said: Returned, run: Run, at: datetime) -> None:
    """Refuse a file of a day on which the bank can't have answered for this run."""
    if run.sealed_at is None or not localdate(run.sealed_at) <= said.bank_day <= localdate(at):
        raise Refusal(
            "RET-DATE",
            N_("回盘日期 {day} 早于批次 {run} 的封存日或晚于今天，请向银行核实"),
            day=said.bank_day,
            run=run.number,
        )


def _does_not_fit(line: ReturnLine, items: Mapping[int, Item]) -> str:
    """Why a line fits no payment of the run; empty where it does."""
    item = items.get(line.number or 0)
    if item is None:
        return UNKNOWN_LINE
    if line.amount_fen != item.amount_fen:
        return OTHER_AMOUNT
    if line.tail != item.account[-TAIL:]:
        return OTHER_ACCOUNT
    return "" if line.code == PAID_CODE or line.code in RETURN_CODES else UNKNOWN_CODE


def _answer(file: ReturnFile, run: Run, lines: Sequence[ReturnLine]) -> int:
    """Keep what each line says of its payment; answers how many had been said before."""
    ids = dict(Payment.objects.filter(run=run).values_list("number", "pk"))
    payments = [ids[line.number or 0] for line in lines]
    outcomes = [str(Outcome.PAID if line.code == PAID_CODE else Outcome.RETURNED) for line in lines]
    known = set(Answer.objects.filter(payment__run=run).values_list("payment_id", "outcome"))
    insert_columns(
        Answer,
        {
            "file": [file.pk] * len(lines),
            "row": [line.row for line in lines],
            "payment": payments,
            "outcome": outcomes,
            "code": [line.code for line in lines],
            "reason": [masked(line.reason) for line in lines],
        },
    )
    said = list(zip(payments, outcomes, strict=True))
    return len(said) - len(set(said) - known)


def _suspend(
    file: ReturnFile, lines: Sequence[ReturnLine], reasons: Sequence[str]
) -> Mapping[str, int]:
    """Keep the lines that fit no payment, masked; answers how many for each reason."""
    kept = [(line, why) for line, why in zip(lines, reasons, strict=True) if why]
    insert_columns(
        Suspense,
        {
            "file": [file.pk] * len(kept),
            "row": [line.row for line, _ in kept],
            "reason": [why for _, why in kept],
            "masked": [masked(line.raw) for line, _ in kept],
        },
    )
    return Counter(why for _, why in kept)
