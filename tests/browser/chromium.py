"""The browser of these tests: the system's own Chromium, which Playwright only drives.

As a command it says by its exit status whether there is one.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Playwright

ON_PATH = ("chromium", "chromium-browser", "google-chrome")
ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without a sandbox, which root has not; and no word to anybody but the page's own server."""
NONE_FOUND = (
    "no browser was found: install Chromium"
    " (Debian: apt-get install chromium fonts-noto-cjk; macOS: brew install --cask chromium)"
)


def find_browser() -> str | None:
    """The path of a Chromium or Chrome; None when there is none."""
    on_path = filter(None, map(shutil.which, ON_PATH))
    return next(on_path, None) or next((p for p in ON_MACOS if os.access(p, os.X_OK)), None)


def started(playwright: Playwright, folder: Path) -> BrowserContext:
    """A browser with nothing in it, its folder being empty; fails the test when there is none."""
    path = find_browser()
    if path is None:
        pytest.fail(NONE_FOUND, pytrace=False)
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=path,
        args=[*FLAGS, "--force-color-profile=srgb"],
        locale="zh-CN",
    )


if __name__ == "__main__":
    sys.exit(find_browser() is None)
