"""The pages fit a phone, a page at 200 %, and paper; the keyboard reaches all; it looks right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.sqlite_only  # a browser sees no database

WIDTHS = {"phone": 360, "desktop at 200 %": 640, "tablet": 768, "desktop": 1280}
FOCUSED = """() => {
  const { outlineWidth, outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
  return [outlineWidth, outlineStyle, boxShadow];
}"""


def cell(page: Page, key: str, kind: str) -> Locator:
    """The cell of a figure."""
    return page.locator(f'tr[data-key="{key}"] .{kind}').first


def spills(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("language", ["中文", "English"])
def test_nothing_scrolls_sideways_but_a_wide_table_in_its_box(page: Page, language: str) -> None:
    if language == "English":
        page.get_by_role("button", name=language).click()
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 740})
        assert not spills(page), name
        right = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.card, h1, .control')]"
            ".map((each) => each.getBoundingClientRect().right))"
        )
        assert right <= width, name


def test_type_twice_as_large_still_fits(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not spills(page)


def test_every_figure_can_be_read_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for kind in ("value", "unit", "records", "definition"):
        box = cell(page, "dibao_urban_paid", kind).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert cell(page, "dibao_urban_paid", "value").inner_text() == "1,234,567.89"


def test_amounts_stand_under_one_another(page: Page) -> None:
    edges = set()
    for key in ("communities", "dibao_urban_households", "dibao_urban_paid"):
        box = cell(page, key, "value").bounding_box()
        assert box
        edges.add(round(box["x"] + box["width"]))
        style = cell(page, key, "value").evaluate(
            "(each) => [getComputedStyle(each).textAlign,"
            " getComputedStyle(each).fontVariantNumeric]"
        )
        assert style == ["right", "tabular-nums"]
    assert len(edges) == 1


def test_the_keyboard_reaches_everything_and_it_shows_where_it_is(page: Page) -> None:
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        width, style, halo = page.evaluate(FOCUSED)
        assert (width, style) == ("3px", "solid")
        assert "rgb(255, 213, 74)" in halo
        reached.append(page.evaluate("document.activeElement.innerText.trim().slice(0, 7)"))
        if page.evaluate("document.activeElement.className") == "sheet":
            break
    assert reached[0] == "跳到正文"
    assert "English" in reached
    assert "先看说明" in reached
    assert page.evaluate("document.activeElement.className") == "sheet"


def test_the_first_link_skips_to_the_content(page: Page) -> None:
    link = page.get_by_role("link", name="跳到正文")
    assert (link.bounding_box() or {"x": 0})["x"] < 0
    page.keyboard.press("Tab")
    assert (link.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_language_is_chosen_by_the_keyboard_and_stays_on_its_page(page: Page) -> None:
    before = page.url
    page.get_by_role("button", name="English").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang=en]")
    assert page.url == before
    page.get_by_role("button", name="中文").click()
    page.wait_for_selector("html[lang=zh-hans]")


def test_paper_shows_the_whole_table_and_no_controls(page: Page) -> None:
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    page.emulate_media(media="print")
    assert not any(each.is_visible() for each in page.get_by_role("button").all())
    assert page.get_by_role("columnheader", name="口径").is_visible()
    assert cell(page, "funeral_subsidies", "definition").is_visible()
    assert not spills(page)


def test_the_page_loads_its_own_files_and_nothing_else(page: Page, address: str) -> None:
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.reload()
    assert all(url.startswith(address) for url in asked)
    assert any(url.endswith("frame.css") for url in asked)
    assert complaints == []


def test_chinese_is_written_and_not_boxes(page: Page) -> None:
    """A font for Chinese is there: two different signs do not look alike."""
    page.evaluate(
        "document.querySelector('main').innerHTML = '<b id=one>兜</b> <b id=other>底</b>'"
    )
    one, other = page.locator("#one").screenshot(), page.locator("#other").screenshot()
    assert one != other, "install a Chinese font (Debian: fonts-noto-cjk)"
