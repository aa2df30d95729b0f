"""What is made is written as it comes: the same bytes again, never more than a sheet takes."""

from __future__ import annotations

import csv
import tracemalloc
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from doudi.kernel.refusals import Refusal
from doudi.registry.ledger.sheets import SHEETS
from doudi.synth import writing
from doudi.synth.places import communities_of
from doudi.synth.population import population
from doudi.synth.rates import rates_in_force
from doudi.synth.rows import rows_of
from doudi.synth.writing import writer_for

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2022, 1, 1)
RATES = rates_in_force("demo_assumptions", ON)


def write(out: Path, persons: int = 300, seed: int = 1) -> list[Path]:
    writer = writer_for(out, ON)
    for household in population(persons, seed, communities_of("六甲街道"), RATES, ON):
        writer.write(rows_of(household))
    return writer.close()


def test_a_workbook_comes_out_the_same_byte_for_byte(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx")
    write(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_workbook_has_the_ledgers_sheets_and_headings(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx")
    book = load_workbook(tmp_path / "one.xlsx", read_only=True)
    declared = {sheet.title: [column.heading for column in sheet.columns] for sheet in SHEETS}
    for page in book.worksheets:
        assert [cell.value for cell in next(page.iter_rows())] == declared[page.title]


def test_too_many_rows_go_on_in_a_further_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 200)
    written = write(tmp_path / "one.xlsx", 500)
    assert [path.name for path in written] == ["one.xlsx", "one-002.xlsx", "one-003.xlsx"]
    for path in written:
        book = load_workbook(path, read_only=True)
        assert all(len(list(page.iter_rows())) <= 201 for page in book.worksheets)
        households = {row[0] for row in book["户"].iter_rows(min_row=2, values_only=True)}
        members = {row[5] for row in book["人员"].iter_rows(min_row=2, values_only=True)}
        assert members == households


def test_a_folder_holds_one_csv_file_for_each_sheet(tmp_path: Path) -> None:
    written = write(tmp_path / "folder")
    assert (tmp_path / "folder") in {path.parent for path in written}
    assert not (tmp_path / "folder.part").exists()
    persons = next(path for path in written if path.stem.endswith("人员"))
    with persons.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][1] == "姓名"
    assert len(rows) > 300


def test_what_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "one.xlsx").write_text("a clerk's own")
    with pytest.raises(Refusal) as refused:
        write(tmp_path / "one.xlsx")
    assert refused.value.code == "OUT-EXISTS"
    assert (tmp_path / "one.xlsx").read_text() == "a clerk's own"


def test_memory_does_not_grow_with_the_number_of_persons(tmp_path: Path) -> None:
    peaks = []
    for persons in (2_000, 8_000):
        tracemalloc.start()
        write(tmp_path / f"folder {persons}", persons)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 2_000_000
