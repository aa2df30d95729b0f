"""Facts of many households in blocks: small arrays stay near the processor, and memory bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.policy.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 100_000
"""Persons in a block; fewer than two blocks are not divided."""


def blocks(facts: Facts, size: int = BLOCK) -> Iterator[Facts]:
    """The facts of some households at a time, in order, whole where members lie scattered.

    A household is never divided: what one is due depends on no other household.
    """
    persons = len(facts.household)
    ordered = bool(np.all(facts.household[1:] >= facts.household[:-1]))
    if persons < size + size or not ordered:
        yield facts
        return
    first = 0
    while first < facts.households:
        row = int(np.searchsorted(facts.household, first))
        last_row = min(row + size, persons - 1)
        last = max(int(facts.household[last_row]), first + 1)
        if row + size >= persons:
            last = facts.households
        yield part(facts, first, last)
        first = last


def part(facts: Facts, first: int, last: int) -> Facts:
    """The households from `first` to before `last`, of facts ordered by household."""
    rows = slice(
        int(np.searchsorted(facts.household, first)), int(np.searchsorted(facts.household, last))
    )
    mine = (facts.supporters.person >= rows.start) & (facts.supporters.person < rows.stop)
    places = np.arange(len(facts.household), dtype=np.int64) - rows.start
    return Facts(
        household=facts.household[rows] - first,
        households=last - first,
        persons={name: column[rows] for name, column in facts.persons.items()},
        of_households={name: column[first:last] for name, column in facts.of_households.items()},
        supporters=facts.supporters.of(mine, places),
    )
