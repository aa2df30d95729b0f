"""The search (求解): circumstances whose amounts come to a total, tried in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ATTEMPTS = 20_000
"""After so many attempts the total is given up as out of reach."""


class OutOfReach(Exception):  # noqa: N818 - a statement about the figures, not a fault
    """No circumstances of the kind that were tried give the total."""


def first_that_fits(attempt: Callable[[int], int | None]) -> int:
    """What the first attempt that fits leaves as its rest; `attempt` answers None if none does.

    Attempts are numbered from 0; the one that fitted was the last to be made.
    """
    for number in range(ATTEMPTS):
        rest = attempt(number)
        if rest is not None:
            return rest
    raise OutOfReach(f"nothing in {ATTEMPTS} attempts")


def even_rest(total: int, target: int, months: int, least: int, most: int) -> int | None:
    """What one household must have a month for `total` to come down to `target`; None if odd.

    All in fen: the rest must divide evenly by the months and lie between `least` and `most`.
    """
    monthly, odd = divmod(total - target, months)
    return monthly if not odd and least <= monthly <= most else None


@dataclass(frozen=True, slots=True)
class Mix:
    """So many persons at each amount for every month, beside what the others came to."""

    counts: tuple[int, ...]

    def total(self, amounts: Sequence[int]) -> int:
        """What a month of the mix comes to."""
        return sum(number * amount for number, amount in zip(self.counts, amounts, strict=True))


def mixes(persons: int, kinds: int, most: Sequence[int]) -> Iterator[Mix]:
    """Every way to spread persons over kinds, at most `most` of each."""
    if kinds == 1:
        if persons <= most[0]:
            yield Mix((persons,))
        return
    for number in range(min(persons, most[0]), -1, -1):
        for rest in mixes(persons - number, kinds - 1, most[1:]):
            yield Mix((number, *rest.counts))


@dataclass(frozen=True, slots=True)
class Grades:
    """How many persons have the higher amount all the time, and one for the last months only."""

    always: int
    months_of_one: int


def spread_over_grades(rest: int, step: int, months: int) -> Grades:
    """Spread a rest over persons of the higher grade, each of them worth `step` a month.

    Raises OutOfReach when the rest is negative or no whole number of steps.
    """
    steps, odd = divmod(rest, step)
    if odd or steps < 0:
        raise OutOfReach(f"{rest} is no whole number of steps of {step}")
    return Grades(*divmod(steps, months))
