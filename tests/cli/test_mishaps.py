"""What goes wrong around an office, told by the command itself in one sentence and status 2."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Doudi


def told(doudi: Doudi, *words: str) -> str:
    """The one sentence that a command is refused with."""
    done = doudi(*words, status=2)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_an_office_is_started_in_an_empty_place(doudi: Doudi) -> None:
    doudi("start", "--officer", "wang:王五:管理员:六甲街道")
    assert "六甲街道" in doudi("area", "list").stdout
    assert "wang" in doudi("officer", "list", language="en").stdout


def test_before_the_start_there_is_nothing_to_list(doudi: Doudi, office: dict[str, str]) -> None:
    Path(office["DOUDI_HOME"]).mkdir()
    assert "doudi start" in told(doudi, "officer", "list")


@pytest.mark.sqlite_only
def test_a_database_that_is_none_is_named(doudi: Doudi, office: dict[str, str]) -> None:
    home = Path(office["DOUDI_HOME"])
    home.mkdir()
    (home / "doudi.sqlite3").write_bytes(b"not a database at all, but long enough to be read")
    assert "数据库文件已损坏" in told(doudi, "officer", "list")


@pytest.mark.sqlite_only
def test_a_folder_that_is_none_is_named(doudi: Doudi, office: dict[str, str]) -> None:
    Path(office["DOUDI_HOME"]).write_text("a file where the folder should be", "utf-8")
    assert "DOUDI_HOME" in told(doudi, "officer", "list")


@pytest.mark.parametrize(
    "url",
    ["postgresql://doudi@127.0.0.1:1/doudi", "no-such-thing://x", "postgresql://doudi@h:port/x"],
)
def test_a_database_that_does_not_answer_is_named(
    doudi: Doudi, office: dict[str, str], url: str
) -> None:
    office["DOUDI_DATABASE_URL"] = url
    assert "DOUDI_DATABASE_URL" in told(doudi, "officer", "list")


def test_an_unknown_officer_is_refused(doudi: Doudi) -> None:
    doudi("start")
    done = doudi("officer", "add", "li", "--name", "李四", officer="nobody", status=2)
    assert "nobody" in done.stderr
