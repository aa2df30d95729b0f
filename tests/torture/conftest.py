"""The torturer, asked by the tests of this folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

Ask = Callable[..., list[dict[str, Any]]]
"""Asks for trials: `torturer(kill="settle", seed=7)`."""


@pytest.fixture(scope="module")
def torturer() -> Iterator[Ask]:
    """One office, prepared once for a file of tests, in a process that may fork."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.asked"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None
    assert stdout is not None

    def ask(**words: object) -> list[dict[str, Any]]:
        stdin.write(json.dumps(words) + "\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, "the torturer is gone; its traceback is on stderr"
        return list(json.loads(answer))

    yield ask
    stdin.close()
    assert process.wait(timeout=60) == 0
