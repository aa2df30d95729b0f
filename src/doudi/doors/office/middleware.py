"""What every page tells the browser: run nothing, load nothing from elsewhere, keep nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def strict(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: a content policy without scripts, and pages that no cache may store.

    It stands right behind the one that answers for static files, which a cache may store.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = _POLICY
        response["Cache-Control"] = "no-store"
        return response

    return respond
