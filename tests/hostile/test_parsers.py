"""Whatever a file holds, its reader reads it or refuses it in a sentence: nothing else happens.

The readers are those of `make fuzz`, which looks for longer and lets coverage lead it.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.kernel.refusals import Refusal
from doudi.registry.ledger.reading import read_ledger
from scripts.fuzz import seeds
from scripts.fuzz.targets import READ, TARGETS, outcome
from tests.hostile.mutants import XML, mutant, mutant_workbook
from tests.ledger.hostile_files import one_cell, parts, sheet_of, zipped

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = ["table", "cells", "parts", "return_file", "case", "reform", "parameters", "words"]
SEEDS = {name: list(TARGETS[name].seeds()) for name in PLAIN}
WORKBOOK = seeds.small_workbook()


@pytest.mark.parametrize("name", PLAIN)
def test_the_good_files_to_begin_from_are_good(name: str) -> None:
    """Else the mutants of them would be refused at the first look, and prove little."""
    if name not in ("table", "cells", "parts", "words"):
        assert {outcome(TARGETS[name], seed) for seed in SEEDS[name]} == {READ}
    assert outcome(TARGETS["workbook"], WORKBOOK) == READ


@pytest.mark.parametrize("name", PLAIN)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_file_is_read_or_refused_in_a_sentence(name: str, data: st.DataObject) -> None:
    outcome(TARGETS[name], data.draw(mutant(SEEDS[name])))


@pytest.mark.parametrize("name", PLAIN)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(max_size=400))
def test_noise_is_read_or_refused_in_a_sentence(name: str, noise: bytes) -> None:
    outcome(TARGETS[name], noise)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_guard_takes_or_refuses_any_workbook(data: st.DataObject) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile remarks on doubled names
        outcome(TARGETS["guard"], data.draw(mutant_workbook(WORKBOOK) | mutant([WORKBOOK], XML)))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_workbook_with_changed_parts_is_read_or_refused(data: st.DataObject) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome(TARGETS["workbook"], data.draw(mutant_workbook(WORKBOOK)))


@pytest.mark.parametrize(
    "encoding", ["TTF-8", "gb2312", "utf-7", "hex", "cp037", "latin-1", "x" * 90]
)
def test_a_part_in_another_encoding_than_workbooks_have_is_refused(
    encoding: str, tmp_path: Path
) -> None:
    """Our walk and the child's reader would see different things in it."""
    sheet = f'<?xml version="1.0" encoding="{encoding}"?>' + sheet_of(one_cell("A1", "1"))
    with pytest.raises(Refusal) as refused:
        read_ledger(zipped(tmp_path / "ledger.xlsx", parts(sheet)))
    assert refused.value.code == "F-TYPE"


@pytest.mark.parametrize("above", ["x" * 5_000, "../CN", "/etc", "..", "CN/../530111", "[1, 2]"])
def test_only_a_folder_by_its_plain_name_stands_above_another(above: str) -> None:
    jurisdiction = seeds.JURISDICTION.replace("'530111'", above)
    assert outcome(TARGETS["parameters"], b"\x02" + jurisdiction.encode()) == "JURISDICTION-UNKNOWN"
