"""Where and when a month was determined: what a replay works out again, and as known when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from doudi.entitlement.queries import determinations_of
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.entitlement.models import Determination


class ReplayScope(NamedTuple):
    """An area to be replayed, the whole determination that covers it, and as known when."""

    area: Area
    determination: Determination
    known_at: datetime


def replay_scopes(month: Month, area: Area | None, known_at: datetime | None) -> list[ReplayScope]:
    """Every area that a month was determined for by a moment, or the part of it that is asked.

    What was learnt after a month's last determination was not worked in, so that is as known
    when. One statement. Raises Refusal REPLAY-NONE.
    """
    rows = list(determinations_of(month, known_at))
    found = list(_scopes(rows, area))
    if not found:
        raise Refusal(
            "REPLAY-NONE",
            N_("{month} 在所问的区域和时刻以前没有核定过，先用 doudi run 核定"),
            month=month,
        )
    return found


def months_determined(area: Area | None) -> list[Month]:
    """Every month that was determined for an area, for one around it or one inside it."""
    rows = determinations_of().values_list("month", "area__path").distinct().order_by("month")
    return sorted({Month(month) for month, path in rows if area is None or _meet(area.path, path)})


def _scopes(rows: Sequence[Determination], area: Area | None) -> Iterator[ReplayScope]:
    """The outermost areas determined, or what they share with the area asked about."""
    whole = {row.area.path: row for row in rows if row.whole}
    for path, latest in sorted(whole.items()):
        inside_another = any(path != other and path.startswith(other) for other in whole)
        if inside_another or not (area is None or _meet(area.path, path)):
            continue
        place = latest.area if area is None or path.startswith(area.path) else area
        known_at = max(row.known_at for row in rows if row.area.path.startswith(path))
        yield ReplayScope(place, latest, known_at)


def _meet(path: str, other: str) -> bool:
    """Whether one of two areas lies in the other."""
    return path.startswith(other) or other.startswith(path)
