"""Who may open a page: each view says so itself, and one that says nothing is never shown.

Roles are asked here, once for all pages; whose records a page may show is asked of `Sight`. A
page is open to a role held anywhere: in which area it is held is asked where a record is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from doudi.access.models import Role
from doudi.doors.office.clock import now
from doudi.doors.office.held import signed_out
from doudi.doors.office.refusing import not_allowed
from doudi.doors.office.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django_htmx.middleware import HtmxDetails

    from doudi.access.models import Officer

View = TypeVar("View", bound="Callable[..., HttpResponse]")

CASE_ROLES = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
"""Whoever may see people: everyone but the administrator, who manages accounts alone."""
FRONT_LINE = (
    Role.COUNTER_CLERK,
    Role.INVESTIGATOR,
    Role.SOCIAL_WORKER,
    Role.COMMUNITY_WORKER,
)
"""Whoever records what is learnt of a household."""
CONFIRMING = (Role.COUNTER_CLERK, Role.INVESTIGATOR)
"""Whoever confirms, corrects, ends and withdraws what was recorded."""


class Openness(StrEnum):
    """To whom a page is open."""

    ALL = "all"
    OFFICERS = "officers"
    ROLES = "roles"


class OfficeRequest(HttpRequest):
    """A request behind the guard: whoever sent it is signed in, and has a sight."""

    user: Officer
    sight: Sight
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares: open to all, to every officer signed in, or to these roles."""

    openness: Openness
    roles: frozenset[Role] = frozenset()

    def admits(self, sight: Sight | None) -> bool:
        """Whether somebody with this sight may open the page; None is nobody signed in."""
        if self.openness is Openness.ALL:
            return True
        if sight is None:
            return False
        return self.openness is Openness.OFFICERS or bool(self.roles & sight.roles)


def open_to_all(view: View) -> View:
    """Declare that a page is open to whoever asks: the log-in, the state of health."""
    return _declared(view, Access(Openness.ALL))


def open_to_officers(view: View) -> View:
    """Declare that a page is open to every officer signed in, and shows nobody's case."""
    return _declared(view, Access(Openness.OFFICERS))


def open_to(*roles: Role) -> Callable[[View], View]:
    """Declare that a page is open to officers who hold one of these roles somewhere."""
    if not roles:
        raise ImproperlyConfigured("open_to names at least one role")

    def declare(view: View) -> View:
        return _declared(view, Access(Openness.ROLES, frozenset(roles)))

    return declare


def declared(view: Callable[..., HttpResponse]) -> Access:
    """What a view declares; raises ImproperlyConfigured when it declares nothing."""
    access = getattr(view, "access", None)
    if not isinstance(access, Access):
        name = f"{view.__module__}.{getattr(view, '__qualname__', view)}"
        raise ImproperlyConfigured(f"{name} does not say whom it is open to")
    return access


class Guard:
    """Middleware: gives every request its officer's sight, and opens a page as it declares."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers behind the guard."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look up the officer once; rights are read anew at every request."""
        officer = request.user if request.user.is_authenticated else None
        request.sight = Sight(officer, now()) if officer else None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse before the view runs."""
        del args, kwargs
        access = declared(view)
        sight = request.sight  # type: ignore[attr-defined]
        if access.admits(sight):
            return None
        if sight is None:
            return signed_out(request)
        return not_allowed(request, access.roles)


def _declared(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
