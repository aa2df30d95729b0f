"""`doudi serve` in a process of its own: it says where, serves on loopback, and stops on Ctrl-C."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Door, Doudi
    from tests.warehouse.build import World

ASK = ("serve", "--period", "2022H1", "--area", "六甲街道")


@contextmanager
def serving(office: dict[str, str], *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a child, once it has said the address that it serves."""
    child = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "doudi", *ASK, *words],
        env=office,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert child.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", child.stdout.readline())
        assert found, child.stderr and child.stderr.read()
        yield child, found[0]
    finally:
        child.kill()
        child.communicate()


def test_it_serves_the_report_till_ctrl_c(doudi: Doudi, office: dict[str, str]) -> None:
    doudi("start")
    with serving(office) as (child, address), serving(office) as (_, other):
        assert address != other, "a port that is taken is avoided unless it was asked for"
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            assert answer.url == f"{address}report/2022H1/530111008"
            assert "六甲街道 2022H1" in answer.read().decode()
            assert answer.headers["Server"] is None
        with urlopen(f"{address}static/office/site.css", timeout=30) as answer:  # noqa: S310
            assert answer.headers["Content-Type"].startswith("text/css")
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)
        assert (child.returncode, said) == (0, "")


@pytest.mark.sqlite_only
def test_why_a_page_could_not_be_made_is_told_where_it_is_served(
    doudi: Doudi, office: dict[str, str]
) -> None:
    doudi("start")
    with serving(office) as (child, address):
        Path(office["DOUDI_HOME"], "doudi.sqlite3").write_bytes(b"no database")
        with pytest.raises(HTTPError, match="500"):
            urlopen(address, timeout=30)  # noqa: S310 - our own server
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)
        assert "file is not a database" in said


def test_a_taken_port_is_refused_when_it_was_asked_for(door: Door, world: World) -> None:
    del world
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = door(*ASK, "--port", port, status=2)
    assert refused.stderr == f"端口 {port} 已被占用，请用 --port 另选一个\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2022H7", "--area", "六甲街道"), "“2022H7”不是统计期"),
        (("--period", "2022H1", "--area", "七甲街道"), "没有区域“七甲街道”"),
        (("--period", "2022H1", "--area", "六甲街道", "--port", "80"), "1024"),
        (("--period", "2022H1"), "--area"),
    ],
)
def test_what_can_not_be_served_is_refused_in_one_sentence(
    door: Door, world: World, words: tuple[str, ...], said: str
) -> None:
    del world
    refused = door("serve", *words, status=2)
    assert said in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert refused.stdout == ""
