"""A month as worked out, in columns: what each award comes to, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Word
from doudi.policy.determine import QUESTIONS


class Reason(Word):
    """Why an award is due what it is due (应发原因)."""

    HOLDS = "holds", N_("符合条件")
    HOLDS_NOT = "holds_not", N_("按已确认的情况不符合条件")
    TAPERS = "tapers", N_("渐退期")
    ENDED = "ended", N_("待遇已停发")


REASONS = tuple(Reason)
TAPER = "taper"
"""The kind of part that a tapering award consists of."""
KINDS = tuple(sorted({TAPER, *(kind for each in QUESTIONS.values() for kind in each.components)}))
"""Every kind of part that an amount is made of (应发构成)."""


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """What a month came to, one row an award; amounts in fen.

    `reason` is a place in `REASONS`; `components` has a column for each part of an amount.
    `open_award` are the awards that can't be determined, `missing` what each lacks, by key.
    `households` are the ids of the households that were looked at: all that hold an award.
    """

    households: NDArray[np.int64]
    award: NDArray[np.int64]
    amount: NDArray[np.int64]
    members: NDArray[np.int64]
    reason: NDArray[np.int64]
    components: Mapping[str, NDArray[np.int64]]
    open_award: NDArray[np.int64]
    missing: list[list[str]]
