"""What is done to a run from its page: each step a form of its own, sent by another officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from doudi.doors.office.accounts.confirming import recently_confirmed
from doudi.doors.office.guard import open_to
from doudi.doors.office.jobs.asking import ask_for
from doudi.kernel.money import yuan_grouped
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.payments import actions, queries
from doudi.payments.return_file import MAX_BYTES
from doudi.payments.roles import APPROVING, CHECKING, DRAFTING, HANDLING, SENDING_BACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from doudi.doors.office.guard import OfficeRequest
    from doudi.payments.models import Run


@open_to(*DRAFTING)
@require_POST
def draft(request: OfficeRequest) -> HttpResponse:
    """Work a month out and draft its run: a job in the background."""
    month = Month(request.POST.get("month", ""))
    area = request.sight.area(request.POST.get("area", ""))
    request.sight.require(DRAFTING, area)
    job = ask_for("run", {"month": month, "area": area.code}, request.sight)
    return redirect("job", key=job.pk)


@open_to(*CHECKING)
@require_POST
def check(request: OfficeRequest, number: str) -> HttpResponse:
    """Check a draft."""
    return _step(request, number, actions.check_run, N_("已复核：{count} 笔，合计 {total} 元"))


@open_to(*APPROVING)
@require_POST
def approve(request: OfficeRequest, number: str) -> HttpResponse:
    """Approve a checked run."""
    return _step(request, number, actions.approve_run, N_("已批准：{count} 笔，合计 {total} 元"))


@open_to(*HANDLING)
@recently_confirmed
@require_POST
def seal(request: OfficeRequest, number: str) -> HttpResponse:
    """Seal an approved run: nothing in it changes any more."""
    return _step(request, number, actions.seal_run, N_("已封存：{count} 笔，合计 {total} 元"))


@open_to(*SENDING_BACK)
@require_POST
def send_back(request: OfficeRequest, number: str) -> HttpResponse:
    """Send a run back to its draft, for a reason."""
    run, sight = request.sight.run(number), request.sight
    why = request.POST.get("why", "")
    actions.return_run_to_draft(run.number, why=why, actor=sight.officer, at=sight.at)
    messages.success(request, gettext("已退回，须重新复核和批准"))
    return redirect("run", number=run.number)


@open_to(*SENDING_BACK)
@require_POST
def cancel(request: OfficeRequest, number: str) -> HttpResponse:
    """Cancel an open run, for a reason."""
    run, sight = request.sight.run(number), request.sight
    why = request.POST.get("why", "")
    actions.cancel_run(run.number, why=why, actor=sight.officer, at=sight.at)
    messages.success(request, gettext("已作废；其中的款项仍是应发，可以重新拟定"))
    return redirect("months")


@open_to(*HANDLING)
@require_POST
def hand_out(request: OfficeRequest, number: str) -> HttpResponse:
    """Hand out the bank file, or the roster as a workbook; who took it is on record."""
    run, sight = request.sight.run(number), request.sight
    exported = actions.export_run(run.number, actor=sight.officer, at=sight.at)
    wants_roster = request.POST.get("what") == "roster"
    path = exported.workbook if wants_roster else exported.bank_file
    answer = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return answer


@open_to(*HANDLING)
@require_POST
def settle(request: OfficeRequest, number: str) -> HttpResponse:
    """Take in what the bank says."""
    run, sight = request.sight.run(number), request.sight
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("RET-NONE", N_("请选择银行的回盘文件"))
    settled = actions.settle_run(
        file.read(MAX_BYTES + 1), name=file.name or "", actor=sight.officer, at=sight.at
    )
    if settled.was_known:
        messages.info(request, gettext("这个文件以前导入过，没有变化"))
    else:
        said = gettext("到账 {paid} 笔，退回 {returned} 笔，挂账 {suspense} 笔，重复 {repeated} 笔")
        messages.success(
            request,
            said.format(
                paid=settled.paid,
                returned=settled.returned,
                suspense=sum(settled.suspense.values()),
                repeated=settled.repeated,
            ),
        )
    return redirect("run-bank", number=settled.run.number if settled.run.pk == run.pk else number)


def _step(
    request: OfficeRequest, number: str, act: Callable[..., Run], message: str
) -> HttpResponse:
    """Take one step of a run, and say what it came to."""
    run, sight = request.sight.run(number), request.sight
    done = act(run.number, actor=sight.officer, at=sight.at)
    sums = queries.sums_of(done)
    said = gettext(message).format(count=f"{sums.payments:,}", total=yuan_grouped(sums.amount_fen))
    messages.success(request, said)
    return redirect("run", number=done.number)
