"""Journeys that matter, by hand in a real browser: with scripts, without, and by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from doudi.access.models import Role
from doudi.access.queries import officer_named
from doudi.kernel.months import Month
from doudi.payments.models import Run
from doudi.payments.queries import runs_of_month
from tests.warehouse.build import World, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.sqlite_only  # a browser sees no database


@pytest.fixture(params=["with scripts", "without scripts"])
def window(request: pytest.FixtureRequest, browser: BrowserContext, db: None) -> Iterator[Page]:
    """A window of a desktop, which runs scripts or none."""
    del db  # said here, it makes sure that `site` finds a test's database
    page = browser.new_page()
    page.set_default_timeout(8_000)
    page.set_viewport_size({"width": 1366, "height": 768})
    if request.param == "without scripts":
        session = browser.new_cdp_session(page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield page
    page.close()


def test_a_household_is_found_and_its_past_is_asked(
    window: Page, site: Site, browser: BrowserContext
) -> None:
    site.sign_in(browser, Role.INVESTIGATOR)
    window.goto(f"{site.address}/households/")
    window.get_by_label("社区", exact=True).select_option(label="福保社区")
    window.get_by_role("button", name="查询").click()
    window.get_by_role("link", name="张三").click()
    expect(window.get_by_role("heading", name="张三户")).to_be_visible()
    window.get_by_role("link", name="情况", exact=True).click()
    window.get_by_label("按哪一天（日终）所知").fill("2021-12-31")
    window.get_by_role("button", name="查看").click()
    expect(window.get_by_text("这里是 2021-12-31 日终时所知道的")).to_be_visible()
    expect(window.get_by_text("这一天没有已知的情况")).to_be_visible()


def test_a_plan_is_made_with_more_measures_than_the_form_had(
    window: Page, site: Site, browser: BrowserContext
) -> None:
    site.sign_in(browser, Role.SOCIAL_WORKER)
    window.goto(f"{site.address}/households/H1/plan/revise")
    before = int(window.locator("[name=made_from]").input_value())
    window.get_by_label("帮扶目标").fill("住得安全")
    window.get_by_label("做什么").nth(0).fill("装扶手")
    window.get_by_label("由谁负责").nth(0).fill("张立波")
    window.get_by_role("button", name="再加两项").click()
    assert window.get_by_label("做什么").nth(0).input_value() == "装扶手"
    window.get_by_role("button", name="保存").click()
    expect(window.get_by_text(f"帮扶计划第 {before + 1} 版已保存")).to_be_visible()


def test_a_fault_keeps_what_was_typed_and_takes_the_focus(
    window: Page, site: Site, browser: BrowserContext
) -> None:
    site.sign_in(browser, Role.SOCIAL_WORKER)
    window.goto(f"{site.address}/households/H1/plan/revise")
    window.get_by_label("帮扶目标").fill("住得安全")
    window.get_by_label("做什么").last.fill("装扶手")
    window.get_by_role("button", name="保存").click()
    expect(window.get_by_role("alert").get_by_text("请写明做什么、由谁负责")).to_be_visible()
    assert window.get_by_label("做什么").last.input_value() == "装扶手"


def test_a_run_goes_from_hand_to_hand(window: Page, site: Site, browser: BrowserContext) -> None:
    run = _a_draft_again(site)
    for role, word, said in (
        (Role.INVESTIGATOR, "复核通过", "已复核"),
        (Role.APPROVER, "批准", "已批准"),
    ):
        site.sign_in(browser, role)
        window.goto(f"{site.address}/worklist/")
        window.get_by_role("link", name=f"发放批次 {run}").click()
        window.get_by_role("button", name=word).click()
        expect(window.get_by_text(said).first).to_be_visible()
    site.sign_in(browser, Role.CASHIER)
    window.goto(f"{site.address}/runs/{run}/")
    window.get_by_role("button", name="封存").click()
    expect(window.get_by_text("请先确认身份")).to_be_visible()
    site.sign_in(browser, Role.APPROVER)
    window.goto(f"{site.address}/runs/{run}/")
    window.get_by_label("原因").fill("测试完毕")
    window.get_by_role("button", name="作废").click()
    expect(window.get_by_text("已作废").first).to_be_visible()


def test_everything_of_a_file_is_reached_by_keyboard_alone(
    site: Site, browser: BrowserContext, db: None
) -> None:
    del db
    site.sign_in(browser, Role.INVESTIGATOR)
    page = browser.new_page()
    page.goto(f"{site.address}/households/H1/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "待遇":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/benefits")
    page.close()


def _a_draft_again(site: Site) -> str:
    """A run that lies open in the office that all these tests share."""
    clerk = officer_named("browser-counter-clerk")
    at = moment("2022-07-20T10:00")
    number = f"2022-07-{runs_of_month(Month('2022-07')) + 1}"
    with World(clerk).doing(at):
        Run.objects.create(
            number=number,
            month="2022-07",
            area=site.household.residences.get().area.parent,
            drafted_by=clerk,
            drafted_at=at,
        )
    return number
