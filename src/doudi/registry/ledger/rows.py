"""Rows of a ledger that belong to a room above: read here, handed on by the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme


@dataclass(frozen=True, slots=True)
class AwardRow:
    """A row of the sheet 待遇: one award with its decision, and its stop or taper if any.

    `row` is the row in the sheet; `person_number` is empty for a household's award; `due_from`
    is None where the office answers for it from its first month on.
    """

    row: int
    number: str
    programme: Programme
    household_number: str
    person_number: str
    payee_number: str
    applied_on: date
    decided_on: date
    decided_by: str
    due_from: Month | None = None
    last_month: Month | None = None
    stopped_on: date | None = None
    stop_reason: str = ""
    taper_from: Month | None = None
    taper_months: int = 0
    taper_decided_on: date | None = None
    source: str = ""
