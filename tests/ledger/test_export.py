"""What goes out comes in again: a ledger exported, imported elsewhere, and exported once more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.kernel.id_numbers import fictional_id_number
from doudi.registry.ledger.circumstance_sheets import CIRCUMSTANCES
from doudi.registry.ledger.reading import read_ledger
from doudi.registry.ledger.sheets import SHEETS
from doudi.registry.models import CIRCUMSTANCES as TABLES
from doudi.registry.models import Income, Look, Person
from tests.ledger.build import (
    GRANDMOTHER,
    GRANDSON,
    MOMENT,
    SINCE,
    a_clerk,
    a_family,
    ledger_file,
    person,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Door
    from tests.ledger.build import Rows

pytestmark = pytest.mark.django_db

DATED = {"valid_from": SINCE, "valid_to": None, "source": "入户调查", "confirmed": True}
OF_THE_GRANDMOTHER: dict[str, dict[str, Any]] = {
    "户籍地": {"area_code": "530111"},
    "电话": {"number": "13800000000"},
    "扣减": {"kind": "social_insurance", "amount_fen": 1},
    "其他待遇": {"kind": "nursing_allowance", "amount_fen": 100000},
    "照护需求": {"needs_long_term_care": False},
    "自理能力": {"items_unmet": 6},
    "重病": {},
    "在校": {"stage": "postgraduate"},
    "劳动能力": {"capacity": "partial", "employed": True},
    "不计入": {"reason": "clergy_3_years"},
    "供养方式": {"place": "institution"},
    "义务人结论": {"finding": "unable"},
    "义务人": {
        "tie": "=长子",
        "birth_date": date(1975, 2, 28),
        "income_year_fen": None,
        "property_ok": None,
        "disability_category": "mental",
        "disability_grade": 3,
        "status": "no_capacity",
    },
    "死亡": {"cremated": None, "state_funeral_grant": False, "valid_from": date(2022, 1, 4)},
}
OF_THE_GRANDSON: dict[str, dict[str, Any]] = {
    "父母情况": {
        "side": "father",
        "status": "lost_contact",
        "status_since": date(2020, 1, 1),
        "serious_illness": True,
    },
    "保障选择": {"scheme": "tekun"},
}
OF_THE_HOUSEHOLD: dict[str, dict[str, Any]] = {
    "财产": {"financial_fen": 1200001, "dwellings": 1, "vehicles": 0, "business": True},
    "急难情形": {
        "kind": "fire",
        "emergency": True,
        "own_costs_fen": 3000000,
        "persons_assisted": 2,
        "months": 2,
    },
}
DISABLED = {
    "number": "A1",
    "programme": "disability_care",
    "household": "H1",
    "person": GRANDMOTHER,
    "payee": GRANDMOTHER,
    "applied_on": date(2021, 10, 8),
    "decided_on": date(2021, 11, 2),
    "decided_by": "官渡区民政局",
    "due_from": "2022-01",
    "last_month": "2022-06",
    "stopped_on": date(2022, 1, 4),
    "stop_reason": "死亡",
    "source": "台账",
}


def everything() -> Rows:
    """A family about whom there is a row in every sheet."""
    rows = a_family()
    for title, values in OF_THE_GRANDMOTHER.items():
        rows[title] = [{**DATED, "person": GRANDMOTHER, **values}]
    for title, values in OF_THE_GRANDSON.items():
        rows[title] = [{**DATED, "person": GRANDSON, **values}]
    for title, values in OF_THE_HOUSEHOLD.items():
        rows[title] = [{**DATED, "household": "H1", **values}]
    later = {"amount_fen": 130000, "valid_from": date(2022, 1, 3), "confirmed": False}
    rows["收入"].append({**rows["收入"][0], **later})
    rows["待遇"] = [DISABLED]
    return rows


def cells_of(path: Path) -> dict[str, list[list[str]]]:
    """What stands in the sheets of a ledger, as text."""
    return {
        sheet.name: [[cell.text for cell in row.cells] for row in sheet.rows]
        for sheet in read_ledger(path).sheets
    }


def empty_the_registry() -> None:
    """Leave nothing of the registry, as in another office; triggers would rightly forbid it."""
    call_command("flush", interactive=False, verbosity=0)


def test_the_sheets_are_exactly_the_tables_of_the_registry() -> None:
    assert [sheet.table for sheet in SHEETS[:-1]] == [table.__name__ for table in TABLES]
    for sheet, table in zip(CIRCUMSTANCES, TABLES[2:], strict=True):
        fields = {column.field for column in sheet.columns}
        key = tuple(name for name in table.KEY if name not in ("person_id", "household_id"))
        values = {"number" if name == "number_index" else name for name in table.VALUES}
        assert sheet.key == key
        assert values | set(key) <= fields


def test_what_is_exported_imports_to_the_same_registry(door: Door, tmp_path: Path) -> None:
    a_clerk()
    first = ledger_file(tmp_path / "first.xlsx", everything())
    door("ledger", "import", first, officer="clerk", at=MOMENT)
    door("ledger", "export", tmp_path / "a.xlsx", officer="clerk", at=MOMENT)
    exported = cells_of(tmp_path / "a.xlsx")
    assert all(len(exported[sheet.title]) > 1 for sheet in SHEETS)
    told = door("ledger", "import", tmp_path / "a.xlsx", officer="clerk", at=MOMENT).output
    assert "F-SAME" in told


@pytest.mark.django_db(transaction=True)
def test_another_office_exports_what_it_imported(door: Door, tmp_path: Path) -> None:
    a_clerk()
    first = ledger_file(tmp_path / "first.xlsx", everything())
    door("ledger", "import", first, officer="clerk", at=MOMENT)
    door("ledger", "export", tmp_path / "a.xlsx", officer="clerk", at=MOMENT)
    empty_the_registry()
    assert not Person.objects.exists()
    a_clerk()
    door("ledger", "import", tmp_path / "a.xlsx", officer="clerk", at=MOMENT)
    door("ledger", "export", tmp_path / "b.xlsx", officer="clerk", at=MOMENT)
    assert cells_of(tmp_path / "b.xlsx") == cells_of(tmp_path / "a.xlsx")


def test_an_export_of_an_earlier_moment_shows_what_was_known_then(
    door: Door, tmp_path: Path
) -> None:
    a_clerk()
    rows = a_family()
    door("ledger", "import", ledger_file(tmp_path / "1.xlsx", rows), officer="clerk", at=MOMENT)
    rows["收入"][0]["amount_fen"] = 999
    second = ledger_file(tmp_path / "2.xlsx", rows)
    door("ledger", "import", second, officer="clerk", at="2022-03-01")
    options = ("--known-at", "2022-02-01")
    door("ledger", "export", tmp_path / "a.xlsx", *options, officer="clerk", at="2022-04-01")
    assert cells_of(tmp_path / "a.xlsx")["收入"][1][2] == "1234.56"


def test_an_export_of_a_day_leaves_out_what_was_over(door: Door, tmp_path: Path) -> None:
    a_clerk()
    rows = everything()
    door("ledger", "import", ledger_file(tmp_path / "1.xlsx", rows), officer="clerk", at=MOMENT)
    options = ("--on", "2022-01-02", "--area", "福保社区")
    door("ledger", "export", tmp_path / "a.xlsx", *options, officer="clerk", at=MOMENT)
    assert [row[2] for row in cells_of(tmp_path / "a.xlsx")["收入"][1:]] == ["1234.56"]


def test_an_export_leaves_a_look_at_everybody_in_it(door: Door, tmp_path: Path) -> None:
    a_clerk()
    rows = a_family()
    door("ledger", "import", ledger_file(tmp_path / "1.xlsx", rows), officer="clerk", at=MOMENT)
    options = ("--why", "移交区局")
    told = door("ledger", "export", tmp_path / "a.xlsx", *options, officer="clerk", at=MOMENT)
    assert GRANDMOTHER not in told.output
    assert {look.why for look in Look.objects.all()} == {"移交区局"}
    assert {look.person_id for look in Look.objects.all()} == set(
        Person.objects.values_list("pk", flat=True)
    )
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o077 == 0


def test_who_has_no_post_exports_nothing(door: Door, tmp_path: Path) -> None:
    a_clerk()
    options = ("--area", "金马街道")
    told = door(
        "ledger",
        "export",
        tmp_path / "a.xlsx",
        *options,
        officer="clerk",
        at=MOMENT,
        status=2,
    )
    assert "没有岗位" in told.output
    assert not (tmp_path / "a.xlsx").exists()


def many(households: int) -> Rows:
    """So many households of one, each with an income; numbers differ by how many there are."""
    rows: Rows = {"户": [], "人员": [], "收入": []}
    for order in range(households):
        number = f"H{households}-{order}"
        who = fictional_id_number(date(1950 + households, 3, 1), order)
        rows["户"].append(
            {**DATED, "household": number, "area": "福保社区", "registration": "urban"}
        )
        rows["人员"].append(person(number, "赵一", who, "head"))
        rows["收入"].append({**DATED, "person": who, "kind": "wage", "amount_fen": 1, "months": 1})
    return rows


def test_a_bigger_ledger_takes_no_more_statements(door: Door, tmp_path: Path) -> None:
    a_clerk()
    counts = []
    for households in (3, 30):
        path = ledger_file(tmp_path / f"{households}.xlsx", many(households))
        with CaptureQueriesContext(connection) as statements:
            door("ledger", "import", path, officer="clerk", at=MOMENT)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert Income.objects.count() == 33
