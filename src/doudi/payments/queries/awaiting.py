"""What awaits an officer in payments: the next step of the open run, files, answers, suspense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from doudi.access.models import Role
from doudi.access.queries import appointments_of
from doudi.kernel.awaiting import Awaiting
from doudi.kernel.citations import Citation
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_
from doudi.payments.models import Answer, Export, Payment, Stage
from doudi.payments.queries.runs import open_run, runs
from doudi.payments.roles import APPROVING, CHECKING, HANDLING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from doudi.access.models import Area, Officer

MONTHLY = Citation("社会救助暂行办法", "国务院令第649号", "第十二条")
"""Dibao is paid month by month: the run of a month is to be done within it."""
_MOST = 100
_STEPS = {
    Stage.DRAFTED: (N_("复核"), CHECKING),
    Stage.CHECKED: (N_("批准"), APPROVING),
    Stage.APPROVED: (N_("封存"), HANDLING),
}


def awaiting(officer: Officer, on: date) -> list[Awaiting]:
    """What of payments awaits an officer on a day, by role and area; a few statements."""
    held = [
        (Role(appointment.role), appointment.area) for appointment in appointments_of(officer, on)
    ]
    return [*_open_run(officer, held), *_sealed(held)]


def _open_run(officer: Officer, held: list[tuple[Role, Area]]) -> Iterator[Awaiting]:
    """The next step of the open run, for whoever may take it and took none before."""
    run = open_run()
    if run is None:
        return
    verb, roles = _STEPS[run.step]
    if officer.pk in (run.drafted_by_id, run.checked_by_id, run.approved_by_id):
        return
    if _may(held, roles, run.area):
        since = run.approved_at or run.checked_at or run.drafted_at
        yield Awaiting(
            code="run-step",
            about=("run", run.number),
            verb=verb,
            message=N_("{area} {month} 发放批次 {run}"),
            since=localdate(since),
            due=Month(run.month).last,
            basis=MONTHLY,
            values={"area": run.area.name, "month": run.month, "run": run.number},
        )


def _sealed(held: list[tuple[Role, Area]]) -> Iterator[Awaiting]:
    """Sealed runs whose files were not handed out, or which the bank has not answered for."""
    waiting = (
        runs()
        .filter(sealed_at__isnull=False)
        .filter(Exists(_unanswered()))
        .annotate(was_exported=Exists(Export.objects.filter(run=OuterRef("pk"))))[:_MOST]
    )
    for run in waiting:
        if not _may(held, HANDLING, run.area):
            continue
        verb, message = (
            (N_("导入回盘"), N_("{area} 批次 {run}：等待银行回盘"))
            if run.was_exported
            else (N_("导出银行文件"), N_("{area} 批次 {run}：已封存，银行文件尚未导出"))
        )
        yield Awaiting(
            code="run-answer" if run.was_exported else "run-export",
            about=("run", run.number),
            verb=verb,
            message=message,
            since=localdate(run.sealed_at),
            due=Month(run.month).last,
            basis=MONTHLY,
            values={"area": run.area.name, "run": run.number},
        )


def _unanswered() -> QuerySet[Payment]:
    """The payments of a run that no return file has spoken of."""
    silent = ~Exists(Answer.objects.filter(payment=OuterRef("pk")))
    return Payment.objects.filter(silent, run=OuterRef("pk"))


def _may(held: list[tuple[Role, Area]], roles: tuple[Role, ...], area: Area) -> bool:
    """Whether one of these appointments gives one of the roles in an area."""
    return any(role in roles and area.path.startswith(where.path) for role, where in held)
