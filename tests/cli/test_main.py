"""The command line itself: what stands before a command, and how mishaps are told."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import click
import django.db
import pytest
from click.testing import CliRunner

from doudi.doors.cli import commands, context
from doudi.doors.cli.main import cli
from doudi.doors.cli.mishaps import as_refusal
from doudi.kernel.refusals import N_, Fault, FileRefused, Refusal, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run `doudi … trial`, where `trial` is a command that does what the test says."""

    def run(what: Callable[[], None], *before: str) -> Result:
        trial = click.Command("trial", callback=what, help=N_("行政区划"))
        monkeypatch.setattr(commands, "load", lambda *_: trial)
        monkeypatch.setattr("doudi.doors.cli.main.load", lambda *_: trial)
        return CliRunner().invoke(cli, [*before, "trial"], prog_name="doudi")

    return run


def raising(mishap: BaseException) -> Callable[[], None]:
    def do() -> None:
        raise mishap

    return do


def test_a_refusal_is_one_sentence_on_stderr_and_status_2(call: Call) -> None:
    result = call(raising(Refusal("X", "“{what}”不行，请改", what="甲")))
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "“甲”不行，请改\n")


def test_a_refused_file_lists_every_fault_with_its_place(call: Call) -> None:
    faults = [
        Fault(
            Severity.ERROR, "ID-LEN", "少一位", sheet="人员", row=7, column="证件号", found="53*"
        ),
        Fault(Severity.ERROR, "HH-HEAD", "没有户主", sheet="户"),
    ]
    lines = call(raising(FileRefused("F", "有 2 处错误", faults))).stderr.splitlines()
    assert lines == [
        "有 2 处错误",
        "E ID-LEN 工作表“人员” 第 7 行 “证件号”列 “53*” 少一位",
        "E HH-HEAD 工作表“户” 没有户主",
    ]


@pytest.mark.parametrize(
    ("mishap", "code"),
    [
        (django.db.OperationalError("database is locked"), "DB-BUSY"),
        (django.db.OperationalError("attempt to write a readonly database"), "DB-READONLY"),
        (django.db.OperationalError("database or disk is full"), "DB-FULL"),
        (django.db.OperationalError("no such table: access_area"), "DB-EMPTY"),
        (sqlite3.DatabaseError("file is not a database"), "DB-DAMAGED"),
        (django.db.OperationalError("connection failed: connection refused"), "DB-CONNECT"),
        (FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "没有.xlsx"), "FILE-NONE"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "x"), "FILE-RIGHTS"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "DISK-FULL"),
        (MemoryError(), "MEMORY"),
    ],
)
def test_what_the_machine_does_is_told_in_one_sentence(
    call: Call, mishap: Exception, code: str
) -> None:
    refusal = as_refusal(mishap)
    assert refusal is not None
    assert refusal.code == code
    result = call(raising(mishap))
    assert (result.exit_code, result.stderr) == (2, f"{refusal}\n")


@pytest.mark.parametrize("mishap", [ValueError("ours"), django.db.IntegrityError("connection")])
def test_a_mistake_of_ours_is_not_dressed_up_as_the_users(call: Call, mishap: Exception) -> None:
    assert as_refusal(mishap) is None
    assert call(raising(mishap)).exception is mishap


def test_an_interrupted_command_says_that_it_may_be_run_again(call: Call) -> None:
    result = call(raising(KeyboardInterrupt()))
    assert result.exit_code == 130
    assert "重新运行" in result.stderr


def test_an_unknown_command_or_option_is_one_sentence_with_the_help_page() -> None:
    for words in (["nothing"], ["--nothing"], ["--language", "fr"]):
        result = CliRunner().invoke(cli, words, prog_name="doudi")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert "doudi --help" in result.stderr


def test_a_command_learns_the_pretended_moment_in_beijings_time(call: Call) -> None:
    seen: list[object] = []
    call(lambda: seen.append(context.moment().isoformat()), "--at", "2022-06-30T23:30:00+00:00")
    call(lambda: seen.append(context.today()), "--at", "2022-06-30")
    assert seen == ["2022-07-01T07:30:00+08:00", date(2022, 6, 30)]


def test_a_moment_is_the_same_for_a_whole_command(call: Call) -> None:
    seen: list[object] = []
    call(lambda: seen.extend([context.moment(), context.moment()]))
    assert seen[0] == seen[1]


def test_a_moment_that_is_none_is_refused(call: Call) -> None:
    result = call(lambda: None, "--at", "明天")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_command_that_writes_asks_who_acts(call: Call) -> None:
    result = call(lambda: str(context.officer()) and None)
    assert result.exit_code == 2
    assert "--as" in result.stderr


def test_every_command_of_the_map_has_its_module() -> None:
    assert commands.known_names() == list(commands.COMMANDS)


@pytest.mark.parametrize("name", commands.known_names())
def test_every_command_shows_its_help(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"], prog_name="doudi")
    assert result.exit_code == 0, result.output


def test_a_pipe_that_nobody_reads_ends_the_command_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "doudi", "--help"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")
