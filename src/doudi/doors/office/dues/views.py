"""The page that says why an amount is due, in words that a resident understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.entitlement.explaining import explain_due
from doudi.entitlement.words import PARTS
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

_LARGEST = 2**63 - 1


@open_to(*CASE_ROLES)
@require_safe
def due(request: OfficeRequest, number: int) -> HttpResponse:
    """One due row explained: parts, steps, facts with sources, parameters, articles.

    A row of a household outside of the officer's sight is as if there were none.
    """
    if number > _LARGEST:
        raise Http404
    try:
        explained = explain_due(number, officer=request.sight.officer)
    except Refusal as refusal:
        if refusal.code == "DUE-UNKNOWN":
            raise Http404 from refusal
        raise
    household = request.sight.household(explained.household)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    page = {
        "explained": explained,
        "household": household,
        "parts": [(gettext(PARTS[kind]), fen) for kind, fen in explained.parts],
        "why": explained.explanation.as_dict(language, explained.names),
        "title": explained.explanation.title.said(language),
    }
    return render(request, "office/dues/due.html", page)
