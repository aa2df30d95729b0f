"""Whatever a file holds, its reader reads it or refuses it in a sentence: nothing else happens.

The readers are those of `make fuzz`, which looks for longer and lets coverage lead it.
"""

from __future__ import annotations

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.fuzz import seeds
from scripts.fuzz.targets import READ, TARGETS, outcome
from tests.hostile.mutants import XML, mutant, mutant_workbook

PLAIN = ["table", "cells", "return_file", "case", "reform", "parameters", "words"]
SEEDS = {name: list(TARGETS[name].seeds()) for name in PLAIN}
WORKBOOK = seeds.small_workbook()


@pytest.mark.parametrize("name", PLAIN)
def test_the_good_files_to_begin_from_are_good(name: str) -> None:
    """Else the mutants of them would be refused at the first look, and prove little."""
    if name not in ("table", "cells", "words"):
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
