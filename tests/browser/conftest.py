"""A live server with a small office behind it, and one browser for all the tests."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction
from playwright.sync_api import sync_playwright
from waitress import wasyncore

from doudi.kernel.vocabulary import Programme
from tests.browser.chromium import started
from tests.warehouse.build import a_world

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


@pytest.fixture(scope="package")
def address(
    browser: BrowserContext,  # noqa: ARG001 - in the browser's loop Django has its own connection
    django_db_setup: None,  # noqa: ARG001 - the tables have to be there
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Where the pages are, of an office that has paid a large sum by assumed standards.

    They are only looked at: all tests share one office, which is rolled back after them.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "FRONT_PERIOD", "2022H1")
        patch.setattr(settings, "FRONT_AREA", "530111008")
        world = a_world()
        award = world.award(Programme.DIBAO, world.household("H1"))
        world.due(award, "2022-06", 123_456_789, jurisdiction="demo_assumptions")
        world.run("2022-06", {award: {"2022-06": 123_456_789}})
        with served() as address:
            yield address
        transaction.set_rollback(True)


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
def page(browser: BrowserContext, address: str, db: None) -> Iterator[Page]:
    """A window of a desktop on the front page, in Chinese, with no cookie yet."""
    del db  # said here, it makes sure that `address` finds a test's database
    browser.clear_cookies()
    page = browser.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    yield page
    page.close()
