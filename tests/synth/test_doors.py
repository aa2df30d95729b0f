"""The commands `synth` and `demo`: what they refuse, in a sentence and with nothing done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from doudi.doors.cli.demo import MARKER
from doudi.doors.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="doudi")


def test_made_up_people_are_written_to_a_workbook(tmp_path: Path) -> None:
    result = run("synth", "--persons", 120, "--seed", 3, tmp_path / "ledger.xlsx")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "ledger.xlsx").exists()
    assert "ledger.xlsx" in result.output


def test_far_work_is_told_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doudi.doors.cli.synth.EVERY", 100)
    result = run("synth", "--persons", 300, tmp_path / "folder")
    assert result.stderr.count("人") >= 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--persons", 0], "persons"),
        (["--persons", 10, "--area", "无此街道"], "没有已知的社区"),
        (["--persons", 10, "--jurisdiction", "530111"], "dibao"),
        (["--persons", 10, "--on", "2022-13-01"], "on"),
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, words: list[object], sentence: str) -> None:
    result = run("synth", *words, tmp_path / "out")
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_text("mine")
    result = run("synth", "--persons", 10, tmp_path / "out.xlsx")
    assert result.exit_code == 2
    assert (tmp_path / "out.xlsx").read_text() == "mine"


def test_the_demo_never_wipes_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "ledger.xlsx").write_text("an office's own")
    result = run("demo", "--home", tmp_path, "--no-serve")
    assert result.exit_code == 2
    assert "不是演示目录" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.xlsx"]
    assert not (tmp_path / MARKER).exists()
