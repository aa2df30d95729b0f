"""Money paid by standards that are in no document found (假定参数): a report says how much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import OuterRef, Subquery, Sum

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme
from doudi.policy import load_rules
from doudi.policy.values import Status
from doudi.warehouse.catalogue.lines import known_dues, paid_in_period

if TYPE_CHECKING:
    from doudi.policy import Rules
    from doudi.warehouse.catalogue import Scope

_DIBAO = ("dibao.standard", "dibao.standard_rural", "dibao.supplement", "dibao.minimum_share")
_STANDARDS: dict[Programme, tuple[str, ...]] = {
    Programme.DIBAO: _DIBAO,
    Programme.DIBAO_SINGLE: _DIBAO,
    Programme.TEKUN: (
        "tekun.base",
        "tekun.base_by_place",
        "tekun.base_multiple",
        "tekun.care",
        "dibao.standard",
    ),
    Programme.ORPHAN: ("orphan",),
    Programme.UNATTENDED: ("unattended.standard",),
    Programme.DISABILITY_LIVING: ("disability.living",),
    Programme.DISABILITY_CARE: ("disability.care",),
    Programme.TEMPORARY_ASSISTANCE: (
        "temporary_assistance.per_person_months",
        "temporary_assistance.cap_months",
        "dibao.standard",
    ),
    Programme.FUNERAL: ("funeral",),
}
"""The parameters that set a programme's amount, or families of them by the head of their path."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What was paid under a jurisdiction's assumed parameters, in fen, for which programmes."""

    jurisdiction: str
    programmes: tuple[Programme, ...]
    paid_fen: int


def paid_as_assumed(scope: Scope) -> list[Assumed]:
    """What was paid in the period by parameters that are only assumed, by jurisdiction.

    Each line goes by the month it is for and the jurisdiction that its due row was determined
    under. One statement; then the rules of each jurisdiction are read once.
    """
    due = known_dues(scope).filter(award=OuterRef("payment__award"), month=OuterRef("month"))
    sums = (
        paid_in_period(scope, tuple(Programme))
        .annotate(jurisdiction=Subquery(due.values("determination__jurisdiction")[:1]))
        .exclude(jurisdiction=None)
        .values_list("jurisdiction", "payment__award__programme", "month")
        .annotate(paid=Sum("amount_fen"))
        .order_by("jurisdiction", "payment__award__programme", "month")
    )
    found: dict[str, dict[Programme, int]] = defaultdict(lambda: defaultdict(int))
    for jurisdiction, code, month, paid in sums:
        programme = Programme(code)
        rules = load_rules(jurisdiction, folders=tuple(settings.PARAMETER_FOLDERS))
        if _rests_on_assumption(rules, programme, Month(month)):
            found[jurisdiction][programme] += paid
    return [
        Assumed(
            jurisdiction,
            tuple(programme for programme in Programme if programme in paid),
            sum(paid.values()),
        )
        for jurisdiction, paid in found.items()
    ]


def _rests_on_assumption(rules: Rules, programme: Programme, month: Month) -> bool:
    """Whether a standard of the programme, as in force in the month, is only assumed."""
    return any(
        (value := parameter.on(month.first)) is not None and value.status is Status.ASSUMED
        for path, parameter in rules.parameters.items()
        if any(path == family or path.startswith(f"{family}.") for family in _STANDARDS[programme])
    )
