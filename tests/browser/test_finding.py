"""Without a browser the tests fail in one sentence that names what to install."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser import chromium


def test_a_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(chromium, "ON_MACOS", ())
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium") as failure:
        chromium.started(Playwright, Path())  # type: ignore[arg-type] - it is never come to
    assert len(str(failure.value).splitlines()) == 1
