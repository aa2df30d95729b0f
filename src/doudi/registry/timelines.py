"""Timelines (时间线): on which days two beliefs about one key differ. Pure.

Before and after some news, a key has a few facts each; within either, no two share a day. What
changed are the days on which the one says something that the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from doudi.kernel.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of some days: the values, compared as a whole."""

    span: Span
    values: tuple[object, ...]


def changed(before: Sequence[Said], after: Sequence[Said]) -> list[Said]:
    """What is said on one side alone: the facts of both, less the days they have in common."""
    if not before or not after:
        return [*before, *after]
    return [
        Said(span, said.values)
        for mine, others in ((before, after), (after, before))
        for said in mine
        for span in _less(said, others)
    ]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as spans that neither overlap nor touch, in order."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda each: each.first):
        before = whole[-1] if whole else None
        if before is None or not (before.overlaps(span) or before.meets(span)):
            whole.append(span)
        elif before.last is not None and (span.last is None or span.last > before.last):
            whole[-1] = Span(before.first, span.last)
    return whole


def _less(said: Said, others: Sequence[Said]) -> list[Span]:
    """The days of a fact on which none of the others says the same."""
    left = [said.span]
    for other in others:
        if other.values == said.values:
            left = [piece for span in left for piece in _without(span, other.span)]
    return left


def _without(span: Span, taken: Span) -> list[Span]:
    """What is left of a span when the days of another are taken out of it."""
    if not span.overlaps(taken):
        return [span]
    pieces = []
    if span.first < taken.first:
        pieces.append(Span(span.first, taken.first - _DAY))
    if taken.last is not None and (span.last is None or taken.last < span.last):
        pieces.append(Span(taken.last + _DAY, span.last))
    return pieces
