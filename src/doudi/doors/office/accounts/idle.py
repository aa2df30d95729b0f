"""The end of a session that nobody uses any more: who walks away leaves no open desk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import logout

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

SEEN = "seen_at"
"""Where a session keeps when it was last used, in seconds."""
_MINUTE = 60


class Idle:
    """Middleware: ends a session after `settings.IDLE_MINUTES` without a request.

    The moment is written once a minute at most, so that reading pages hardly writes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whoever was away for too long; the page then asks to sign in again."""
        if request.user.is_authenticated:
            moment = time.time()
            seen = request.session.get(SEEN, moment)
            if moment - seen > settings.IDLE_MINUTES * _MINUTE:
                logout(request)
            elif SEEN not in request.session or moment - seen > _MINUTE:
                request.session[SEEN] = moment
        return self.get_response(request)
