"""A process that dies, two at once: nobody is paid twice, nobody is forgotten."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from doudi.payments.turns import the_only_run
from tests.payments.build import refused

ROOT = Path(__file__).parents[2]
Office = dict[str, str]


def child(office: Office, verb: str, **more: object) -> subprocess.Popen[str]:
    environment = office | {name: str(value) for name, value in more.items()}
    environment["DJANGO_SETTINGS_MODULE"] = "doudi.settings"
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.payments.child", verb],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> Any:
    out, _ = process.communicate(timeout=120)
    return json.loads(out) if out else None


def told(office: Office, verb: str) -> Any:
    process = child(office, verb)
    said = answer(process)
    assert process.returncode == 0, said
    return said


def at_once(office: Office, verb: str, times: int) -> list[tuple[Any, int]]:
    """What several processes answer that begin at the same moment, and their exit statuses."""
    start = time.time() + 5
    processes = [child(office, verb, START_AT=start) for _ in range(times)]
    return [(answer(process), process.returncode) for process in processes]


@pytest.fixture
def prepared(office: Office) -> Office:
    """An office of eight awards, with a database that other processes may open."""
    Path(office["DOUDI_HOME"]).mkdir(parents=True, exist_ok=True)
    told(office, "prepare")
    return office


def test_four_drafts_at_once_make_one_run_and_two_seals_seal_once(prepared: Office) -> None:
    drafts = at_once(prepared, "draft", 4)
    assert sorted(said for said, _ in drafts) == [False, False, False, True]
    told(prepared, "approve")
    seals = at_once(prepared, "seal", 2)
    assert sorted(seals) == [("2022-06-1", 0), ("RUN-STEP", 2)]
    state = told(prepared, "state")
    assert [run[0] for run in state["runs"]] == ["2022-06-1"]
    assert len(state["lines"]) == 16
    assert state["left"] == 0


def test_a_run_killed_anywhere_is_finished_by_the_next_process(prepared: Office) -> None:
    told(prepared, "approve")
    told(prepared, "seal")
    found = told(prepared, "deaths")
    assert sum(each.pop("died") for each in found) >= 12
    assert found == [
        {"paid": 8 * 90_000, "left": [], "intact": True, "file_whole": True} for _ in found
    ]


def test_a_second_process_that_would_determine_and_draft_is_told_to_wait() -> None:
    with the_only_run(), refused("RUN-BUSY"), the_only_run():
        pytest.fail("two at once")
    with the_only_run():
        pass
