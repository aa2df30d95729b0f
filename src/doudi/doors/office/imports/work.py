"""The jobs of an import: a ledger is read and rehearsed; once somebody has looked, taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from doudi.access.queries import deed_done
from doudi.doors.office.imports.keeping import (
    Part,
    in_the_clear,
    keep,
    keep_told,
    kept,
    kept_told,
    throw_away,
)
from doudi.doors.office.imports.telling import told_of_changes, told_of_faults, told_of_rows
from doudi.doors.office.jobs.carrying import Carried, works
from doudi.entitlement.actions import import_awards
from doudi.kernel.refusals import N_, FileRefused, Refusal
from doudi.registry.ledger.check import check_ledger, errors
from doudi.registry.ledger.importing import import_ledger, rehearse_ledger
from doudi.registry.ledger.marking import write_marked
from doudi.registry.ledger.reading import read_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doudi.kernel.refusals import Fault
    from doudi.registry.ledger.check import Ledger
    from doudi.registry.ledger.importing import TakenIn
    from doudi.registry.ledger.reading import Reading
    from doudi.registry.ledger.rows import AwardRow

_STEPS = 3


@works("ledger_check")
def look_through(job: Carried) -> dict[str, Any]:
    """Read a ledger and rehearse its import; answers how many faults, and keeps what to tell."""
    key = str(job.asked["file"])
    job.tell(0, _STEPS, gettext("正在读取文件"))
    try:
        reading, told = _read(key)
        job.tell(1, _STEPS, gettext("正在核对"))
        ledger = check_ledger(reading, job.at.date())
    except Refusal:
        throw_away(key, Part.FILE)
        raise
    job.tell(2, _STEPS, gettext("正在试算将有什么变化"))
    faults, taken = _rehearsed(ledger, job, told["name"])
    told |= told_of_faults(faults) | told_of_rows(ledger)
    if taken is not None:
        told |= told_of_changes(taken)
    if errors(faults):
        throw_away(key, Part.FILE)
    if faults:
        keep(key, Part.MARKED, _marked(reading, faults, job))
    keep_told(key, told)
    return {"file": key, "errors": told["errors"], "warnings": told["warnings"]}


@works("ledger_take")
def take_in(job: Carried) -> dict[str, Any]:
    """Take a ledger in as one act; answers the deed, and throws the uploaded file away."""
    key = str(job.asked["file"])
    job.tell(0, _STEPS, gettext("正在读取文件"))
    reading, told = _read(key)
    ledger = check_ledger(reading, job.at.date())
    job.tell(1, _STEPS, gettext("正在保存"))
    taken = _carried(import_ledger, ledger, job, told["name"], str(told.get("accepted", "")))
    throw_away(key, Part.FILE)
    done = deed_done(job.officer, "import_ledger", job.at) if taken.changed else None
    told |= told_of_faults(taken.faults) | told_of_changes(taken) | {"is_taken": True}
    keep_told(key, told)
    return {"file": key, "deed": done.pk if done else 0, "changed": taken.changed}


def _read(key: str) -> tuple[Reading, dict[str, Any]]:
    """The uploaded file, read by the guarded child; refuses IMPORT-GONE."""
    content, told = kept(key, Part.FILE), kept_told(key)
    if content is None or told is None:
        raise Refusal("IMPORT-GONE", N_("上传的文件已经不在了（只保留一天），请重新上传"))
    with in_the_clear(content, told["name"]) as path:
        return read_ledger(path, told["sheet"] or Path(told["name"]).stem), told


def _rehearsed(ledger: Ledger, job: Carried, name: str) -> tuple[list[Fault], TakenIn | None]:
    """Every fault, and what would change; where warnings stand, what would if they are accepted."""
    try:
        taken = _carried(rehearse_ledger, ledger, job, name, "")
    except FileRefused as refused:
        if errors(refused.faults):
            return refused.faults, None
        taken = _carried(rehearse_ledger, ledger, job, name, gettext("试算"))
    return taken.faults, taken


def _carried(
    take: Callable[..., TakenIn], ledger: Ledger, job: Carried, name: str, accepted: str
) -> TakenIn:
    """Take the ledger in, or rehearse it, with its awards."""
    why = gettext("导入台账 {name}").format(name=name)

    def take_awards(rows: Sequence[AwardRow]) -> int:
        taken = import_awards(rows, actor=job.officer, at=job.at, why=why)
        return taken.new + taken.stopped + taken.tapered

    return take(
        ledger, take_awards=take_awards, actor=job.officer, at=job.at, why=why, accepted=accepted
    )


def _marked(reading: Reading, faults: list[Fault], job: Carried) -> bytes:
    """The file with its faults marked."""
    with in_the_clear(b"", "marked") as path:
        place = path.with_name("marked.xlsx")
        write_marked(place, reading, faults, at=job.at, translate=gettext)
        return place.read_bytes()
