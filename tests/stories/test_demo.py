"""The demo from an empty folder: the report's figures, and one household followed to its yuan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from openpyxl import load_workbook
from psycopg import sql

from doudi.doors.cli.demo import MARKER

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.database

AREA, PERIOD, FOLLOWED = "530111008", "2022H1", "LJ000010"
FIGURES = {
    "communities": (8, "communities"),
    "dibao_urban_households": (27, "households"),
    "dibao_urban_persons": (31, "persons"),
    "dibao_urban_paid": (134_991_00, "fen"),
    "temporary_assistance_households": (2, "households"),
    "temporary_assistance_paid": (4_000_00, "fen"),
    "tekun_persons": (9, "persons"),
    "tekun_paid": (57_826_00, "fen"),
    "orphans": (5, "persons"),
    "orphans_paid": (38_994_00, "fen"),
    "disability_living_persons": (21, "persons"),
    "disability_care_persons": (218, "persons"),
    "disability_subsidies_paid": (118_640_00, "fen"),
    "funeral_subsidies": (40, "persons"),
}
"""The figures that the half-year report of 2022 prints, as far as their rooms are built."""

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which an earlier demo was interrupted."""
    place = tmp_path_factory.mktemp("demo")
    (place / MARKER).touch()
    (place / "doudi.sqlite3").write_bytes(b"half a database")
    (place / "bank").mkdir()
    (place / "bank" / "2022-01-1-530111008.txt").write_text("of another time")
    return place


@pytest.fixture(scope="module")
def environment(home: Path) -> Iterator[dict[str, str]]:
    """The environment of the demo's commands; on PostgreSQL with an empty database of its own."""
    told = dict(os.environ, DOUDI_HOME=str(home), PYTHONUTF8="1", DOUDI_LANGUAGE="zh")
    server = told.get("DOUDI_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield told
        return
    name = f"demo_{uuid.uuid4().hex}"
    told["DOUDI_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    _say(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield told
    _say(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _say(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="module")
def ask(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Run a command in a process of its own; answers what it printed."""
    place = tmp_path_factory.mktemp("elsewhere")

    def run(*words: object, status: int = 0) -> str:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "doudi", *map(str, words)],
            env=environment,
            cwd=place,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        assert done.returncode == status, done.stdout[-2000:] + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="module")
def told(ask: Ask, home: Path) -> str:
    """What the demo printed; the demo has been lived through once for all tests here."""
    return ask("demo", "--home", home, "--no-serve")


@pytest.fixture(scope="module")
def look(ask: Ask, told: str) -> Ask:
    """Ask the demo's office something after the half-year."""
    assert told

    def run(*words: object, status: int = 0) -> str:
        return ask("--at", "2022-07-01", "--as", "shou", *words, status=status)

    return run


@pytest.fixture(scope="module")
def report(look: Ask) -> dict[str, Any]:
    """The half-year report as data."""
    return dict(json.loads(look("report", PERIOD, "--area", AREA, "--format", "json")))


def records_of(look: Ask, key: str, until: str = "") -> list[dict[str, Any]]:
    """The records behind a figure, page after page: all of them, or those of a household's."""
    rows: list[dict[str, Any]] = []
    page = pages = 1
    while page <= pages and not (until and rows and rows[-1]["place"] > until):
        words = ("report", PERIOD, "--area", AREA, "--records", key, "--json", "--page", page)
        answer = json.loads(look(*words))
        rows, page, pages = rows + answer["rows"], page + 1, answer["pages"]
    return rows


def rows_about(path: Path, title: str, word: str) -> list[tuple[str, ...]]:
    """The rows of a sheet that hold a word."""
    page = load_workbook(path, read_only=True)[title]
    rows = [tuple(str(cell) for cell in row) for row in page.iter_rows(values_only=True)]
    return [row for row in rows if word in row]


def test_the_report_has_the_figures_of_the_first_half_of_2022(report: dict[str, Any]) -> None:
    assert (report["period"], report["area"]) == (PERIOD, AREA)
    found = {
        key: (figure["value"], figure["unit"])
        for key, figure in report["figures"].items()
        if key in FIGURES
    }
    assert found == FIGURES


def test_the_demo_ends_with_the_report_in_words(told: str) -> None:
    for amount in ("134,991.00", "4,000.00", "57,826.00", "38,994.00", "118,640.00"):
        assert amount in told
    assert "Traceback" not in told


@pytest.mark.parametrize("key", ["orphans_paid", "temporary_assistance_paid"])
def test_the_records_behind_a_sum_add_up_to_it(look: Ask, report: dict[str, Any], key: str) -> None:
    records = records_of(look, key)
    assert sum(record["counts"] for record in records) == FIGURES[key][0]
    assert len(records) == report["figures"][key]["records"]


def test_one_household_is_followed_from_its_row_to_its_yuan(look: Ask, home: Path) -> None:
    (award,) = (
        row
        for row in rows_about(home / "ledger" / "opening.xlsx", "待遇", FOLLOWED)
        if "低保" in row
    )
    (head,) = rows_about(home / "ledger" / "opening.xlsx", "人员", FOLLOWED)
    id_number = next(cell for cell in head if cell.startswith("530199"))
    (wage,) = rows_about(home / "ledger" / "2022-04.xlsx", "收入", id_number)
    assert "200.00" in wage

    records = records_of(look, "dibao_urban_paid", until=FOLLOWED)
    paid = [record for record in records if record["place"] == FOLLOWED]
    by_run = {
        month: sum(r["counts"] for r in paid if r["run"] == f"{month}-1")
        for month in sorted({r["run"].removesuffix("-1") for r in paid})
    }
    assert by_run == {
        "2022-01": 700_00,
        "2022-02": 700_00,  # the wage of 200 yuan since 14 February is not known yet
        "2022-03": 700_00,
        "2022-04": 350_00,  # 500 less three tenths
        "2022-05": 350_00,
        "2022-06": 400_00,  # the last hundred of the four
    }
    due = next(r["due"] for r in paid if r["month"] == "2022-04")
    explained = json.loads(look("explain", due, "--json"))
    assert (explained["award"], explained["household"]) == (award[0], FOLLOWED)
    assert explained["amount"] == "500.00"
    assert any("700.00" in step and "8400.00" in step for step in explained["explanation"]["steps"])
    in_words = look("explain", due)
    assert "最低生活保障审核确认办法" in in_words
    assert "假定，不是规定" in in_words


def test_what_was_returned_was_paid_again_and_nothing_is_left_open(look: Ask) -> None:
    assert "退回 2 笔" in look("payroll", "show", "2022-01-1")
    assert json.loads(look("payroll", "balance", "--json")) == []


def test_a_run_repeated_after_the_half_year_pays_nothing(look: Ask) -> None:
    assert "无变化" in look("run", "2022-06", "--area", AREA)


def test_three_who_never_asked_are_found(look: Ask) -> None:
    found = json.loads(look("screen", "--area", AREA, "--month", "2022-06", "--json"))
    missed = {each["household"] for each in found if each["finding"] == "missed"}
    assert len(missed) == 3
    assert {each["finding"] for each in found} == {"missed"}


def test_the_journal_is_whole_and_the_seals_hold(look: Ask) -> None:
    look("journal", "verify")
    look("payroll", "verify")


def test_nobody_real_can_be_meant(home: Path, told: str) -> None:
    assert told
    page = load_workbook(home / "ledger" / "opening.xlsx", read_only=True)["人员"]
    headings, *rows = page.iter_rows(values_only=True)
    column = headings.index("证件号")
    assert all(str(row[column]).startswith("530199") for row in rows)


@pytest.mark.postgresql_only
def test_a_database_that_is_in_use_is_never_touched(look: Ask, home: Path) -> None:
    assert "不是空的" in look("demo", "--home", home, "--no-serve", status=2)
