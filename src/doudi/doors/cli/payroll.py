"""`doudi payroll`: a run from its draft to the bank and back, each step by another officer."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.access.queries import find_area
from doudi.doors.cli.context import moment, officer, say
from doudi.doors.cli.language import translate
from doudi.doors.cli.payroll_tables import (
    balance_as_json,
    run_as_json,
    show_balances,
    show_held,
    show_records,
    show_shares,
    why,
)
from doudi.kernel.money import yuan_grouped
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import queries
from doudi.payments.actions import (
    approve_run,
    cancel_run,
    check_run,
    export_run,
    return_run_to_draft,
    seal_run,
    settle_run,
)
from doudi.payments.contents import HASH_HEAD
from doudi.payments.return_file import MAX_BYTES

if TYPE_CHECKING:
    from doudi.payments.actions import Settled
    from doudi.payments.models import Run

BROKEN = 1
"""Exit status when a sealed run isn't what was sealed."""

_WHY = click.option("--why", "reason", required=True, help=N_("原因，留在操作日志里"))
_RUN = click.argument("number", required=False, default="", metavar="[RUN]")


@click.group(help=N_("发放批次：复核、批准、封存、导出、回盘；不写批次号就是正在办理的一批"))
def payroll() -> None:
    """Group the commands about runs."""


@payroll.command(help=N_("复核正在办理的批次"))
@_RUN
def check(number: str) -> None:
    """Check a draft."""
    run = check_run(_open(number), actor=officer(), at=moment())
    _say_step(N_("已复核批次 {run}：{count} 笔，合计 {total} 元"), run)


@payroll.command(help=N_("批准复核过的批次"))
@_RUN
def approve(number: str) -> None:
    """Approve a checked run."""
    run = approve_run(_open(number), actor=officer(), at=moment())
    _say_step(N_("已批准批次 {run}：{count} 笔，合计 {total} 元"), run)


@payroll.command(help=N_("封存批准过的批次：此后内容不能再变"))
@_RUN
def seal(number: str) -> None:
    """Seal an approved run."""
    run = seal_run(_open(number), actor=officer(), at=moment())
    _say_step(N_("已封存批次 {run}：{count} 笔，合计 {total} 元"), run)
    say(N_("封存摘要 {hash}"), hash=run.content_hash)


@payroll.command("return", help=N_("退回重新复核"))
@_RUN
@_WHY
def return_(number: str, reason: str) -> None:
    """Send a run back to its draft."""
    run = return_run_to_draft(_open(number), why=reason, actor=officer(), at=moment())
    say(N_("批次 {run} 已退回，须重新复核和批准"), run=run.number)


@payroll.command(help=N_("作废还没有封存的批次"))
@_RUN
@_WHY
def cancel(number: str, reason: str) -> None:
    """Cancel an open run."""
    run = cancel_run(_open(number), why=reason, actor=officer(), at=moment())
    say(N_("批次 {run} 已作废；其中的款项仍是应发，可以重新拟定"), run=run.number)


@payroll.command(help=N_("写出封存批次的银行文件和发放清册"))
@_RUN
def export(number: str) -> None:
    """Write the bank file and the sheet."""
    exported = export_run(_sealed(number), actor=officer(), at=moment())
    say(
        N_("已导出批次 {run}：{count} 笔，合计 {total} 元"),
        run=exported.run.number,
        count=f"{len(exported.contents.items):,}",
        total=yuan_grouped(exported.contents.total_fen),
    )
    say(N_("银行文件 {path}"), path=str(exported.bank_file))
    say(N_("银行文件 SHA-256 {digest}"), digest=exported.digest)
    say(N_("发放清册 {path}"), path=str(exported.workbook))


@payroll.command(help=N_("导入银行回盘文件，可以几个一起，次序不限"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def settle(files: tuple[Path, ...]) -> None:
    """Take in what the bank says."""
    for file in files:
        settled = settle_run(_read(file), name=file.name, actor=officer(), at=moment())
        _say_settled(file.name, settled)


@payroll.command(help=N_("查看一个批次；不写批次号时列出所有批次"))
@_RUN
@click.option("--records", "with_records", is_flag=True, help=N_("逐笔列出，个人信息脱敏"))
@click.option("--json", "as_json", is_flag=True, help=N_("以 JSON 输出，金额以分为单位"))
def show(number: str, *, with_records: bool, as_json: bool) -> None:
    """Print a run, or the list of runs."""
    if not number:
        runs = list(queries.runs())
        if as_json:
            _echo_json([run_as_json(run, with_records=with_records) for run in runs])
        else:
            for run in runs:
                _say_state(run)
        return
    run = queries.run_numbered(number)
    if as_json:
        _echo_json(run_as_json(run, with_records=with_records))
        return
    _say_state(run)
    _say_bank(run)
    show_shares(run)
    show_held((each.award.number, each.reason, each.amount_fen) for each in queries.held_in(run))
    for line in queries.suspense_of(run):
        say(
            N_("挂账 {file} 第 {row} 行：{code} {why}"),
            file=line.file.name,
            row=line.row,
            code=line.reason,
            why=why(line.reason),
        )
    if with_records:
        show_records(queries.records_of(run))


@payroll.command(help=N_("核验封存的批次是否与封存时一致；不写批次号时核验全部"))
@_RUN
def verify(number: str) -> None:
    """Recompute the seals; exit status 1 when one is broken."""
    runs = [queries.run_numbered(number)] if number else list(queries.sealed_runs())
    sealed = [run for run in runs if run.content_hash]
    broken = [run.number for run in sealed if not queries.is_intact(run)]
    if broken:
        say(
            N_("以下批次的内容与封存摘要不符，请勿发放并核查操作日志：{runs}"),
            runs=tuple(broken),
        )
        sys.exit(BROKEN)
    say(N_("已核验 {count} 个封存批次，内容与封存时一致"), count=len(sealed))


@payroll.command(help=N_("列出应发与已发不相等的待遇：待发、暂缓、待追缴"))
@click.option("--area", "place", default="", help=N_("区域的名称或代码；不写就是全部"))
@click.option("--json", "as_json", is_flag=True, help=N_("以 JSON 输出，金额以分为单位"))
def balance(*, place: str, as_json: bool) -> None:
    """Print what is left on either side."""
    left = queries.open_balances(find_area(place) if place else None, at=moment())
    if as_json:
        _echo_json([balance_as_json(each) for each in left])
    elif left:
        show_balances(left)
    else:
        say(N_("应发都已发放，没有待发和待追缴的款项"))


def _open(number: str) -> str:
    """The number given, or that of the run that lies open; refuses RUN-NONE without one."""
    if number:
        return number
    run = queries.open_run()
    if run is None:
        raise Refusal("RUN-NONE", N_("没有正在办理的批次；先用 doudi run 拟定"))
    return run.number


def _sealed(number: str) -> str:
    """The number given, or that of the run sealed last; refuses RUN-NONE without one."""
    if number:
        return number
    run = queries.sealed_runs().last()
    if run is None:
        raise Refusal("RUN-NONE", N_("还没有封存的批次；先用 doudi payroll seal 封存"))
    return run.number


def _read(file: Path) -> bytes:
    """The bytes of a file, up to one more than a return file may have."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _say_step(message: str, run: Run) -> None:
    sums = queries.sums_of(run)
    say(
        message,
        run=run.number,
        count=f"{sums.payments:,}",
        total=yuan_grouped(sums.amount_fen),
    )


def _say_state(run: Run) -> None:
    """One line: number, area, stage, payments, sum, and the head of the seal."""
    sums = queries.sums_of(run)
    say(
        N_("批次 {run}  {area}  {stage}  {count} 笔  {total} 元  {hash}"),
        run=run.number,
        area=run.area.name,
        stage=translate(queries.stage_of(run).label),
        count=f"{sums.payments:,}",
        total=yuan_grouped(sums.amount_fen),
        hash=run.content_hash[:HASH_HEAD],
    )


def _say_bank(run: Run) -> None:
    """What came back of a sealed run, and what the bank has not answered for."""
    if run.sealed_at is None:
        return
    back, waiting = queries.sums_returned(run), queries.sums_unsettled(run)
    say(
        N_("银行退回 {back} 笔 {back_total} 元；未回盘 {waiting} 笔 {waiting_total} 元"),
        back=f"{back.payments:,}",
        back_total=yuan_grouped(back.amount_fen),
        waiting=f"{waiting.payments:,}",
        waiting_total=yuan_grouped(waiting.amount_fen),
    )


def _say_settled(name: str, settled: Settled) -> None:
    """What a return file brought."""
    if settled.was_known:
        say(N_("{name}：这个文件以前导入过，没有变化"), name=name)
        return
    say(
        N_("{name}：批次 {run} 到账 {paid} 笔，退回 {returned} 笔，其中重复 {repeated} 笔"),
        name=name,
        run=settled.run.number,
        paid=settled.paid,
        returned=settled.returned,
        repeated=settled.repeated,
    )
    for code, count in sorted(settled.suspense.items()):
        say(N_("挂账 {count} 笔：{code} {why}"), count=count, code=code, why=why(code))
    _say_bank(settled.run)


def _echo_json(shown: object) -> None:
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
