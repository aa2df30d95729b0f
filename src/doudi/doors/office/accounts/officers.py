"""An administrator's pages: who works here, as what, and what became of their accounts."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.access.actions import (
    add_officer,
    appoint_officer,
    deactivate_officer,
    end_appointment,
    reactivate_officer,
    require_factors_of,
    set_first_password,
    unlock_officer,
)
from doudi.access.models import Role
from doudi.access.passwords import made_up_password
from doudi.access.queries import (
    account_records,
    find_area,
    index_of_name,
    locked_until,
    officers_managed_by,
    roles_with_duty,
)
from doudi.doors.office.accounts.confirming import recently_confirmed
from doudi.doors.office.accounts.factors import reset_factors, standing_factors
from doudi.doors.office.accounts.officer_forms import (
    FactorDuties,
    LastDay,
    NewAppointment,
    NewOfficer,
    Reason,
)
from doudi.doors.office.guard import open_to
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from doudi.access.models import Officer
    from doudi.doors.office.guard import OfficeRequest

_ADMINISTRATORS = open_to(Role.ADMINISTRATOR)
_SHOWN, _CONFLICT = 50, 409
_read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _about(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a page the officer whom its address names, if one manages their account.

    Raises Http404 for any other, before anything else is asked.
    """

    @wraps(view)
    def found(request: OfficeRequest, username: str) -> HttpResponse:
        name = username.replace("\0", " ")
        managed = officers_managed_by(request.user, request.sight.on)
        officer = managed.filter(username=name).first()
        if officer is None:
            raise Http404
        return view(request, officer)

    return found


@_ADMINISTRATORS
@require_safe
def listing(request: OfficeRequest) -> HttpResponse:
    """The officers whose accounts one manages, each with what they are appointed to."""
    sight = request.sight
    managed = officers_managed_by(request.user, sight.on).prefetch_related("appointments__area")
    rows = [
        {
            "officer": officer,
            "appointments": [
                each
                for each in officer.appointments.all()
                if each.valid_to is None or each.valid_to >= sight.on
            ],
        }
        for officer in managed
    ]
    page = {"rows": rows, "duties": sorted(roles_with_duty())}
    return render(request, "office/accounts/officers.html", page)


@_ADMINISTRATORS
@_read_or_send
@recently_confirmed
def add(request: OfficeRequest) -> HttpResponse:
    """Take an officer on; what comes next is their appointment and first password."""
    form = NewOfficer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words: Any = form.cleaned_data
        added = _tried(form, lambda: add_officer(**words, actor=request.user, at=request.sight.at))
        if added is not None:
            return redirect("officer", username=added.username)
    return render(request, "office/accounts/officer_add.html", {"form": form})


@_ADMINISTRATORS
@_read_or_send
@recently_confirmed
def factor_duty(request: OfficeRequest) -> HttpResponse:
    """Which roles need a second factor."""
    form = FactorDuties(request.POST if request.method == "POST" else None)
    form.initial = {"roles": [role.value for role in roles_with_duty()]}
    if request.method == "POST" and form.is_valid():
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        require_factors_of(roles, actor=request.user, at=request.sight.at)
        return redirect("officers")
    return render(request, "office/accounts/factor_duty.html", {"form": form})


@_ADMINISTRATORS
@require_safe
@_about
def officer(request: OfficeRequest, found: Officer) -> HttpResponse:
    """One officer: appointments, account, and what happened at its door."""
    return _page(request, found)


@_ADMINISTRATORS
@require_POST
@_about
@recently_confirmed
def appoint(request: OfficeRequest, found: Officer) -> HttpResponse:
    """Appoint an officer to a role in an area."""
    form = NewAppointment(request.POST, sight=request.sight)
    if form.is_valid():
        words = form.cleaned_data
        made = _tried(
            form,
            lambda: appoint_officer(
                found,
                role=Role(words["role"]),
                area=find_area(words["area"]),
                valid_from=words["valid_from"],
                valid_to=words["valid_to"],
                actor=request.user,
                at=request.sight.at,
            ),
        )
        if made is not None:
            return redirect("officer", username=found.username)
    return _page(request, found, appointing=form)


@_ADMINISTRATORS
@require_POST
@_about
@recently_confirmed
def end(request: OfficeRequest, found: Officer) -> HttpResponse:
    """End an appointment after a day."""
    form = LastDay(request.POST)
    if not form.is_valid():
        return _page(request, found, fault=_first_fault(form))
    words = form.cleaned_data
    appointment = found.appointments.filter(pk=words["appointment"]).first()
    if appointment is None:
        raise Http404
    end_appointment(
        appointment,
        last_day=words["last_day"],
        why=words["why"],
        actor=request.user,
        at=request.sight.at,
    )
    return redirect("officer", username=found.username)


@_ADMINISTRATORS
@require_POST
@_about
@recently_confirmed
def deactivate(request: OfficeRequest, found: Officer) -> HttpResponse:
    """An officer works here no longer; their sessions end with the next request."""
    return _with_reason(request, found, deactivate_officer)


@_ADMINISTRATORS
@require_POST
@_about
@recently_confirmed
def reactivate(request: OfficeRequest, found: Officer) -> HttpResponse:
    """An officer works here again."""
    return _with_reason(request, found, reactivate_officer)


@_ADMINISTRATORS
@require_POST
@_about
def unlock(request: OfficeRequest, found: Officer) -> HttpResponse:
    """Open an officer's door again before its time."""
    unlock_officer(found, actor=request.user, at=request.sight.at)
    return redirect("officer", username=found.username)


@_ADMINISTRATORS
@require_POST
@_about
@recently_confirmed
def password(request: OfficeRequest, found: Officer) -> HttpResponse:
    """Make a first password up and show it once: it is kept nowhere but hashed."""
    made_up = made_up_password()
    set_first_password(found, password=made_up, actor=request.user, at=request.sight.at)
    page = {"officer": found, "password": made_up}
    return render(request, "office/accounts/first_password.html", page)


@_ADMINISTRATORS
@require_POST
@_about
@recently_confirmed
def factors(request: OfficeRequest, found: Officer) -> HttpResponse:
    """Take away second factors that an officer has lost."""
    reset_factors(found, actor=request.user, at=request.sight.at)
    return redirect("officer", username=found.username)


def _page(
    request: OfficeRequest,
    found: Officer,
    *,
    appointing: NewAppointment | None = None,
    fault: str = "",
) -> HttpResponse:
    """The page of one officer, with a form that was refused or with fresh ones."""
    sight = request.sight
    page = {
        "officer": found,
        "is_self": found == request.user,
        "appointments": found.appointments.select_related("area").order_by("-valid_from", "pk"),
        "locked_until": locked_until(index_of_name(found.username), sight.at),
        "factors": [kind for kind, _ in standing_factors(found).values()],
        "records": account_records(found)[:_SHOWN],
        "form": appointing or NewAppointment(sight=sight),
        "fault": fault,
    }
    status = _CONFLICT if appointing or fault else 200
    return render(request, "office/accounts/officer.html", page, status=status)


def _with_reason(request: OfficeRequest, found: Officer, act: Callable[..., None]) -> HttpResponse:
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, found, fault=gettext("请填写原因"))
    act(found, why=form.cleaned_data["why"], actor=request.user, at=request.sight.at)
    return redirect("officer", username=found.username)


def _tried(form: forms.Form, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it makes
    """What an action makes; None when it refuses, with its sentence above the form."""
    try:
        return act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence(gettext))
        return None


def _first_fault(form: forms.Form) -> str:
    """The first fault of a form in words, with the field that has it."""
    field, errors = next(iter(form.errors.items()))
    return f"{form.fields[field].label}：{errors[0]}"
