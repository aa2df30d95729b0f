"""The pages of imports: a file to send, what was found in it, what it would change or has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from doudi.doors.office.guard import CONFIRMING, open_to
from doudi.doors.office.imports.keeping import Part, in_the_clear, kept, kept_told
from doudi.doors.office.jobs.asking import job_of, jobs_of
from doudi.doors.office.paging import Page, page_of
from doudi.registry.ledger.sheets import SHEETS
from doudi.registry.ledger.writing import write_template

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from doudi.doors.office.guard import OfficeRequest
    from doudi.doors.office.jobs.models import Job
    from doudi.kernel.refusals import Refusal

KINDS = ("ledger_check", "ledger_take")
CONFLICT = 409
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PER_PAGE = 50


@open_to(*CONFIRMING)
@require_safe
def imports(request: OfficeRequest) -> HttpResponse:
    """The form that takes a file, and the officer's own imports so far."""
    return show_form(request)


def show_form(request: OfficeRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The form, with what is wrong with the file just sent."""
    page = {
        "page": page_of(jobs_of(request.sight).filter(kind__in=KINDS), request, per_page=20),
        "sheets": [sheet.title for sheet in SHEETS],
        "sheet": request.POST.get("sheet", ""),
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "office/imports/form.html", page, status=status)


@open_to(*CONFIRMING)
@require_safe
def template(request: OfficeRequest) -> HttpResponse:
    """The empty workbook."""
    with in_the_clear(b"", "ledger") as path:
        place = path.with_name("template.xlsx")
        write_template(
            place, at=request.sight.at.replace(hour=0, minute=0, second=0, microsecond=0)
        )
        return _workbook(place.read_bytes(), "ledger.xlsx")


@open_to(*CONFIRMING)
@require_safe
def told(request: OfficeRequest, key: UUID) -> HttpResponse:
    """What was found in a file: its faults, what it would change; or what it has changed."""
    job = import_of(key, request)
    if not job.is_over or not job.outcome:
        return redirect("job", key=job.pk)
    return show_told(request, job)


def show_told(request: OfficeRequest, job: Job, refusal: Refusal | None = None) -> HttpResponse:
    """The page of an import, with why a step was refused."""
    file = str(job.outcome["file"])
    found = kept_told(file)
    if found is None:
        raise Http404
    pages = Paginator(_shown(found["faults"], request), _PER_PAGE)
    part = pages.get_page(request.GET.get("page"))
    page = {
        "job": job,
        "told": found,
        "sheets": sorted({fault["sheet"] for fault in found["faults"]}),
        "sheet": request.GET.get("sheet", ""),
        "page": Page(list(part.object_list), part.number, pages.count, is_cut=False),
        "may_take": job.kind == "ledger_check"
        and not found["errors"]
        and kept(file, Part.FILE) is not None,
        "has_marked": job.kind == "ledger_check" and kept(file, Part.MARKED) is not None,
        "may_undo": bool(job.outcome.get("deed"))
        and not found.get("is_undone")
        and localdate(job.asked_at) == request.sight.on,
        "accepted": request.POST.get("accepted", ""),
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "office/imports/told.html", page, status=status)


def _shown(faults: list[dict[str, Any]], request: OfficeRequest) -> list[dict[str, Any]]:
    """The faults of the sheet that is asked for, or all."""
    sheet = request.GET.get("sheet")
    return [fault for fault in faults if not sheet or fault["sheet"] == sheet]


@open_to(*CONFIRMING)
@require_safe
def marked(request: OfficeRequest, key: UUID) -> HttpResponse:
    """The file with its faults marked in place, to be mended and sent again."""
    content = kept(str(import_of(key, request).outcome.get("file", "")), Part.MARKED)
    if content is None:
        raise Http404
    return _workbook(content, "ledger.faults.xlsx")


def import_of(key: UUID, request: OfficeRequest) -> Job:
    """An import of the officer's own; raises Http404 for any other job."""
    job = job_of(str(key), request.sight)
    if job.kind not in KINDS:
        raise Http404
    return job


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
