"""Every page of the site with a real browser: axe, contrast, and no sideways scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doudi.access.models import Role
from doudi.doors.office.guard import Openness
from tests.browser.test_for_everybody import faint, faults
from tests.browser.test_layout import spills
from tests.office.addresses import ONES_OWN, Address, addresses

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import Site

pytestmark = pytest.mark.sqlite_only  # a browser sees no database

SHOWN = 200
OPEN = {SHOWN, 302, 405}
"""Shown, leading on, or a form's target; whoever looks is somebody to whom the page is open."""
SIZES = {"desktop": (1440, 900), "phone": (360, 740)}
PAGES = [each for each in addresses() if each.name not in ONES_OWN]


def who_opens(page: Address) -> Role | None:
    """Somebody to whom a page is open."""
    if page.access.openness is Openness.ALL:
        return None
    if page.access.openness is Openness.OFFICERS:
        return Role.ADMINISTRATOR
    return min(page.access.roles)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_for_everybody_at_any_width(
    browser: BrowserContext, site: Site, page: Address, db: None
) -> None:
    del db  # said here, it makes sure that `site` finds a test's database
    site.sign_in(browser, who_opens(page))
    window = browser.new_page()
    try:
        answer = window.request.get(f"{site.address}{page.of(site.household)}", max_redirects=0)
        assert answer.status in OPEN, f"{page.name} answers {answer.status}"
        if answer.status != SHOWN or "text/html" not in answer.headers["content-type"]:
            return  # a form's target, a file, a way on: nothing to look at
        if "<main" not in answer.text():
            return  # a part of a page, or a word to a script
        window.goto(f"{site.address}{page.of(site.household)}")
        for size, (width, height) in SIZES.items():
            window.set_viewport_size({"width": width, "height": height})
            assert faults(window) == [], size
            assert faint(window) == [], size
            assert not spills(window), size
    finally:
        window.close()
