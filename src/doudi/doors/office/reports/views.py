"""Reports as pages: figures with their definitions, and the records behind each, masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from doudi.access.bulk import only
from doudi.access.queries import find_area
from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.paging import Page
from doudi.doors.office.refusing import refused
from doudi.doors.office.reports.choosing import areas, period_asked, periods
from doudi.kernel.refusals import Refusal
from doudi.warehouse.drilldown import page_of
from doudi.warehouse.forms.word import report_as_word
from doudi.warehouse.forms.workbook import report_as_workbook
from doudi.warehouse.remarks import is_determined
from doudi.warehouse.report import a_year_before, report_of, scope_of

if TYPE_CHECKING:
    from doudi.doors.office.guard import OfficeRequest
    from doudi.warehouse.catalogue import Scope

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to(*CASE_ROLES)
@require_safe
def reports(request: OfficeRequest) -> HttpResponse:
    """The form that chooses area and period; once chosen, the way to the report."""
    sight = request.sight
    if "area" in request.GET:
        area = sight.area(request.GET["area"].replace("\0", " "))
        period = period_asked(request.GET.dict(), sight.on)
        try:
            scope_of(period, area, actor=sight.officer, at=sight.at)
        except Refusal as refusal:
            return _form(request, refusal)
        return redirect("report", period=period, code=area.code)
    return _form(request)


@open_to(*CASE_ROLES)
@require_safe
def report(request: OfficeRequest, period: str, code: str) -> HttpResponse:
    """The report of a period and an area beside the year before; a sentence where there is none."""
    try:
        scope = _scope(request, period, code)
    except Refusal as refusal:
        return refused(request, refusal.sentence(gettext))
    made, before = report_of(scope), a_year_before(scope)
    was_worked_out = is_determined(before.scope)
    page = {
        "report": made,
        "before": before,
        "was_worked_out": was_worked_out,
        "figures": [
            (each, was if was_worked_out or was.value else None)
            for each, was in zip(made.figures, before.figures, strict=True)
        ],
        "remarks": [remark.sentence(gettext) for remark in made.remarks],
        "known": gettext("数据截至 {moment}").format(moment=f"{scope.known_at:%Y-%m-%d %H:%M}"),
    }
    return render(request, "office/reports/report.html", page)


@open_to(*CASE_ROLES)
@require_safe
def records(request: OfficeRequest, period: str, code: str, key: str) -> HttpResponse:
    """A page of the records behind a figure, each leading to its household's file."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1  # noqa: PLR2004 - no page has more digits
    try:
        scope = _scope(request, period, code)
        found = page_of(key, scope, number=number)
    except Refusal as refusal:
        return refused(request, refusal.sentence(gettext))
    numbers = sorted({record.place for record in found.records})
    seen = only(request.sight.households(), "number", numbers)
    page = {
        "scope": scope,
        "figure": found.figure,
        "subtotal": found.subtotal,
        "seen": set(seen.values_list("number", flat=True)),
        "page": Page(found.records, found.number, found.figure.records, is_cut=False),
    }
    return render(request, "office/reports/records.html", page)


@open_to(*CASE_ROLES)
@require_safe
def word(request: OfficeRequest, period: str, code: str) -> HttpResponse:
    """The report as a Word document; it names nobody."""
    scope = _seen(request, period, code)
    return _file(report_as_word(report_of(scope)), _WORD, f"{scope.period.name}.docx")


@open_to(*CASE_ROLES)
@require_safe
def excel(request: OfficeRequest, period: str, code: str) -> HttpResponse:
    """The report as a workbook, beside the year before; it names nobody."""
    scope = _seen(request, period, code)
    before = a_year_before(scope)
    content = report_as_workbook(
        report_of(scope), before if is_determined(before.scope) else None, gettext
    )
    return _file(content, _EXCEL, f"{scope.period.name}.xlsx")


def _scope(request: OfficeRequest, period: str, code: str) -> Scope:
    """What is asked, if the officer may see it; refuses as `scope_of` does."""
    sight = request.sight
    place = code.replace("\0", " ")  # which PostgreSQL takes in no text
    return scope_of(period, find_area(place), actor=sight.officer, at=sight.at)


def _seen(request: OfficeRequest, period: str, code: str) -> Scope:
    """The same for a file; raises Http404 where there is none to see."""
    try:
        return _scope(request, period, code)
    except Refusal as refusal:
        raise Http404 from refusal


def _form(request: OfficeRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The form, with what is wrong with what was asked."""
    sight = request.sight
    page = {
        "areas": areas(sight),
        "periods": periods(sight.on),
        "said": request.GET,
        "refusal": refusal,
    }
    return render(request, "office/reports/form.html", page, status=400 if refusal else 200)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="report-{name}"'
    return answer
