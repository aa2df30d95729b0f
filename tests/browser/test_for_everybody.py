"""The pages are for everybody: no fault that axe knows, and every text stands out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.sqlite_only  # a browser sees no database

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
REPORT, REFUSED = "/report/2022H1/530111008", "/report/2022H9/530111008"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """What axe holds against the page, a sentence for each element."""
    run_only = {"runOnly": {"type": "tag", "values": STANDARDS}}
    found = Axe().run(page, options=run_only).response
    assert len(found["passes"]) > 10, "axe has looked at hardly anything"
    return [
        f"{each['help']}: {node['html']}" for each in found["violations"] for node in each["nodes"]
    ]


def faint(page: Page) -> list[Any]:
    """The texts that do not stand out from their ground."""
    found = page.evaluate(CONTRAST)
    assert found["texts"] > 4, "hardly any text was seen"
    return list(found["faults"])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_a_fault_at_any_width(page: Page, address: str, language: str) -> None:
    if language == "en":
        page.get_by_role("button", name="English").click()
    for path in (REPORT, REFUSED):
        page.goto(f"{address}{path}")
        assert page.get_attribute("html", "lang") == language
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert faults(page) == [], (path, size)
            assert faint(page) == [], (path, size)


def test_the_hidden_link_stands_out_once_it_is_shown(page: Page) -> None:
    page.keyboard.press("Tab")
    assert faint(page) == []


def test_a_screen_reader_finds_the_same_table_on_a_phone(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        table = page.get_by_role("table", name="指标、数值与口径")
        assert table.get_by_role("columnheader").all_inner_texts() == [
            "指标",
            "数值",
            "单位",
            "记录",
            "上年同期",
            "口径",
        ]
        row = table.get_by_role("row").filter(has_text="dibao_urban_paid")
        assert row.get_by_role("cell").first.inner_text() == "1,234,567.89"


def test_these_tests_bite(page: Page) -> None:
    page.evaluate("document.querySelector('h1').style.color = '#999'")
    page.evaluate("document.querySelector('.brand img').removeAttribute('alt')")
    assert any("六甲街道" in fault["text"] for fault in faint(page))
    assert any("<img" in fault for fault in faults(page))
