"""Handing out a sealed run (导出): the bank's file and the sheet, made of what was sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import bank_file, queries, workbook
from doudi.payments.actions.rights import require_one_of
from doudi.payments.actions.steps import at_step
from doudi.payments.contents import Contents, Sealed, content_hash
from doudi.payments.files import write_whole
from doudi.payments.models import Export, Run, Stage
from doudi.payments.roles import HANDLING

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the files of a run lie, how much they pay, and the bank file's SHA-256."""

    run: Run
    contents: Contents
    bank_file: Path
    workbook: Path
    digest: str


def export_run(number: str, *, actor: Officer, at: datetime) -> Exported:
    """Write a sealed run's bank file and sheet; the same bytes however often.

    First it is written down who takes the files, then they are written: none leaves unnoticed.
    Refuses NOT-ALLOWED, RUN-STEP, RUN-UNKNOWN, and RUN-BROKEN where the contents don't match
    the seal.
    """
    with deed(actor=actor, act="export_run", why=f"导出批次 {number}", at=at):
        run = at_step(number, Stage.SEALED)
        require_one_of(HANDLING, actor=actor, area=run.area, at=at)
        sealed = sealed_contents(run)
        content = bank_file.write(sealed)
        digest = hashlib.sha256(content).hexdigest()
        Export.objects.create(run=run, digest=digest, exported_by=actor, exported_at=at)
    title = f"{run.area.name} {run.month} 救助资金发放清册（批次 {run.number}）"
    sheet = workbook.write(sealed, queries.payees_of(run), title)
    return Exported(
        run=run,
        contents=sealed.contents,
        bank_file=write_whole(bank_file.file_name(sealed.contents), content),
        workbook=write_whole(workbook.file_name(sealed), sheet),
        digest=digest,
    )


def sealed_contents(run: Run) -> Sealed:
    """The contents of a sealed run, once their hash is that of the seal; refuses RUN-BROKEN."""
    contents = queries.contents_of(run)
    if run.sealed_at is None or content_hash(contents) != run.content_hash:
        raise Refusal(
            "RUN-BROKEN",
            N_(
                "批次 {run} 的内容与封存摘要不符：封存后有人改动过数据；不要发放，"
                "请运行 doudi payroll verify 和 doudi journal verify 核查"
            ),
            run=run.number,
        )
    return Sealed(contents, run.content_hash, localdate(run.sealed_at))
