"""Signing in with a real browser: by passkey, by keyboard, and with nothing that was typed lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from doudi.access.actions import add_officer, appoint_officer, change_password
from doudi.access.models import Role
from doudi.access.queries import find_area, system_officer
from doudi.doors.office.clock import now
from tests.browser.test_for_everybody import faint, faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.sqlite_only  # a browser sees no database

PASSWORD = "korrekt pferd batterie"  # noqa: S105 - nobody's


@pytest.fixture
def entrance(page: Page, address: str) -> str:
    """The pages under a name that passkeys take, and an administrator who may sign in."""
    system, at = system_officer(), now()
    officer = add_officer(username="verwalter", name="管甲", actor=system, at=at)
    appoint_officer(
        officer,
        role=Role.ADMINISTRATOR,
        area=find_area("六甲街道"),
        valid_from=at.date(),
        actor=system,
        at=at,
    )
    change_password(officer, password=PASSWORD, actor=officer, at=at)
    entrance = address.replace("127.0.0.1", "localhost")
    page.context.clear_cookies()
    page.goto(f"{entrance}/account/login")
    return entrance


def sign_in(page: Page) -> None:
    """By the keyboard alone: the first field has the focus."""
    page.keyboard.type("verwalter")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def looked_at(page: Page) -> None:
    """No fault that axe knows, and every text stands out."""
    assert faults(page) == [], page.url
    assert faint(page) == [], page.url


def test_a_passkey_is_added_and_completes_the_sign_in(page: Page, entrance: str) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    looked_at(page)
    sign_in(page)
    page.wait_for_url(f"{entrance}/")
    page.goto(f"{entrance}/account/factors/passkeys/add")
    looked_at(page)
    page.get_by_role("button", name="增加").click()
    page.wait_for_url("**/account/factors/codes")
    assert page.locator("[data-recovery-codes] code").count() == 10
    looked_at(page)
    page.context.clear_cookies()
    page.goto(f"{entrance}/account/login")
    sign_in(page)
    page.wait_for_url("**/account/login/code")
    looked_at(page)
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url(f"{entrance}/")


def test_a_form_outlives_the_session_in_which_it_was_filled_in(page: Page, entrance: str) -> None:
    sign_in(page)
    page.wait_for_url(f"{entrance}/")
    page.goto(f"{entrance}/officers/add")
    looked_at(page)
    page.get_by_label("用户名").fill("neu")
    page.get_by_label("姓名").fill("新人")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="新增").click()
    page.get_by_role("heading", name="登录已过期").wait_for()
    looked_at(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    window = opened.value
    window.wait_for_load_state()
    window.get_by_label("用户名").fill("verwalter")
    window.get_by_label("密码").fill(PASSWORD)
    window.get_by_role("button", name="登录").click()
    window.get_by_role("heading", name="已登录").wait_for()
    window.close()
    page.get_by_role("button", name="再提交一次").click()
    page.wait_for_url("**/officers/of/neu")
    expect(page.get_by_role("heading", name="新人")).to_be_visible()
    looked_at(page)
