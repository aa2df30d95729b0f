"""Write a picture of every page of the demo's office, as a desktop and as a phone show it.

    make shots                 all pages
    make shots ARGS=household  those whose name contains a word

The pages are those of the demo's database; the pictures go to var/shots.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from scripts.shots.pages import Shot, shots
from tests.browser.chromium import started

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

HOME = Path("var/demo")
PICTURES = Path("var/shots")
SCREENS = {"wide": (1440, 900), "phone": (360, 740)}


def main(words: list[str]) -> None:
    """Take the pictures whose names contain one of the words, or all."""
    address = _served()
    chosen = [shot for shot in shots() if not words or any(word in shot.name for word in words)]
    cookies = {role: _signed_in(role) for role in {shot.role for shot in chosen} if role}
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        context = started(playwright, Path(folder))
        for shot in chosen:
            _take(context, address, shot, cookies.get(shot.role, ""))
        context.close()
    # The server's thread has no end of its own.
    os._exit(0)


def _take(context: BrowserContext, address: str, shot: Shot, cookie: str) -> None:
    """One page on every screen."""
    context.clear_cookies()
    if cookie:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    for screen, (width, height) in SCREENS.items():
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(f"{address}{shot.path}")
        path = PICTURES / f"{shot.name}-{screen}.png"
        page.screenshot(path=path, full_page=True)
        print(f"{answer.status if answer else '???'} {path}")  # noqa: T201 - a command
        page.close()


def _signed_in(role: str) -> str:
    """The key of a session of somebody with this role."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from doudi.access.models import Appointment  # noqa: PLC0415

    officer = Appointment.objects.filter(role=role, officer__is_active=True)[0].officer
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = _backend()
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _backend() -> str:
    from django.conf import settings  # noqa: PLC0415

    return str(settings.AUTHENTICATION_BACKENDS[0])


def _served() -> str:
    """The pages of the demo's office, served from a thread."""
    import django  # noqa: PLC0415
    import waitress  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "doudi.settings"
    os.environ.setdefault("DOUDI_HOME", str(HOME.absolute()))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ.setdefault("DOUDI_SECRET_KEY", "only for pictures")
    django.setup()
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    server: Any = waitress.create_server(get_wsgi_application(), host="127.0.0.1", port=0)
    Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


if __name__ == "__main__":
    main(sys.argv[1:])
