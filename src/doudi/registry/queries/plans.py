"""Reads of support plans: the version that stands, and those before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.registry.models import SupportPlan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from doudi.registry.models import Household


def plans_of(household: Household) -> QuerySet[SupportPlan]:
    """Every version of a household's plan with its measures, the latest first; two statements."""
    rows = SupportPlan.objects.filter(household=household).select_related("made_by")
    return rows.prefetch_related("measures").order_by("-version")


def plan_of(household: Household) -> SupportPlan | None:
    """The version that stands; None where no plan was ever made."""
    return plans_of(household).filter(superseded_at=None).first()
