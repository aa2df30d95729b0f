"""The commands of the ledger (台账): an empty template, in, and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.access.queries import find_area
from doudi.doors.cli.context import moment, officer, parse_moment, progress, say, today
from doudi.doors.cli.language import translate
from doudi.entitlement.actions import import_awards
from doudi.entitlement.queries import awards_of_subjects
from doudi.kernel.refusals import N_, Fault, FileRefused, Refusal, Severity
from doudi.registry.ledger.check import check_ledger
from doudi.registry.ledger.exporting import Scope, export_ledger
from doudi.registry.ledger.importing import TakenIn, import_ledger, rehearse_ledger
from doudi.registry.ledger.marking import write_marked
from doudi.registry.ledger.reading import Reading, read_ledger
from doudi.registry.ledger.writing import write_template

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from doudi.entitlement.queries import KnownAward
    from doudi.registry.ledger.rows import AwardRow
    from doudi.registry.ledger.writing import LedgerRow

_TOLD = 50
"""How many faults the terminal shows; the marked workbook holds all of them."""
_PATH = click.Path(path_type=Path)
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_ROWS_ONLY = N_("  {sheet}：{rows} 行")


@click.group(help=N_("台账：空白模板、导入、导出"))
def ledger() -> None:
    """Group the commands of the ledger."""


@ledger.command(help=N_("写出空白台账模板"))
@click.argument("file", type=_PATH)
def template(file: Path) -> None:
    """Write the empty workbook; a file that holds anything is never overwritten."""
    _refuse_other_names(file)
    if file.exists() and file.stat().st_size:
        raise Refusal("FILE-EXISTS", N_("{path} 已经存在；请换一个名字或先移走它"), path=str(file))
    write_template(file, at=moment())
    say(N_("已写出空白台账 {path}，从第 2 行起填写"), path=str(file))


@ledger.command("import", help=N_("导入台账：全部核对无误才保存"))
@click.argument("file", type=_PATH)
@click.option("--dry-run", is_flag=True, help=N_("只核对，不保存"))
@click.option("--sheet", default="", help=N_("CSV 文件对应的工作表名，如 收入"))
@click.option("--accept-warnings", "accepted", default="", help=N_("须确认的事项可以保存的理由"))
@click.option("--faults", "marked", type=_PATH, help=N_("标出问题的副本写到哪里"))
def import_(file: Path, *, dry_run: bool, sheet: str, accepted: str, marked: Path | None) -> None:
    """Read, check and take in a file; on faults, leave the marked copy beside it."""
    actor, at = officer(), moment()
    reading = read_ledger(file, sheet)
    checked = check_ledger(reading, today())
    _say_what_was_read(file, reading, {t: len(s.records) for t, s in checked.sheets.items()})

    def take_awards(rows: Sequence[AwardRow]) -> int:
        taken = import_awards(rows, actor=actor, at=at, why=why)
        return taken.new + taken.stopped + taken.tapered

    why = translate(N_("导入台账 {name}")).format(name=file.name)
    take_in = rehearse_ledger if dry_run else import_ledger
    try:
        taken = take_in(
            checked, take_awards=take_awards, actor=actor, at=at, why=why, accepted=accepted
        )
    except FileRefused as refused:
        copy = marked or file.with_suffix(".faults.xlsx")
        raise _with_marked_copy(refused, copy, reading, at) from None
    _say_what_changed(taken, dry_run=dry_run)


@ledger.command(help=N_("导出台账：可以再导入的工作簿"))
@click.argument("file", type=_PATH)
@click.option("--area", "place", help=N_("只导出这个区域"))
@click.option("--on", "day", type=_DAY, help=N_("只导出这一天有效的情况；不填则全部导出"))
@click.option("--known-at", help=N_("按这个时刻所知导出，如 2022-06-30；不填则按现在所知"))
@click.option("--why", default="", help=N_("导出的用途，记入操作日志"))
def export(
    file: Path, *, place: str | None, day: datetime | None, known_at: str | None, why: str
) -> None:
    """Write what the officer may see as a ledger."""
    _refuse_other_names(file)
    actor, at = officer(), moment()
    known = parse_moment(known_at) if known_at else at
    scope = Scope(known, day.date() if day else None, find_area(place).path if place else "")

    def awards_of(households: Sequence[int]) -> Iterator[LedgerRow]:
        return (_award_row(award) for award in awards_of_subjects(households, known))

    written = export_ledger(
        file,
        scope,
        awards_of=awards_of,
        actor=actor,
        at=at,
        why=why or translate(N_("导出台账")),
    )
    say(N_("已导出到 {path}（含完整证件号和账号，请妥善保管）："), path=str(file))
    for title, rows in written.items():
        if rows:
            say(_ROWS_ONLY, sheet=title, rows=rows)


def _refuse_other_names(file: Path) -> None:
    """A spreadsheet opens a workbook only under its own kind of name."""
    if file.suffix.lower() != ".xlsx":
        raise Refusal("FILE-NAME", N_("文件名须以 .xlsx 结尾：{path}"), path=str(file))


def _say_what_was_read(file: Path, reading: Reading, rows: dict[str, int]) -> None:
    """Which file, which sheets, how many rows of each."""
    say(N_("已读取 {name}："), name=file.name)
    for fault in reading.faults:
        if fault.severity is Severity.NOTICE:
            say("  {sentence}", sentence=fault.sentence(translate))
    for title, count in rows.items():
        if count:
            say(_ROWS_ONLY, sheet=title, rows=count)


def _say_what_changed(taken: TakenIn, *, dry_run: bool) -> None:
    """Newcomers, changes by sheet, and what was repaired or deserves a look."""
    say(N_("核对无误；以下是将要保存的内容（本次没有保存）：") if dry_run else N_("已保存："))
    say(
        N_("  新登记 {households} 户、{persons} 人；待遇变动 {awards} 项"),
        households=taken.new_households,
        persons=taken.new_persons,
        awards=taken.awards,
    )
    for title, sheet in taken.sheets.items():
        if sheet.changed or sheet.unchanged:
            say(
                N_(
                    "  {sheet}：新增 {new}，更正 {corrected}，截止 {ended}，"
                    "核实 {confirmed}，未变 {unchanged}"
                ),
                sheet=title,
                new=sheet.new,
                corrected=sheet.corrected,
                ended=sheet.ended,
                confirmed=sheet.confirmed,
                unchanged=sheet.unchanged,
            )
    for fault in taken.faults[:_TOLD]:
        say("  {line}", line=_line(fault))
    if len(taken.faults) > _TOLD:
        say(N_("  另有 {count} 处提示"), count=len(taken.faults) - _TOLD)


def _line(fault: Fault) -> str:
    """A fault on one line: code, place, how to mend it."""
    parts = (fault.code, fault.place(translate), fault.sentence(translate))
    return " ".join(part for part in parts if part)


def _with_marked_copy(
    refused: FileRefused, copy: Path, reading: Reading, at: datetime
) -> FileRefused:
    """The refusal with its first faults alone, after the copy that marks all was written."""
    try:
        write_marked(copy, reading, refused.faults, at=at, translate=translate)
        copy.chmod(0o600)
    except OSError:
        progress(N_("标出问题的副本写不到 {path}，可用 --faults 另指位置"), path=str(copy))
    else:
        progress(N_("全部问题已标在 {path}，改好后可直接导入这份副本"), path=str(copy))
    more = len(refused.faults) - _TOLD
    if more > 0:
        progress(N_("问题较多，只列前 {told} 处，另有 {more} 处见副本"), told=_TOLD, more=more)
    return FileRefused(refused.code, refused.message, refused.faults[:_TOLD], **refused.values)


def _award_row(known: KnownAward) -> LedgerRow:
    """An award as a row of the sheet 待遇, people by their ids."""
    award, stop, taper = known.award, known.stop, known.taper
    return {
        "number": award.number,
        "programme": award.programme,
        "household": award.household_id,
        "person": award.person_id,
        "payee": award.payee_id,
        "applied_on": award.applied_on,
        "decided_on": award.decided_on,
        "decided_by": award.decided_by,
        "due_from": award.due_from if award.due_from != award.first_month else None,
        "last_month": stop.last_month if stop else None,
        "stopped_on": stop.decided_on if stop else None,
        "stop_reason": stop.reason if stop else "",
        "taper_from": taper.from_month if taper else None,
        "taper_months": taper.months if taper else None,
        "taper_decided_on": taper.decided_on if taper else None,
        "source": award.source,
    }
