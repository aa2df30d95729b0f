"""A plugin of pytest that records which test runs which line: `-p scripts.mutation.recording`.

Measuring begins as this module is loaded, before the house is: lines that run while it is
imported are known by no test's name.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import coverage
import pytest

from scripts.mutation.names import PLACE, RECORD, ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator

_measured = coverage.Coverage(
    data_file=None,
    branch=True,
    config_file=False,
    include=[f"{os.environ[PLACE]}/src/doudi/{os.environ[ROOM]}/*"],
    omit=["*/migrations/*"],
)
_measured.start()
_seconds: dict[str, float] = defaultdict(float)
_not_passed: set[str] = set()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Put what runs from here on to this test's account."""
    _measured.switch_context(item.nodeid)
    result = yield
    _measured.switch_context("")
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how long a test took, and whether it is one that can notice anything."""
    _seconds[report.nodeid] += report.duration
    if report.outcome != "passed":
        _not_passed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write everything down."""
    _measured.stop()
    data = _measured.get_data()
    place = Path(os.environ[PLACE])
    lines = {
        Path(name).relative_to(place).as_posix(): data.contexts_by_lineno(name)
        for name in sorted(data.measured_files())
    }
    record = {
        "lines": lines,
        "seconds": {name: took for name, took in _seconds.items() if name not in _not_passed},
        "covered": round(_measured.report(file=StringIO()), 1),
    }
    Path(os.environ[RECORD]).write_text(json.dumps(record), encoding="utf-8")
