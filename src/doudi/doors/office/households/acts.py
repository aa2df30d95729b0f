"""What is done from the list of households: views kept, columns chosen, the list taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.households import exporting, keeping, listing
from doudi.doors.office.households.listed import sheets_of
from doudi.doors.office.households.shown import show_refused
from doudi.doors.office.households.wanted import Wanted
from doudi.doors.office.jobs.asking import ask_for, job_of
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from doudi.doors.office.guard import OfficeRequest

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_PICKED = 50


@open_to(*CASE_ROLES)
@require_POST
def save_view(request: OfficeRequest) -> HttpResponse:
    """Keep the list as it is narrowed now, under a name."""
    sight, wanted = request.sight, Wanted.said(request.POST.get("query", ""))
    name = request.POST.get("name", "")
    try:
        view = keeping.save_view(name, wanted, actor=sight.officer, at=sight.at)
    except Refusal as refusal:
        return show_refused(request, refusal, "view-name")
    messages.success(request, gettext("视图“{name}”已保存").format(name=view.name))
    return redirect(_list(wanted))


@open_to(*CASE_ROLES)
@require_POST
def forget_view(request: OfficeRequest) -> HttpResponse:
    """Take a saved view away."""
    sight = request.sight
    keeping.forget_view(request.POST.get("name", ""), actor=sight.officer, at=sight.at)
    messages.success(request, gettext("视图已删除"))
    return redirect("households")


@open_to(*CASE_ROLES)
@require_POST
def choose_columns(request: OfficeRequest) -> HttpResponse:
    """Show the ticked columns from now on."""
    sight = request.sight
    shown = request.POST.getlist("column")
    keeping.choose_columns(shown, actor=sight.officer, at=sight.at)
    return redirect(_list(Wanted.said(request.POST.get("query", ""))))


@open_to(*CASE_ROLES)
@require_POST
def export(request: OfficeRequest) -> HttpResponse:
    """Hand the list out as a workbook: at once where it is short, else as a job."""
    sight = request.sight
    try:
        asked = _asked(request)
    except Refusal as refusal:
        return show_refused(request, refusal, "why")
    rows = exporting.rows_asked(asked, sight, listing.shown_month(sight)).order_by()
    if rows[: exporting.AT_ONCE + 1].count() > exporting.AT_ONCE:
        told = {"query": asked.wanted.query, "why": asked.why[:300]}
        return redirect("job", key=ask_for("household_list", told, sight).pk)
    return _workbook(exporting.write_list(asked, sight))


@open_to(*CASE_ROLES)
@require_POST
def print_sheets(request: OfficeRequest) -> HttpResponse:
    """A sheet for each ticked household, to be printed: numbers masked, a page each."""
    picked = request.POST.getlist("row")[:_MOST_PICKED]
    sheets = sheets_of([number.replace("\0", "") for number in picked], request.sight)
    if not sheets:
        refusal = Refusal("ROWS-NONE", N_("请先勾选要打印的户（本页内）"))
        return show_refused(request, refusal, "tools")
    page = {"sheets": sheets, "month": listing.shown_month(request.sight)}
    return render(request, "office/households/sheets.html", page)


@open_to(*CASE_ROLES)
@require_safe
def exported(request: OfficeRequest, key: UUID) -> HttpResponse:
    """A long list that a job of the officer's own has written."""
    job = job_of(str(key), request.sight)
    content = exporting.kept_file(str(job.outcome.get("file", "")))
    if job.kind != "household_list" or content is None:
        raise Http404
    return _workbook(content)


def _asked(request: OfficeRequest) -> exporting.Asked:
    """The list that is asked for; refuses ROWS-NONE, and what `refuse_without_reason` does."""
    picked: list[str] = []
    if request.POST.get("what") == "picked":
        picked = request.POST.getlist("row")
        if not 0 < len(picked) <= _MOST_PICKED:
            raise Refusal("ROWS-NONE", N_("请先勾选要导出的户（本页内）"))
    why = request.POST.get("why", "").strip()
    exporting.refuse_without_reason(why)
    numbers = tuple(number.replace("\0", "") for number in picked)
    return exporting.Asked(Wanted.said(request.POST.get("query", "")), numbers, why)


def _list(wanted: Wanted) -> str:
    """The address of the list narrowed so."""
    return f"{reverse('households')}?{wanted.query}" if wanted.query else reverse("households")


def _workbook(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=_WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="households.xlsx"'
    return answer
