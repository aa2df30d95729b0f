"""The way that every change of a fact goes: fill in, see what it changes, save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from doudi.doors.office.households.file import File
from doudi.doors.office.recording.form import mark_of
from doudi.entitlement.foreseeing import Foreseen, foresee
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.access.models import Role
    from doudi.doors.office.guard import OfficeRequest

CONFLICT = 409
_BUTTONS = ("save", "previewed")


@dataclass
class Offer:
    """A change that is filled in: the act itself, how far back it reaches, and what is shown."""

    file: File
    template: str
    page: dict[str, Any]
    said: str
    act: Callable[[], None] | None = None
    since: date | None = None
    refuse: Callable[[Refusal], None] | None = None
    changes: list[Foreseen] | None = None
    faults: dict[str, str] = field(default_factory=dict)


def answered(request: OfficeRequest, offer: Offer) -> HttpResponse:
    """The form, the form with its preview, or what was done: as far as it has come.

    Saved is only what was previewed just so; a form changed since is previewed anew.
    """
    if request.method != "POST" or offer.act is None or offer.since is None:
        return shown(request, offer, CONFLICT if offer.faults else 200)
    mark = mark_of(request.POST, _BUTTONS)
    try:
        if "save" in request.POST and request.POST.get("previewed") == mark:
            offer.act()
            messages.success(request, offer.said)
            return redirect("household-facts", number=offer.file.household.number)
        if offer.file.residence is not None:
            offer.changes = foresee(
                offer.file.household,
                offer.act,
                area=offer.file.residence.area,
                since=offer.since,
                actor=request.sight.officer,
                at=request.sight.at,
            )
    except Refusal as refusal:
        if offer.refuse is not None:
            offer.refuse(refusal)
        else:
            offer.faults[""] = refusal.sentence(gettext)
        return shown(request, offer, CONFLICT)
    offer.page["previewed"] = mark
    offer.page["was_changed"] = "save" in request.POST
    return shown(request, offer, 200)


def shown(request: OfficeRequest, offer: Offer, status: int) -> HttpResponse:
    """The page of an offer."""
    changes = offer.changes
    page = {
        "file": offer.file,
        "tab": "household-facts",
        "changes": changes,
        "more": sum(max(each.settled, 0) for each in changes or ()),
        "less": -sum(min(each.settled, 0) for each in changes or ()),
        "faults": offer.faults,
        **offer.page,
    }
    return render(request, offer.template, page, status=status)


def require(request: OfficeRequest, file: File, roles: tuple[Role, ...]) -> None:
    """Refuse NOT-ALLOWED unless the officer has one of these roles where the household lives."""
    if file.residence is not None:
        request.sight.require(roles, file.residence.area)
