"""The benchmark measures what it says: its own checks hold on a handful of households."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from scripts.bench import page
from scripts.bench.databases import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def step(office: dict[str, str], place: Path, *words: str) -> dict[str, Any]:
    answer = place / "answer.json"
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "scripts.bench.trial", *words, str(answer)],
        env=office | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return dict(json.loads(answer.read_text()))


def test_a_run_of_fifty_recipients_is_measured_and_agrees_with_the_law_by_hand(
    office: dict[str, str], tmp_path: Path
) -> None:
    prepared = step(office, tmp_path, "prepare", "50", "recipients")
    law = step(office, tmp_path, "law")
    run = step(office, tmp_path, "run")
    assert law["law_differing"] == 0
    assert law["persons"] >= 50
    assert run["beneficiaries"] == prepared["awards"]
    assert run["rows_written"] >= 3 * run["beneficiaries"]
    assert run["changed_facts"] == 1


def test_the_page_marks_an_aim_that_is_missed() -> None:
    assert page.is_missed(4.01, "≤ 4")
    assert not page.is_missed(4.0, "≤ 4")
    assert page.is_missed(20_000, "> 20,000")
    assert not page.is_missed(3.0, "")


def test_the_page_of_the_benchmarks_says_what_was_measured() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.text(page.results.kept())
