"""Chance (随机): seeded draws that come out the same on every machine and version.

Everything rests on `Random.random`, whose sequence Python guarantees for a seed.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Chance:
    """Draws that follow from a seed and a path, so that each household has its own."""

    def __init__(self, seed: int, *path: int | str) -> None:
        """Begin the sequence of `seed` at `path`."""
        text = "/".join(str(step) for step in (seed, *path))
        self._draw = Random(text).random  # noqa: S311 - made-up people, not secrets

    def one_in(self, many: int) -> bool:
        """Happens once in so many times."""
        return self._draw() * many < 1

    def percent(self, share: int) -> bool:
        """Happens so many times in a hundred."""
        return self._draw() * 100 < share

    def between(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`, both included, each as likely."""
        return first + int(self._draw() * (last - first + 1))

    def steps(self, first: int, last: int, step: int) -> int:
        """A number from `first` to `last` in steps, each as likely."""
        return first + step * self.between(0, (last - first) // step)

    def pick(self, things: Sequence[T]) -> T:
        """One of the things, each as likely."""
        return things[int(self._draw() * len(things))]

    def weighed(self, things: Sequence[tuple[T, int]]) -> T:
        """One of the things, each as likely as its weight says."""
        left = int(self._draw() * sum(weight for _, weight in things))
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        raise AssertionError("a draw is below the sum of the weights")

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """So many of the things, in the order in which they stood."""
        left = list(range(len(things)))
        chosen = [left.pop(int(self._draw() * len(left))) for _ in range(count)]
        return [things[index] for index in sorted(chosen)]

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))
