"""The pages of simulations: the form, the list of one's own, and what came of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.jobs.asking import ask_for, job_of, jobs_of
from doudi.doors.office.paging import page_of
from doudi.doors.office.simulations.work import CHART, WORKBOOK, folder_of
from doudi.entitlement.rules import rules_of
from doudi.kernel.money import yuan_grouped
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.policy.reform_files import reform_from

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from doudi.doors.office.guard import OfficeRequest
    from doudi.doors.office.jobs.models import Job

CONFLICT = 409
_MOST_BYTES = 100_000
_EXAMPLE = """name: 提高低保标准
reason: 测算所需资金
changes:
  - path: dibao.standard
    from: 2022-04
    value: "760.00"
"""


@open_to(*CASE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def simulations(request: OfficeRequest) -> HttpResponse:
    """Ask for a simulation; a reform in fault is told of at once, and stays in the form."""
    sight = request.sight
    present = str(Month.of(sight.on))
    typed = {"reform": _EXAMPLE, "first": present, "last": present, "area": ""}
    refusal = None
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            job = _asked(request, typed)
        except Refusal as fault:
            refusal = fault
        else:
            return redirect("job", key=job.pk)
    page = {
        "form": typed,
        "refusal": refusal,
        "areas": [appointment.area for appointment in sight.appointments],
        "page": page_of(jobs_of(sight).filter(kind="simulation"), request),
    }
    status = CONFLICT if refusal else 200
    return render(request, "office/simulations/list.html", page, status=status)


@open_to(*CASE_ROLES)
@require_safe
def simulation(request: OfficeRequest, key: UUID) -> HttpResponse:
    """What a simulation came to: tables, with chart and workbook."""
    job = _done(request, key)
    page = {
        "job": job,
        "name": job.outcome["name"],
        "reason": job.outcome["reason"],
        "tables": [_shown(table) for table in job.outcome["tables"] if table["rows"]],
    }
    return render(request, "office/simulations/simulation.html", page)


@open_to(*CASE_ROLES)
@require_safe
def chart(request: OfficeRequest, key: UUID) -> HttpResponse:
    """The chart of a simulation, a picture of the page."""
    job = _done(request, key)
    drawn = (folder_of(str(job.pk)) / CHART).read_bytes()
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


@open_to(*CASE_ROLES)
@require_safe
def book(request: OfficeRequest, key: UUID) -> HttpResponse:
    """The workbook of a simulation."""
    job = _done(request, key)
    written = (folder_of(str(job.pk)) / WORKBOOK).read_bytes()
    answer = HttpResponse(written, content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="simulation.xlsx"'
    return answer


def _asked(request: OfficeRequest, typed: dict[str, str]) -> Job:
    """The job of what was typed, or of the file that was sent; refuses what can't be tried."""
    sight = request.sight
    file = request.FILES.get("file")
    if file is not None:
        content = file.read(_MOST_BYTES + 1)
        typed["reform"] = content.decode("utf-8", errors="replace")
    else:
        content = typed["reform"].encode()
    if len(content) > _MOST_BYTES:
        raise Refusal("REFORM-SIZE", N_("改革方案太大，请只写要改变的参数"))
    area = sight.area(typed["area"])
    first, last = Month(typed["first"]), Month(typed["last"])
    reform_from(content, gettext("改革方案"), rules_of(area))
    asked = {"reform": typed["reform"], "first": first, "last": last, "area": area.code}
    return ask_for("simulation", asked, sight)


def _done(request: OfficeRequest, key: UUID) -> Job:
    """A simulation of the officer's own that is done; raises Http404 for any other."""
    job = job_of(str(key), request.sight)
    if job.kind != "simulation" or job.state != "done":
        raise Http404
    return job


def _shown(table: dict[str, Any]) -> dict[str, Any]:
    """A table with its cells as a reader expects them."""
    rows = [
        [(kind, _cell(kind, cell)) for kind, cell in zip(table["kinds"], row, strict=True)]
        for row in table["rows"]
    ]
    heads = list(zip(table["kinds"], table["heads"], strict=True))
    return {**table, "heads": heads, "rows": rows}


def _cell(kind: str, cell: str | int) -> str:
    """One cell: fen as yuan, counts with separators, words as they are."""
    if isinstance(cell, str):
        return cell
    return yuan_grouped(cell) if kind == "fen" else f"{cell:,}"
