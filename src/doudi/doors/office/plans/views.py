"""The pages of a support plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from doudi.doors.office.guard import CASE_ROLES, FRONT_LINE, open_to
from doudi.doors.office.households.file import File, file_of
from doudi.doors.office.plans.form import PlanForm
from doudi.kernel.refusals import Refusal
from doudi.registry import queries as registry
from doudi.registry.actions import revise_plan
from doudi.registry.models import MeasureState

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

CONFLICT = 409


@open_to(*CASE_ROLES)
@require_safe
def plan(request: OfficeRequest, number: str) -> HttpResponse:
    """The plan that stands, and the versions before it."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    versions = list(registry.plans_of(file.household))
    may_revise = file.residence is not None and sight.holds(FRONT_LINE, file.residence.area)
    page = {
        "file": file,
        "tab": "household-plan",
        "standing": next((each for each in versions if each.superseded_at is None), None),
        "earlier": [each for each in versions if each.superseded_at is not None],
        "may_revise": may_revise,
    }
    return render(request, "office/plans/plan.html", page)


@open_to(*FRONT_LINE)
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: OfficeRequest, number: str) -> HttpResponse:
    """Make the plan, or its next version; what was typed is never lost to a fault."""
    sight = request.sight
    file = file_of(sight.household(number), sight)
    if file.residence is not None:
        sight.require(FRONT_LINE, file.residence.area)
    if request.method != "POST":
        return _form(request, file, PlanForm.of(registry.plan_of(file.household)))
    form = PlanForm.sent(request.POST)
    if "more" in request.POST:
        return _form(request, file, form.with_more_rows())
    try:
        made = revise_plan(
            file.household,
            goal=form.goal.strip(),
            measures=form.measures(),
            made_from=form.made_from,
            actor=sight.officer,
            at=sight.at,
            why=form.why.strip() or gettext("修订帮扶计划"),
        )
    except Refusal as refusal:
        return _form(request, file, form, refusal)
    said = gettext("帮扶计划第 {version} 版已保存").format(version=made.version)
    messages.success(request, said)
    return redirect("household-plan", number=file.household.number)


def _form(
    request: OfficeRequest, file: File, form: PlanForm, refusal: Refusal | None = None
) -> HttpResponse:
    """The form, with what is wrong with it above."""
    page = {
        "file": file,
        "tab": "household-plan",
        "form": form,
        "refusal": refusal,
        "states": list(MeasureState),
    }
    status = CONFLICT if refusal else 200
    return render(request, "office/plans/form.html", page, status=status)
