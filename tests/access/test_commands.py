"""The commands about the office, its officers, its areas and its journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from doudi.access.models import Deed, Officer
from doudi.access.queries import find_area, officer_named
from doudi.access.triggers import remove_triggers

if TYPE_CHECKING:
    from tests.conftest import Door, Doudi

AT = "2022-01-04T09:00"
ADMIN = ("--officer", "admin:赵六:管理员:官渡区")


@pytest.fixture
def opened(door: Door) -> Door:
    """An office with an administrator and a clerk."""
    door("start", *ADMIN, "--officer", "zhang:张三:受理:六甲街道", at=AT)
    return door


def test_an_office_is_started_twice_and_is_one_office(opened: Door) -> None:
    deeds = Deed.objects.count()
    again = opened("start", *ADMIN, at=AT)
    assert "新增区划 0 个" in again.output
    assert Deed.objects.count() == deeds


@pytest.mark.parametrize(
    "said", ["zhang", "zhang:张三:受理", "zhang:张三:皇帝:六甲街道", "zhang:张三:受理:六甲街道:x"]
)
def test_a_first_officer_that_is_not_said_whole_is_refused(door: Door, said: str) -> None:
    assert "用户名:姓名:岗位:区域" in door("start", "--officer", said, status=2).stderr
    assert not Officer.objects.exists()


def test_an_administrator_takes_on_appoints_and_dismisses(opened: Door) -> None:
    opened("officer", "add", "li", "--name", "李四", officer="admin", at=AT)
    place = ("li", "--role", "审核确认", "--area", "六甲街道")
    opened("officer", "appoint", *place, "--from", "2022-02-01", officer="admin", at=AT)
    assert "审核确认" in opened("officer", "list", at="2022-02-01").output
    assert "审核确认" not in opened("officer", "list", at="2022-01-31").output
    opened("officer", "dismiss", *place, "--why", "调岗", officer="admin", at="2022-03-31")
    assert "审核确认" not in opened("officer", "list", at="2022-04-01").output
    opened("officer", "deactivate", "li", "--why", "离职", officer="admin", at=AT)
    assert "已停用" in opened("officer", "list", at=AT).output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("officer", "add", "Li", "--name", "李四"), "不合规"),
        (("officer", "add", "zhang", "--name", "李四"), "已有人使用"),
        (("officer", "appoint", "li", "--role", "受理", "--area", "六甲街道"), "没有工作人员"),
        (("officer", "appoint", "zhang", "--role", "皇帝", "--area", "六甲街道"), "没有岗位"),
        (("officer", "appoint", "zhang", "--role", "受理", "--area", "桃花源"), "没有区域"),
        (("officer", "appoint", "zhang", "--role", "受理", "--area", "六甲街道"), "已任"),
        (
            ("officer", "dismiss", "zhang", "--role", "资金", "--area", "六甲街道", "--why", "x"),
            "没有任",
        ),
        (("area", "administer", "永胜社区", "--by", "elsewhere", "--from", "x", "--why", "x"), "x"),
        (("area", "list", "--within", "桃花源"), "没有区域"),
        (("area", "adopt", "六甲街道", "桃花源", "--why", "x"), "桃花源"),
        (("journal", "show", "--row", "x"), "应写成"),
    ],
)
def test_what_can_not_be_done_is_one_sentence(
    opened: Door, words: tuple[str, ...], said: str
) -> None:
    deeds = Deed.objects.count()
    refused = opened(*words, officer="admin", at=AT, status=2)
    assert said in refused.stderr
    assert "Traceback" not in refused.output
    assert Deed.objects.count() == deeds


def test_a_clerk_can_not_appoint_himself(opened: Door) -> None:
    words = ("officer", "appoint", "zhang", "--role", "审核确认", "--area", "六甲街道")
    assert "管理员" in opened(*words, officer="zhang", at=AT, status=2).stderr


def test_areas_are_listed_from_the_root_down(opened: Door) -> None:
    lines = opened("area", "list", at=AT).output.splitlines()
    assert lines[0] == "53 云南省（参数 53）"
    assert "        530111008004 福保社区" in lines
    assert len(opened("area", "list", "--within", "六甲街道", at=AT).output.splitlines()) == 12


def test_a_community_run_elsewhere_is_listed_no_more(opened: Door) -> None:
    opened(
        "area", "administer", "永胜社区", "--by", "elsewhere", "--from", "2022-01-01",
        "--assumed", "--why", "推定", officer="admin", at=AT,
    )  # fmt: skip
    listed = opened("area", "list", "--administered-by", "六甲街道", at=AT).output
    assert "永胜社区" not in listed
    assert len(listed.splitlines()) == 10


def test_an_area_adopts_the_parameters_of_its_office(opened: Door) -> None:
    words = ("area", "adopt", "六甲街道", "demo_assumptions", "--why", "演示")
    opened(*words, officer="admin", at=AT)
    assert find_area("六甲街道").jurisdiction == "demo_assumptions"


def test_the_journal_is_sealed_verified_and_shown(opened: Door) -> None:
    sealed = opened("journal", "seal", officer="zhang", at=AT).output
    head = sealed.split()[-1]
    whole = opened("journal", "verify", "--head", head, "--tables", at=AT).output
    assert "日志完整" in whole
    assert head in whole
    shown = opened("journal", "show", "--limit", "1", at=AT).output
    assert "appoint_officer" in shown
    row = opened("journal", "show", "--row", f"access_officer:{officer_named('zhang').pk}", at=AT)
    assert "张三" in row.output
    assert "hidden" in row.output


def test_a_journal_that_was_touched_ends_with_status_one(opened: Door) -> None:
    opened("journal", "seal", officer="zhang", at=AT)
    assert "末尾被截去" in opened("journal", "verify", "--head", "a" * 64, at=AT, status=1).output
    remove_triggers()
    assert "触发器" in opened("journal", "verify", at=AT, status=1).output


def test_sealing_again_without_news_gives_the_same_head(opened: Door) -> None:
    first = opened("journal", "seal", officer="zhang", at=AT).output
    assert opened("journal", "seal", officer="zhang", at=AT).output == first


def test_a_journal_of_nothing_has_nothing_to_seal(door: Door) -> None:
    assert "日志完整：共 0 条" in door("journal", "verify").output


def test_a_fresh_office_starts_in_an_empty_folder(doudi: Doudi, office: dict[str, str]) -> None:
    doudi("start", *ADMIN, at=AT)
    doudi("start", *ADMIN, at=AT)
    assert "日志完整" in doudi("journal", "verify", "--tables").stdout
    assert office["DOUDI_HOME"] in doudi("start", at=AT).stdout


def test_nobody_else_on_the_machine_can_read_an_office(
    doudi: Doudi, office: dict[str, str]
) -> None:
    doudi("start", at=AT)
    home = Path(office["DOUDI_HOME"])
    assert home.stat().st_mode & 0o077 == 0
    for file in home.rglob("*"):
        assert file.is_dir() or file.stat().st_mode & 0o077 == 0, file.name
