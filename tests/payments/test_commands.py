"""`doudi run` and `doudi payroll` as an office types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from doudi.access.models import Role
from doudi.access.triggers import install_triggers
from doudi.payments import queries
from doudi.payments.turns import the_only_run
from tests.payments.build import (
    LIUJIA,
    a_draft,
    a_sealed_run,
    an_account,
    an_answer,
    an_award,
    owe,
    the_bank_says,
    the_staff,
)
from tests.payments.test_sealed_runs import _without_guards, by_force
from tests.registry.build import a_person, an_officer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door

JUNE = "2022-06"
AT = "2022-06-20"


@pytest.fixture(autouse=True)
def staff(db: None) -> None:  # noqa: ARG001 - the database has to be there
    """Four officers, one award that is due."""
    the_staff()
    owe(an_award(name="张三丰"), JUNE, 90_000)


def test_a_run_goes_from_draft_to_settled_by_commands_alone(door: Door, tmp_path: Path) -> None:
    a_draft(JUNE)
    assert (
        "已复核批次 2022-06-1：1 笔"
        in door("payroll", "check", officer="investigator", at=AT).output
    )
    assert "已批准" in door("payroll", "approve", officer="approver", at=AT).output
    assert "封存摘要" in door("payroll", "seal", officer="cashier", at=AT).output
    exported = door("payroll", "export", officer="cashier", at=AT).output
    run = queries.run_numbered("2022-06-1")
    assert "2022-06-1-530111008.txt" in exported
    file = tmp_path / "回盘.txt"
    file.write_bytes(an_answer(run, {1: "00"}))
    settled = door("payroll", "settle", file, file, officer="cashier", at="2022-06-25").output
    assert "到账 1 笔" in settled
    assert "以前导入过" in settled
    assert "已结清" in door("payroll", "show").output


def test_the_same_officer_is_told_that_another_must_do_it(door: Door) -> None:
    an_officer("clerk", Role.INVESTIGATOR)
    a_draft(JUNE)
    refused = door("payroll", "check", officer="clerk", at=AT, status=2)
    assert "须由另一人办理" in refused.output


def test_records_are_shown_masked_with_the_number_of_the_due_row(door: Door) -> None:
    run = a_sealed_run(JUNE)
    shown = door("payroll", "show", run.number, "--records").output
    account = queries.contents_of(run).items[0].account
    assert "张**" in shown
    assert f"****{account[-4:]}" in shown
    assert "张三丰" not in shown
    assert account not in shown
    records = json.loads(door("payroll", "show", run.number, "--records", "--json").output)
    (line,) = records["records"][0]["lines"]
    assert (line["month"], line["amount_fen"]) == (JUNE, 90_000)
    assert line["due"]


def test_what_is_held_and_what_must_come_back_stand_in_the_balance(door: Door) -> None:
    overpaid, held = an_award(), an_award(with_account=False)
    owe(overpaid, "2022-05", 50_000)
    a_sealed_run("2022-05")
    owe(overpaid, "2022-05", 40_000)
    owe(held, JUNE, 7_000)
    a_sealed_run(JUNE)
    said = door("payroll", "balance", at=AT).output
    assert "待发 70.00 元，待追缴 100.00 元" in said
    left = json.loads(door("payroll", "balance", "--area", LIUJIA, "--json", at=AT).output)
    assert {each["award"]: (each["balance_fen"], each["held"]) for each in left} == {
        overpaid.number: (-10_000, None),
        held.number: (7_000, "ACC-NONE"),
    }
    assert not json.loads(door("payroll", "balance", "--area", "官渡街道", "--json", at=AT).output)


def test_nothing_left_is_said_so(door: Door) -> None:
    a_sealed_run(JUNE)
    assert "没有待发和待追缴" in door("payroll", "balance", at=AT).output


def test_a_broken_seal_is_named_with_an_exit_status_of_its_own(door: Door) -> None:
    run = a_sealed_run(JUNE)
    assert "已核验 1 个" in door("payroll", "verify").output
    _without_guards("payments_line")
    by_force("UPDATE payments_line SET amount_fen = amount_fen + 1")
    install_triggers()
    assert run.number in door("payroll", "verify", status=1).output


def test_a_reason_must_be_given_to_cancel(door: Door) -> None:
    a_draft(JUNE)
    door("payroll", "cancel", officer="clerk", at=AT, status=2)
    said = door("payroll", "cancel", "--why", "名单有误", officer="clerk", at=AT).output
    assert "已作废" in said
    assert "没有正在办理的批次" in door("payroll", "check", officer="clerk", status=2).output


def test_suspense_and_returns_are_shown_with_the_run(door: Door, tmp_path: Path) -> None:
    head = a_person()
    an_account(head)
    owe(an_award(payee=head), JUNE, 5_000)
    run = a_sealed_run(JUNE)
    the_bank_says(run, {1: "03"})
    file = tmp_path / "b.txt"
    file.write_bytes(an_answer(run, {2: "00"}).replace(b"D|000002", b"D|000077"))
    door("payroll", "settle", file, officer="cashier", at="2022-06-25")
    shown = door("payroll", "show", run.number).output
    assert "银行退回 1 笔 900.00 元；未回盘 1 笔 50.00 元" in shown
    assert "挂账 b.txt 第 2 行：RET-LINE" in shown


def test_a_file_that_is_not_there_and_one_that_is_no_return_file(
    door: Door, tmp_path: Path
) -> None:
    missing = tmp_path / "x.txt"
    assert "没有这个文件" in door("payroll", "settle", missing, officer="cashier", status=2).output
    missing.write_bytes(b"hello")
    assert "回盘文件" in door("payroll", "settle", missing, officer="cashier", status=2).output


@pytest.mark.parametrize(
    ("month", "words"),
    [("2022-13", "不是月份"), ("2023-01", "还没有到"), ("六月", "不是月份")],
)
def test_a_month_that_is_none_or_not_begun_is_refused(door: Door, month: str, words: str) -> None:
    refused = door("run", month, "--area", LIUJIA, officer="clerk", at=AT, status=2)
    assert words in refused.output


def test_an_area_that_is_not_known_is_refused(door: Door) -> None:
    refused = door("run", JUNE, "--area", "不存在的街道", officer="clerk", at=AT, status=2)
    assert "没有区域" in refused.output


def test_who_may_not_draft_determines_nothing_either(door: Door) -> None:
    refused = door("run", JUNE, "--area", LIUJIA, officer="cashier", at=AT, status=2)
    assert "没有“受理、核查”岗位" in refused.output


def test_an_officer_of_one_area_need_not_name_it(door: Door) -> None:
    said = door("run", JUNE, officer="clerk", at=AT, status=None).output
    assert "请用 --area 写明" not in said
    an_officer("clerk", Role.INVESTIGATOR, area="官渡街道")
    assert "请用 --area 写明" in door("run", JUNE, officer="clerk", at=AT, status=2).output


def test_a_second_process_is_refused_in_one_sentence(door: Door) -> None:
    with the_only_run():
        refused = door("run", JUNE, officer="clerk", at=AT, status=2)
    assert "另一个进程正在核定" in refused.output
    assert len(refused.output.strip().splitlines()) == 1


def test_a_month_can_t_be_run_while_another_run_lies_open(door: Door) -> None:
    a_draft(JUNE)
    refused = door("run", "2022-05", officer="clerk", at=AT, status=2)
    assert "2022-06-1" in refused.output
