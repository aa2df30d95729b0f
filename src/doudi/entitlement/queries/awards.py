"""Awards as decided and as known on a moment: from which month, to which, tapered or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q

from doudi.access.bulk import only
from doudi.entitlement.models import ONE_OFF, Award, Stop, Taper
from doudi.kernel.months import Month


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


def awards_of_subjects(households: Sequence[int]) -> list[KnownAward]:
    """All awards of these households and their persons, now and before, as believed now."""
    awards = only(Award.objects.all(), "household", households)
    return _with_decisions(awards, None)


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


def _with_decisions(
    awards: models.QuerySet[Award], known_at: datetime | None
) -> list[KnownAward]:
    """Each award with the stop and taper believed at a moment, or now; three statements."""
    found = list(awards.order_by("pk"))
    ids = [award.pk for award in found]
    stops = _believed(Stop, ids, known_at)
    tapers = _believed(Taper, ids, known_at)
    return [KnownAward(award, stops.get(award.pk), tapers.get(award.pk)) for award in found]


def _believed(model: type[D], ids: Sequence[int], known_at: datetime | None) -> dict[int, D]:
    """The decision standing for each award at a moment, or now."""
    rows = only(model._default_manager.all(), "award", ids)  # noqa: SLF001 - Django's API
    if known_at is None:
        rows = rows.filter(superseded_at=None)
    else:
        rows = rows.filter(recorded_at__lte=known_at).filter(
            Q(superseded_at=None) | Q(superseded_at__gt=known_at)
        )
    return {row.award_id: row for row in rows}
