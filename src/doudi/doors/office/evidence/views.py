"""The pages of papers: what there is, a new one, and one that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from doudi.doors.office.guard import CASE_ROLES, FRONT_LINE, open_to
from doudi.doors.office.households.file import File, file_of
from doudi.doors.office.paging import page_of
from doudi.kernel.refusals import N_, Refusal
from doudi.registry import queries as registry
from doudi.registry.actions import add_evidence, look_at_evidence
from doudi.registry.evidence import MOST_BYTES
from doudi.registry.models import EvidenceType

if TYPE_CHECKING:
    from uuid import UUID

    from doudi.doors.office.guard import OfficeRequest
    from doudi.registry.models import Evidence

CONFLICT = 409
_ENDINGS = {EvidenceType.JPEG: "jpg", EvidenceType.PDF: "pdf"}
_ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What a paper may do in a browser: be shown, and nothing else."""


@open_to(*CASE_ROLES)
@require_safe
def papers(request: OfficeRequest, number: str) -> HttpResponse:
    """The papers of a household, the latest first."""
    return _listed(request, file_of(request.sight.household(number), request.sight))


@open_to(*FRONT_LINE)
@require_POST
def add(request: OfficeRequest, number: str) -> HttpResponse:
    """Take in a photo or a PDF; what it is, is found by its content."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    if file.residence is not None:
        sight.require(FRONT_LINE, file.residence.area)
    given = request.FILES.get("file")
    if given is None:
        return _listed(request, file, Refusal("EMPTY", N_("请选择照片或 PDF")))
    theirs = {each.person.person_number: each.person for each in file.members}
    try:
        add_evidence(
            file.household,
            content=given.read(MOST_BYTES + 1),
            title=request.POST.get("title", ""),
            person=theirs.get(request.POST.get("person", "")),
            actor=sight.officer,
            at=sight.at,
            why=gettext("收取材料"),
        )
    except Refusal as refusal:
        return _listed(request, file, refusal)
    messages.success(request, gettext("材料已保存"))
    return redirect("household-evidence", number=file.household.number)


@open_to(*CASE_ROLES)
@require_safe
def look(request: OfficeRequest, uid: UUID) -> HttpResponse:
    """A paper itself, to be saved or seen apart from every page; each look is on record."""
    sight = request.sight
    paper = sight.evidence(uid)
    content = look_at_evidence(paper, actor=sight.officer, at=sight.at, why=gettext("查看材料"))
    return _handed_over(paper, content)


def _handed_over(paper: Evidence, content: bytes) -> HttpResponse:
    """A paper's bytes: a photo shown by itself, a PDF saved; neither can run anything."""
    kind = EvidenceType(paper.content_type)
    way = "inline" if kind is EvidenceType.JPEG else "attachment"
    answer = HttpResponse(content, content_type=kind.value)
    answer["Content-Disposition"] = f'{way}; filename="{paper.uid}.{_ENDINGS[kind]}"'
    answer["Content-Security-Policy"] = _ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _listed(request: OfficeRequest, file: File, refusal: Refusal | None = None) -> HttpResponse:
    """The list, with what is wrong with the paper just sent."""
    found = page_of(registry.evidence_of(file.household), request)
    uses = registry.uses_of([paper.pk for paper in found.rows])
    page = {
        "file": file,
        "tab": "household-evidence",
        "page": found.of([(paper, uses.get(paper.pk, 0)) for paper in found.rows]),
        "may_add": file.residence is not None
        and request.sight.holds(FRONT_LINE, file.residence.area),
        "title": request.POST.get("title", "")[:100],
        "about": request.POST.get("person", ""),
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "office/evidence/list.html", page, status=status)
