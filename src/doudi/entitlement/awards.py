"""Awards in force as columns, laid beside the households and persons of a month's facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from doudi.entitlement.models import OF_HOUSEHOLDS
from doudi.kernel.vocabulary import Programme

if TYPE_CHECKING:
    from doudi.registry.queries import Facts as Circumstances

NOBODY = -1
"""Where an award has no place among the facts: its person is not a member this month."""


@dataclass(frozen=True, slots=True, eq=False)
class AwardColumns:
    """The awards in force in a month, one a row.

    `programme` is a place in `Programme`; `household` and `person` are places among the facts,
    `NOBODY` where there is none; `is_due` is false for a month before `due_from`. The columns
    of the taper are 0 where none was decided; `taper_from` counts months since year 0, and
    `taper_decided` is the day as a number, 20220203.
    """

    id: NDArray[np.int64]
    programme: NDArray[np.int64]
    household: NDArray[np.int64]
    person: NDArray[np.int64]
    is_due: NDArray[np.bool_]
    taper_from: NDArray[np.int64]
    taper_months: NDArray[np.int64]
    taper_decided: NDArray[np.int64]
    households: int
    persons: int

    def of(self, programme: Programme) -> NDArray[np.int64]:
        """The rows of one programme."""
        return np.flatnonzero(self.programme == list(Programme).index(programme))

    def households_holding(self, programme: Programme) -> NDArray[np.bool_]:
        """For each household whether it holds a household's award of a programme."""
        holding = np.zeros(self.households, dtype=bool)
        if programme in OF_HOUSEHOLDS:
            holding[self.household[self.of(programme)]] = True
        return holding

    def persons_holding(self, programme: Programme) -> NDArray[np.bool_]:
        """For each person whether they hold an award of a programme of their own."""
        holding = np.zeros(self.persons, dtype=bool)
        rows = self.of(programme)
        holding[self.person[rows][self.person[rows] != NOBODY]] = True
        return holding


def places(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each wanted id among ids; `NOBODY` where it is not there."""
    if len(ids) == 0:
        return np.full(len(wanted), NOBODY, dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    spots = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    found = order[spots]
    return np.where(ids[found] == wanted, found, NOBODY)


def laid_out(table: NDArray[np.int64], known: Circumstances) -> AwardColumns:
    """The awards of a table (`queries.award_table`) whose household is among the facts."""
    household = places(known.households.id, table[:, 2])
    here = household != NOBODY
    table, household = table[here], household[here]
    return AwardColumns(
        id=table[:, 0],
        programme=table[:, 1],
        household=household,
        person=places(known.persons.id, table[:, 3]),
        is_due=table[:, 4] == 1,
        taper_from=table[:, 5],
        taper_months=table[:, 6],
        taper_decided=table[:, 7],
        households=len(known.households.id),
        persons=len(known.persons.id),
    )
