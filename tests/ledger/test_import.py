"""A ledger taken in through the command line: what is saved, corrected, ended, and refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from doudi.kernel.id_numbers import fictional_id_number
from doudi.registry.models import Account, Disability, Household, Income, Membership, Person
from tests.ledger.build import (
    GRANDMOTHER,
    GRANDSON,
    MOMENT,
    a_clerk,
    a_family,
    ledger_file,
    person,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clerk(db: None) -> None:  # noqa: ARG001 - the database has to be there
    a_clerk()


def take_in(door: Door, path: Path, *options: Any, at: str = MOMENT, status: int = 0) -> str:
    return door("ledger", "import", path, *options, officer="clerk", at=at, status=status).output


def test_a_family_on_paper_is_in_the_registry_afterwards(door: Door, tmp_path: Path) -> None:
    told = take_in(door, ledger_file(tmp_path / "ledger.xlsx", a_family()))
    assert "新登记 1 户、2 人" in told
    assert Household.objects.get().number == "H1"
    assert {p.name for p in Person.objects.all()} == {"赵一", "赵二"}
    income = Income.objects.get()
    assert (income.amount_fen, income.kind, income.months) == (123456, "pension", 1)
    assert income.confirmed_at is not None
    assert GRANDMOTHER not in told


def test_the_same_file_twice_changes_nothing(door: Door, tmp_path: Path) -> None:
    path = ledger_file(tmp_path / "ledger.xlsx", a_family())
    take_in(door, path)
    before = list(Membership.objects.values())
    told = take_in(door, path, at="2022-02-01T09:00+08:00")
    assert "F-SAME" in told
    assert list(Membership.objects.values()) == before
    assert Income.objects.count() == 1


def test_a_dry_run_says_what_would_be_saved_and_saves_nothing(door: Door, tmp_path: Path) -> None:
    told = take_in(door, ledger_file(tmp_path / "ledger.xlsx", a_family()), "--dry-run")
    assert "没有保存" in told
    assert not Household.objects.exists()
    assert not Person.objects.exists()


def test_another_amount_from_the_same_day_corrects(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    take_in(door, ledger_file(tmp_path / "first.xlsx", rows))
    rows["收入"][0]["amount_fen"] = 150000
    told = take_in(door, ledger_file(tmp_path / "second.xlsx", rows), at="2022-02-01T09:00+08:00")
    assert "更正 1" in told
    old, new = Income.objects.order_by("pk")
    assert (old.superseded_at is None, new.superseded_at) == (False, None)
    assert new.amount_fen == 150000


def test_a_later_start_ends_the_earlier_fact_the_day_before(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    take_in(door, ledger_file(tmp_path / "first.xlsx", rows))
    later = dict(rows["残疾证"][0], grade=1, valid_from=date(2022, 3, 1))
    told = take_in(
        door,
        ledger_file(tmp_path / "second.xlsx", {"残疾证": [later]}),
        at="2022-03-10T09:00+08:00",
    )
    assert "到 2022-02-28 为止" in told
    believed = Disability.objects.filter(superseded_at=None).order_by("valid_from")
    assert [(row.grade, str(row.valid_to)) for row in believed] == [(2, "2022-02-28"), (1, "None")]


def test_nothing_is_saved_when_one_cell_is_wrong(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["收入"][0]["amount_fen"] = -100
    path = ledger_file(tmp_path / "ledger.xlsx", rows)
    told = take_in(door, path, status=2)
    assert "MNY-NEG" in told
    assert not Person.objects.exists()


def test_the_marked_copy_colours_the_cell_and_lists_the_fault(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["收入"][0]["amount_fen"] = -100
    path = ledger_file(tmp_path / "ledger.xlsx", rows)
    take_in(door, path, status=2)
    book = load_workbook(tmp_path / "ledger.faults.xlsx")
    cell = book["收入"]["C2"]
    assert "MNY-NEG" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    listed = [[c.value for c in row] for row in book["问题清单"].iter_rows(min_row=2)]
    assert ["错误", "MNY-NEG", "收入", "2", "金额"] in [row[:5] for row in listed]


def test_the_marked_copy_can_be_mended_and_imported(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["收入"][0]["amount_fen"] = -100
    take_in(door, ledger_file(tmp_path / "ledger.xlsx", rows), status=2)
    book = load_workbook(tmp_path / "ledger.faults.xlsx")
    book["收入"]["C2"].value = 100
    book.save(tmp_path / "mended.xlsx")
    take_in(door, tmp_path / "mended.xlsx")
    assert Income.objects.get().amount_fen == 10000


def test_every_fault_of_every_sheet_is_told_at_once(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["收入"][0]["amount_fen"] = -100
    rows["残疾证"][0]["person"] = GRANDSON[:-1] + ("0" if GRANDSON[-1] != "0" else "1")
    rows["人员"].append(person("H9", "钱三", "", "head", person_number="X1", birth_date=None))
    told = take_in(door, ledger_file(tmp_path / "ledger.xlsx", rows), status=2)
    assert {"MNY-NEG", "ID-CHK", "EMPTY"} <= set(told.split())


def test_a_conflict_with_the_registry_and_a_bad_cell_are_told_together(
    door: Door, tmp_path: Path
) -> None:
    rows = a_family()
    take_in(door, ledger_file(tmp_path / "first.xlsx", rows))
    rows["收入"][0]["amount_fen"] = -100
    second = {
        "户": [dict(rows["户"][0], household="H2")],
        "人员": [person("H2", "赵二", GRANDSON, "head")],
        "收入": rows["收入"],
    }
    told = take_in(door, ledger_file(tmp_path / "second.xlsx", second), status=2)
    assert {"MNY-NEG", "HH-DUP"} <= set(told.split())
    assert Household.objects.count() == 1


def test_warnings_are_saved_with_a_reason_only(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["人员"].append(
        person(
            "H1",
            "赵三",
            "",
            "grandchild",
            person_number="X1",
            birth_date=rows["户"][0]["valid_from"],
            sex="F",
        )
    )
    path = ledger_file(tmp_path / "ledger.xlsx", rows)
    assert "ID-NONE" in take_in(door, path, status=2)
    assert not Person.objects.exists()
    take_in(door, path, "--accept-warnings", "新生儿，出生证明在办")
    assert Person.objects.get(person_number="X1").id_number_index is None


def test_an_account_is_kept_sealed(door: Door, tmp_path: Path) -> None:
    take_in(door, ledger_file(tmp_path / "ledger.xlsx", a_family()))
    account = Account.objects.get()
    assert account.holder_name == "赵一"
    assert "6217" not in account.number_sealed


def test_an_officer_of_another_place_imports_nothing(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["户"][0]["area"] = "530111"
    told = take_in(door, ledger_file(tmp_path / "ledger.xlsx", rows), status=2)
    assert "AREA" in told


def an_award(**more: Any) -> dict[str, Any]:
    """A row of the sheet 待遇: the grandmother's subsidy, unless told otherwise."""
    return {
        "number": "A1",
        "programme": "disability_care",
        "household": "H1",
        "person": GRANDMOTHER,
        "payee": GRANDMOTHER,
        "applied_on": date(2021, 10, 8),
        "decided_on": date(2021, 11, 2),
        "decided_by": "官渡区民政局",
        **more,
    }


def test_awards_come_in_with_the_same_file_or_not_at_all(door: Door, tmp_path: Path) -> None:
    rows = {**a_family(), "待遇": [an_award()]}
    assert "待遇变动 1 项" in take_in(door, ledger_file(tmp_path / "a.xlsx", rows))
    wrong = {"待遇": [an_award(number="A2", decided_on=date(2021, 10, 1))], "收入": rows["收入"]}
    wrong["收入"][0]["amount_fen"] = 7
    told = take_in(door, ledger_file(tmp_path / "b.xlsx", wrong), status=2)
    assert "DATE-ORDER" in told
    assert Income.objects.get().amount_fen == 123456


def test_nobody_unknown_is_guessed_at(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["收入"][0]["person"] = "P404"
    rows["财产"] = [
        {
            "household": "H404",
            "financial_fen": 0,
            "dwellings": 0,
            "vehicles": 0,
            "valid_from": date(2022, 1, 1),
        }
    ]
    rows["待遇"] = [an_award(payee="P405")]
    told = take_in(door, ledger_file(tmp_path / "ledger.xlsx", rows), status=2)
    assert [word for word in told.split() if word in ("PER-NONE", "HH-NONE")].count("PER-NONE") == 2
    assert "HH-NONE" in told


def test_an_account_in_anothers_name_needs_a_mandate(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    rows["账户"][0]["holder_name"] = "钱五"
    told = take_in(door, ledger_file(tmp_path / "a.xlsx", rows), status=2)
    assert "ACC-NAME" in told
    rows["账户"][0]["agent"] = True
    take_in(door, ledger_file(tmp_path / "b.xlsx", rows))
    assert Account.objects.get().agent


def test_one_account_for_three_households_is_asked_about(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    for order in (2, 3):
        number = fictional_id_number(date(1960, 1, order), 5)
        rows["户"].append(dict(rows["户"][0], household=f"H{order}"))
        rows["人员"].append(person(f"H{order}", "赵一", number, "head"))
        rows["账户"].append(dict(rows["账户"][0], person=number))
    path = ledger_file(tmp_path / "ledger.xlsx", rows)
    assert take_in(door, path, status=2).count("ACC-DUP") == 3
    take_in(door, path, "--accept-warnings", "三户同在一处，由社区代管")


def test_another_name_for_a_registered_number_is_refused(door: Door, tmp_path: Path) -> None:
    rows = a_family()
    take_in(door, ledger_file(tmp_path / "a.xlsx", rows))
    rows["人员"][1]["name"] = "赵三"
    told = take_in(door, ledger_file(tmp_path / "b.xlsx", rows), status=2)
    assert "ID-NAME" in told
    assert "“赵*”" in told


def test_a_thousand_bad_rows_are_all_listed(door: Door, tmp_path: Path) -> None:
    lines = ["证件号,收入类别,金额,开始日期"]
    lines += [f"{GRANDMOTHER[:17]},工资,{row}.005,3/5/2022" for row in range(1000)]
    path = tmp_path / "收入.csv"
    path.write_text("\n".join(lines), "utf-8")
    told = take_in(door, path, status=2)
    assert "发现 4000 处错误" in told
    listed = load_workbook(tmp_path / "收入.faults.xlsx", read_only=True)["问题清单"]
    assert sum(1 for _ in listed.iter_rows(min_row=2)) >= 4000
    assert len(told.splitlines()) < 70


def test_more_rows_than_a_ledger_holds_are_refused(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "收入.csv"
    path.write_text("证件号,收入类别,金额,开始日期\n" + "1,2,3,4\n" * 200_001, "utf-8")
    assert "200002" in take_in(door, path, status=2)


def test_a_template_never_overwrites_a_ledger(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    door("ledger", "template", path)
    before = path.read_bytes()
    door("ledger", "template", path, status=2)
    door("ledger", "template", tmp_path / "ledger.doc", status=2)
    assert path.read_bytes() == before
