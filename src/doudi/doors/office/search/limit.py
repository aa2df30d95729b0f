"""How often one officer may search: numbers are not to be tried out one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from doudi.doors.office.sight import Sight

A_MINUTE = 40
_KEPT = 120
"""Seconds that a minute's count is kept."""


def count_search(sight: Sight) -> None:
    """Count one search of this officer; refuses SEARCH-MANY beyond so many in one minute."""
    key = f"search:{sight.officer.pk}:{sight.at:%Y%m%d%H%M}"
    cache.add(key, 0, _KEPT)
    if cache.incr(key) > A_MINUTE:
        raise Refusal(
            "SEARCH-MANY",
            N_("一分钟内查询已超过 {most} 次，请稍等一分钟再查"),
            most=A_MINUTE,
        )
