"""Awards as decided and as known on a moment: from which month, to which, tapered or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from django.db import connection, models
from django.db.models import Q

from doudi.access.bulk import among, only
from doudi.access.bulk_reads import read_columns
from doudi.entitlement.models import ONE_OFF, Award, Stop, Taper
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class KnownAward:
    """An award with the stop and the taper that stand for it."""

    award: Award
    stop: Stop | None
    taper: Taper | None

    @property
    def id(self) -> int:
        """The award's key."""
        return int(self.award.pk)

    def span(self) -> tuple[Month, Month | None]:
        """Its first month, and its last one if it ends."""
        first = Month(self.award.first_month)
        if self.award.programme in ONE_OFF:
            return first, first
        return first, Month(self.stop.last_month) if self.stop else None

    def holds_in(self, month: Month) -> bool:
        """Whether the person or household holds it in a month."""
        first, last = self.span()
        return first <= month and (last is None or month <= last)


D = TypeVar("D", Stop, Taper)


def awards_numbered(numbers: Sequence[str]) -> dict[str, KnownAward]:
    """The awards with these numbers, with what is believed of them now."""
    awards = only(Award.objects.all(), "number", numbers)
    return {known.award.number: known for known in _with_decisions(awards, None)}


def awards_by_id(ids: Sequence[int]) -> list[Award]:
    """The awards with these ids, each with its household; one statement."""
    return list(only(Award.objects.select_related("household"), "id", ids))


def payees_of(awards: Sequence[int]) -> list[tuple[int, str, int, int, str]]:
    """Of each of these awards its id, number, household, payee and the payee's name.

    One statement.
    """
    rows = only(Award.objects.all(), "id", awards)
    return list(rows.values_list("pk", "number", "household_id", "payee_id", "payee__name"))


def awards_of_subjects(
    households: Sequence[int], known_at: datetime | None = None
) -> list[KnownAward]:
    """All awards of these households and their persons, as believed now or known at a moment."""
    awards = only(Award.objects.all(), "household", households)
    if known_at is not None:
        awards = awards.filter(recorded_at__lte=known_at)
    return _with_decisions(awards, known_at)


def awards_of_person(person: int) -> list[KnownAward]:
    """The awards in a person's own name, as believed now."""
    return _with_decisions(Award.objects.filter(person_id=person), None)


def awards_in_force(
    households: Sequence[int], month: Month, known_at: datetime
) -> list[KnownAward]:
    """The awards of these households that hold in a month, as known at a moment.

    An award is in force from its first month; it is due only from `due_from`.
    """
    awards = only(Award.objects.all(), "household", households).filter(
        recorded_at__lte=known_at, first_month__lte=month
    )
    return [known for known in _with_decisions(awards, known_at) if known.holds_in(month)]


_COLUMNS = (
    'a."id"',
    'CASE a."programme" {programmes} END',
    'a."household_id"',
    'COALESCE(a."person_id", -1)',
    'CASE WHEN a."due_from" <= %(month)s THEN 1 ELSE 0 END',
    (
        'COALESCE(CAST(substr(t."from_month", 1, 4) AS INTEGER) * 12'
        ' + CAST(substr(t."from_month", 6, 2) AS INTEGER), 0)'
    ),
    'COALESCE(t."months", 0)',
    "COALESCE(CAST(replace(CAST(t.\"decided_on\" AS VARCHAR(10)), '-', '') AS INTEGER), 0)",
)
_REST = """
FROM entitlement_award a
LEFT JOIN entitlement_stop s ON s."award_id" = a."id" AND {stop_believed}
LEFT JOIN entitlement_taper t ON t."award_id" = a."id" AND {taper_believed}
WHERE a."recorded_at" <= %(known_at)s AND a."first_month" <= %(month)s
  AND (s."last_month" IS NULL OR s."last_month" >= %(month)s)
  AND (a."programme" NOT IN ({one_off}) OR a."first_month" = %(month)s)
  {of_households}
"""
_BELIEVED = (
    '{0}."recorded_at" <= %(known_at)s'
    ' AND ({0}."superseded_at" IS NULL OR {0}."superseded_at" > %(known_at)s)'
)


def award_table(month: Month, known_at: datetime, households: Ints | None = None) -> Ints:
    """The awards in force in a month as known at a moment, as whole numbers, one a row, by id.

    Columns: id, place in `Programme`, household, person or -1, whether due this month, the
    taper's first month in months since year 0, its length, the day of its decision as 20220203,
    each 0 where there is none. Of these households alone, if any are given. One statement.
    """
    parameters: dict[str, Any] = {
        "month": str(month),
        "known_at": connection.ops.adapt_datetimefield_value(known_at),
    }
    of_households = ""
    if households is not None:
        is_among, parameters["households"] = among(households.tolist())
        of_households = f'AND a."household_id" {is_among.replace("%s", "%(households)s")}'
    columns = read_columns(
        [
            each.format(
                programmes=" ".join(f"WHEN '{p.value}' THEN {i}" for i, p in enumerate(Programme))
            )
            for each in _COLUMNS
        ],
        _REST.format(
            one_off=", ".join(f"'{p.value}'" for p in ONE_OFF),
            stop_believed=_BELIEVED.format("s"),
            taper_believed=_BELIEVED.format("t"),
            of_households=of_households,
        ),
        parameters,
    )
    table = np.stack(columns, axis=1)
    return table[np.argsort(table[:, 0], kind="stable")]


def subjects() -> tuple[Ints, Ints]:
    """The households and the persons that any award was ever decided for, by id; one statement."""
    households, persons = read_columns(
        ['"household_id"', 'COALESCE("person_id", -1)'], "FROM entitlement_award"
    )
    return np.unique(households), np.unique(persons[persons >= 0])


def _with_decisions(awards: models.QuerySet[Award], known_at: datetime | None) -> list[KnownAward]:
    """Each award with the stop and taper believed at a moment, or now; three statements."""
    found = list(awards.select_related("recorded_by").order_by("pk"))
    ids = [award.pk for award in found]
    stops = _believed(Stop, ids, known_at)
    tapers = _believed(Taper, ids, known_at)
    return [KnownAward(award, stops.get(award.pk), tapers.get(award.pk)) for award in found]


def _believed(model: type[D], ids: Sequence[int], known_at: datetime | None) -> dict[int, D]:
    """The decision standing for each award at a moment, or now."""
    rows = only(
        model._default_manager.select_related("recorded_by"),  # noqa: SLF001 - Django's API
        "award",
        ids,
    )
    if known_at is None:
        rows = rows.filter(superseded_at=None)
    else:
        rows = rows.filter(recorded_at__lte=known_at).filter(
            Q(superseded_at=None) | Q(superseded_at__gt=known_at)
        )
    return {row.award_id: row for row in rows}
