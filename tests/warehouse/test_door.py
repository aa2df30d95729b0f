"""`doudi report` at the command line: what it hands over, and what it refuses in one sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest

from doudi.access.actions import appoint_officer
from doudi.access.models import Role
from doudi.access.queries import find_area
from doudi.kernel.vocabulary import Programme
from tests.warehouse.build import START

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door
    from tests.warehouse.build import World

ASK = ("report", "2022H1", "--area", "六甲街道")
AT = "2022-07-05T09:00"


@pytest.fixture(autouse=True)
def _somebody_is_paid(world: World) -> None:
    """One household, paid 700 yuan in June."""
    award = world.award(Programme.DIBAO, world.household("H1"))
    world.due(award, "2022-06", 70000)
    world.run("2022-06", {award: {"2022-06": 70000}})


def test_the_report_is_printed(door: Door) -> None:
    assert "700.00" in door(*ASK, at=AT).stdout


def test_an_area_may_be_named_by_its_code(door: Door) -> None:
    by_code = door("report", "2022H1", "--area", "530111008000", at=AT)
    assert by_code.stdout == door(*ASK, at=AT).stdout


def test_json_is_all_that_stands_on_stdout(door: Door) -> None:
    answer = json.loads(door(*ASK, "--format", "json", at=AT).stdout)
    assert answer["figures"]["dibao_urban_paid"]["value"] == 70000


def test_records_are_printed_a_page_at_a_time(door: Door) -> None:
    text = door(*ASK, "--records", "dibao_urban_paid", at=AT).stdout
    assert "2022-06-1" in text
    answer = json.loads(door(*ASK, "--records", "communities", "--json", at=AT).stdout)
    assert (answer["value"], len(answer["rows"]), answer["pages"]) == (11, 11, 1)


def test_a_report_is_written_whole_into_its_file(door: Door, tmp_path: Path) -> None:
    for form in ("text", "json", "docx"):
        target = tmp_path / f"report.{form}"
        target.write_text("what stood there before")
        assert door(*ASK, "--format", form, "--output", target, at=AT).stdout == ""
    assert "700.00" in (tmp_path / "report.text").read_text("utf-8")
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["period"] == "2022H1"
    assert docx.Document(str(tmp_path / "report.docx")).tables
    assert len(list(tmp_path.iterdir())) == 3


def test_an_officer_sees_the_area_of_the_office_and_no_other(door: Door, world: World) -> None:
    clerk = world.officers[0]
    appoint_officer(
        clerk,
        role=Role.COUNTER_CLERK,
        area=find_area("福保社区"),
        valid_from=date(2022, 1, 1),
        actor=world.actor,
        at=START,
    )
    inside = door("report", "2022H1", "--area", "福保社区", at=AT, officer=clerk.username)
    assert "700.00" in inside.stdout
    outside = door(*ASK, at=AT, officer=clerk.username, status=2)
    assert "看不到" in outside.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "2022H3", "--area", "六甲街道"), "不是统计期"),
        (("report", "2022-6", "--area", "六甲街道"), "不是统计期"),
        (("report", "2022H2", "--area", "六甲街道", "--format", "json"), ""),
        (("report", "2023H1", "--area", "六甲街道"), "还没有开始"),
        (("report", "2022H1", "--area", "七甲街道"), "没有区域"),
        (("report", "2022H1"), ""),
        ((*ASK, "--format", "pdf"), "pdf"),
        ((*ASK, "--format", "docx"), "--output"),
        ((*ASK, "--records", "dibao", "--page", "1"), "没有指标"),
        ((*ASK, "--records", "communities", "--page", "2"), "没有第 2 页"),
        ((*ASK, "--records", "communities", "--page", "two"), "two"),
        ((*ASK, "--records", "communities", "--format", "docx"), "明细没有 docx"),
        ((*ASK, "--output", "no/such/folder/report.txt"), "no/such/folder/report.txt"),
        ((*ASK, "--output", "/"), "是目录"),
        ((*ASK, "--output", ""), "是目录"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(
    door: Door, words: tuple[str, ...], said: str
) -> None:
    at = "2022-06-30T09:00" if "2022H2" in words else AT
    result = door(*words, at=at, status=2)
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_folder_is_not_written_over_and_no_draft_is_left(door: Door, tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.mkdir()
    assert "是目录" in door(*ASK, "--output", target, at=AT, status=2).stderr
    assert list(tmp_path.iterdir()) == [target]


def test_nobody_unknown_may_ask(door: Door) -> None:
    assert "没有工作人员" in door(*ASK, at=AT, officer="nobody", status=2).stderr
