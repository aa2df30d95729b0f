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
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Door, Doudi
    from tests.warehouse.build import World

ASK = ("serve",)


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
        # A shell that runs the tests in the background makes its children deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        assert child.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", child.stdout.readline())
        assert found, child.stderr and child.stderr.read()
        yield child, found[0]
    finally:
        child.kill()
        child.communicate()


def test_it_serves_the_log_in_till_ctrl_c(doudi: Doudi, office: dict[str, str]) -> None:
    doudi("start")
    with serving(office) as (child, address), serving(office) as (_, other):
        assert address != other, "a port that is taken is avoided unless it was asked for"
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            assert answer.url == f"{address}account/login?next=/"
            assert "<h1>登录</h1>" in answer.read().decode()
            assert answer.headers["Server"] is None
        with urlopen(f"{address}static/office/tokens.css", timeout=30) as answer:  # noqa: S310
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
        asking = Request(address, headers={"Cookie": f"sessionid={'a' * 32}"})  # noqa: S310
        with pytest.raises(HTTPError, match="500"):
            urlopen(asking, timeout=30)  # noqa: S310 - our own server
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


def test_an_office_that_was_never_started_is_not_served(
    doudi: Doudi, office: dict[str, str]
) -> None:
    Path(office["DOUDI_HOME"]).mkdir()
    refused = doudi("serve", status=2)
    assert refused.stderr == "这个办公室还没有建立或升级，请先运行 doudi start\n"


@pytest.mark.sqlite_only
def test_the_key_of_the_site_is_its_owner_s_alone(doudi: Doudi, office: dict[str, str]) -> None:
    doudi("start")
    key = Path(office["DOUDI_HOME"], "keys", "site.key")
    with serving(office):
        first = key.read_text()
    assert key.stat().st_mode & 0o077 == 0
    with serving(office):
        assert key.read_text() == first, "who is signed in stays so when the server starts again"
    key.chmod(0o644)
    assert "chmod 600" in doudi("serve", status=2).stderr
    key.write_text("short")
    key.chmod(0o600)
    assert "不完整" in doudi("serve", status=2).stderr


@pytest.mark.sqlite_only
def test_behind_a_proxy_pages_are_for_https_alone(doudi: Doudi, office: dict[str, str]) -> None:
    doudi("start")
    behind = {**office, "DOUDI_PROXY": "127.0.0.1", "DOUDI_HOSTS": "office.example"}
    told = {"Host": "office.example", "X-Forwarded-For": "198.51.100.7"}
    with serving(behind) as (_, address):
        page = f"{address}account/login"
        plain = Request(page, headers={**told, "X-Forwarded-Proto": "http"})  # noqa: S310
        with pytest.raises(URLError):  # led to https, which this test has not
            urlopen(plain, timeout=30)  # noqa: S310 - our own server
        safe = Request(page, headers={**told, "X-Forwarded-Proto": "https"})  # noqa: S310
        with urlopen(safe, timeout=30) as answer:  # noqa: S310 - our own server
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
            cookie = answer.headers["Set-Cookie"]
            assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("port", ["80", "70000", "x"])
def test_a_port_that_can_not_be_is_refused_in_one_sentence(
    door: Door, world: World, port: str
) -> None:
    del world
    refused = door("serve", "--port", port, status=2)
    assert len(refused.stderr.strip().splitlines()) == 1
    assert refused.stdout == ""
