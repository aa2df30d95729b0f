"""What households get (在享待遇): awards in force with what stands as due, many at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Q

from doudi.access.bulk import only
from doudi.entitlement.models import ONE_OFF, Award, Determination, Due, OpenQuestion, Stop
from doudi.entitlement.queries.awards import KnownAward, awards_in_force
from doudi.entitlement.queries.dues import due_table
from doudi.kernel.months import Month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Benefit:
    """An award in force in a month, and what stands as due for it; None while undetermined."""

    known: KnownAward
    due: Due | None
    is_open: bool

    @property
    def amount_fen(self) -> int | None:
        """What is due for the month, in fen."""
        return None if self.due is None else self.due.amount_fen


def last_determined_month() -> Month | None:
    """The last month that was worked out anywhere; None before the first determination.

    Asked of the workings-out, which are few; no index leads to the last month of the due rows.
    """
    last = Determination.objects.aggregate(last=Max("month"))["last"]
    return Month(last) if last else None


def benefits_of(
    households: Sequence[int], month: Month, known_at: datetime
) -> dict[int, list[Benefit]]:
    """The awards of each household in force in a month with what is due; a few statements."""
    known = awards_in_force(households, month, known_at)
    ids = [award.id for award in known]
    dues = {due.award_id: due for due in only(due_table().filter(month=month), "award", ids)}
    rows = only(OpenQuestion.objects.filter(month=month, superseded_at=None), "award", ids)
    questions = set(rows.values_list("award_id", flat=True))
    found: dict[int, list[Benefit]] = defaultdict(list)
    for award in known:
        benefit = Benefit(award, dues.get(award.id), award.id in questions)
        found[award.award.household_id].append(benefit)
    return dict(found)


def awards_held(programme: str, month: Month) -> QuerySet[Award]:
    """The awards that hold in a month as believed now: of a programme, or of any when empty."""
    stopped = Stop.objects.filter(award=OuterRef("pk"), superseded_at=None, last_month__lt=month)
    held = Award.objects.filter(
        Q(first_month=month) | ~Q(programme__in=[str(each) for each in ONE_OFF]),
        ~Exists(stopped),
        first_month__lte=month,
    )
    return held.filter(programme=programme) if programme else held


def dues_of_household(household: int) -> QuerySet[Due]:
    """Every standing due row of a household's awards, the latest month first."""
    rows = due_table().filter(award__household_id=household)
    return rows.select_related("award", "award__person").order_by("-month", "award__number")


def dues_of_person(person: int) -> QuerySet[Due]:
    """Every standing due row of the awards in a person's own name, the latest month first."""
    rows = due_table().filter(award__person_id=person)
    return rows.select_related("award").order_by("-month", "award__number")
