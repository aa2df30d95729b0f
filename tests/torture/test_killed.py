"""Killed at any moment and begun again: the office equals its twin that nothing happened to.

`make torture N=500` does the same without end. A trial that finds something is repeated by its
seed: `make torture N=1 ACT=settle SEED=7`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.torture.conftest import Ask

pytestmark = pytest.mark.database

TRIALS = {"import": 4, "run": 4, "seal": 6, "export": 6, "settle": 6, "rotate": 4, "backup": 3}
"""How many of each act: with both databases, and who is killed twice, well over forty deaths."""


@pytest.mark.parametrize("act", TRIALS)
def test_who_is_killed_begins_again_and_all_is_as_if_nothing_had_happened(
    act: str, torturer: Ask
) -> None:
    trials = [trial for seed in range(TRIALS[act]) for trial in torturer(kill=act, seed=seed)]
    assert [trial for trial in trials if trial["faults"]] == []
    # A death planned for a time may come after the end, where the machine is quick just then.
    assert sum(trial["deaths"] for trial in trials) >= TRIALS[act] // 2


@pytest.mark.parametrize("act", ["import", "export"])
def test_a_command_killed_as_it_is_typed_leaves_nothing_half_done(act: str, torturer: Ask) -> None:
    (trial,) = torturer(typed=act, seed=1)
    assert trial["faults"] == []


@pytest.mark.parametrize("act", ["settle", "export", "rotate"])
def test_a_product_that_is_wrong_on_purpose_is_found_out(act: str, torturer: Ask) -> None:
    for seed in range(20):
        (trial,) = torturer(kill=act, seed=seed, wrong=True)
        if trial["faults"]:
            return
    pytest.fail("nothing was found in a product that is wrong")
