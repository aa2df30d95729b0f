"""A live server with a small office behind it, and one browser for all the tests."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import waitress
from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction
from django.test import Client
from playwright.sync_api import sync_playwright
from waitress import wasyncore

from doudi.access.models import Role
from doudi.kernel.vocabulary import Programme
from doudi.registry.models import Household
from tests.browser.chromium import started
from tests.office.conftest import officer_of
from tests.warehouse.build import World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """The system's Chromium, started once."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread, in which Django would touch no database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        context = started(playwright, tmp_path_factory.mktemp("chromium"))
        yield context
        context.close()


@dataclass(frozen=True)
class Site:
    """Where the pages are, a household whose file is looked at, and a session of each role."""

    address: str
    household: Household
    sessions: Mapping[Role, str]

    def sign_in(self, browser: BrowserContext, role: Role | None) -> None:
        """Make the browser an officer's with this role; None is nobody's."""
        browser.clear_cookies()
        if role is not None:
            cookie = {"name": "sessionid", "value": self.sessions[role], "url": self.address}
            browser.add_cookies([cookie])  # type: ignore[list-item] # a plain dictionary will do


@pytest.fixture(scope="package")
def site(
    browser: BrowserContext,  # noqa: ARG001 - in the browser's loop Django has its own connection
    django_db_setup: None,  # noqa: ARG001 - the tables have to be there
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    """An office that has paid a large sum by assumed standards, with an officer of each role.

    Its pages are only looked at: all tests share one office, which is rolled back after them.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        world = a_world()
        household = world.household("H1")
        award = world.award(Programme.DIBAO, household)
        world.due(award, "2022-06", 123_456_789, jurisdiction="demo_assumptions")
        world.run("2022-06", {award: {"2022-06": 123_456_789}})
        sessions = {role: _session(world, role) for role in Role}
        with served() as address:
            yield Site(address, household, sessions)
        transaction.set_rollback(True)


def _session(world: World, role: Role) -> str:
    """The key of a session of an officer with this role in the subdistrict."""
    client = Client()
    client.force_login(officer_of(world, f"browser-{role.value}".replace("_", "-"), role))
    return client.cookies["sessionid"].value


@pytest.fixture(scope="package")
def address(site: Site) -> str:
    """Where the pages are."""
    return site.address


@contextmanager
def served() -> Iterator[str]:
    """The pages, by the server of `doudi serve`, on this thread's open transaction."""
    connection = connections["default"]
    application = get_wsgi_application()

    def on_our_connection(environ: dict[str, Any], start: Any) -> Any:
        connections["default"] = connection
        return application(environ, start)

    connection.inc_thread_sharing()
    channels: dict[int, Any] = {}
    server = waitress.create_server(
        on_our_connection, map=channels, host="127.0.0.1", port=0, threads=1
    )
    loop = Thread(target=server.run)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(channels))
        loop.join()
        server.task_dispatcher.shutdown()
        connection.dec_thread_sharing()


@pytest.fixture
def page(browser: BrowserContext, site: Site, db: None) -> Iterator[Page]:
    """A window of a desktop on the report, in Chinese, of an inspector."""
    del db  # said here, it makes sure that `site` finds a test's database
    site.sign_in(browser, Role.DISTRICT_INSPECTOR)
    page = browser.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site.address}/report/2022H1/530111008")
    yield page
    page.close()
