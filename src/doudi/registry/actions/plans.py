"""The support plan revised (制定、修订帮扶计划): a new version, the one before kept as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.text import refuse_invisible
from doudi.registry.actions.writing import take_turn
from doudi.registry.models import Measure, MeasureState, SupportPlan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.models import Household

MOST_MEASURES = 30
_LONGEST = {"goal": 500, "what": 200, "owner": 60, "result": 500}


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure as an officer writes it; `origin` is the id of the one that it goes on from."""

    what: str
    owner: str
    due_on: date | None = None
    state: MeasureState = MeasureState.PLANNED
    result: str = ""
    origin: int | None = None


def revise_plan(
    household: Household,
    *,
    goal: str,
    measures: Sequence[PlannedMeasure],
    made_from: int,
    actor: Officer,
    at: datetime,
    why: str,
) -> SupportPlan:
    """Make a household's plan, or a new version of it; answers the version.

    `made_from` is the version that the officer saw, 0 where there was none. Refuses PLAN-MOVED
    when another has been made since; PLAN-EMPTY for a goal, a measure or an owner without words,
    or no measure at all; PLAN-MANY; PLAN-RESULT for a measure done without its result; TXT-LEN.
    """
    _refuse_faults(goal, measures)
    with deed(actor=actor, act="revise_plan", why=why, at=at):
        take_turn()
        standing = SupportPlan.objects.filter(household=household, superseded_at=None).first()
        version = standing.version if standing else 0
        if version != made_from:
            raise Refusal(
                "PLAN-MOVED",
                N_("计划已由{by}修订为第 {version} 版，请先看新的一版再修订；您写的没有保存"),
                by=standing.made_by.name if standing else "",
                version=version,
            )
        if standing is not None:
            standing.superseded_at = at
            standing.save(update_fields=["superseded_at"])
        plan = SupportPlan.objects.create(
            household=household, version=version + 1, goal=goal, made_at=at, made_by=actor
        )
        known = set() if standing is None else set(standing.measures.values_list("pk", flat=True))
        for place, each in enumerate(measures, start=1):
            Measure.objects.create(
                plan=plan,
                origin_id=each.origin if each.origin in known else None,
                place=place,
                what=each.what,
                owner=each.owner,
                due_on=each.due_on,
                state=str(each.state),
                result=each.result,
            )
    return plan


def _refuse_faults(goal: str, measures: Sequence[PlannedMeasure]) -> None:
    """Refuse a plan that says too little or too much."""
    if not goal.strip() or not measures:
        raise Refusal("PLAN-EMPTY", N_("请写明帮扶目标，并至少写一项措施"))
    if len(measures) > MOST_MEASURES:
        raise Refusal("PLAN-MANY", N_("一份计划最多 {most} 项措施"), most=MOST_MEASURES)
    _refuse_text("goal", goal)
    for place, each in enumerate(measures, start=1):
        if not each.what.strip() or not each.owner.strip():
            raise Refusal("PLAN-EMPTY", N_("第 {place} 项措施请写明做什么、由谁负责"), place=place)
        if each.state is MeasureState.DONE and not each.result.strip():
            raise Refusal("PLAN-RESULT", N_("第 {place} 项措施已完成，请写明结果"), place=place)
        for name in ("what", "owner", "result"):
            _refuse_text(name, getattr(each, name))


def _refuse_text(name: str, text: str) -> None:
    """Refuse TXT-LEN, and what `refuse_invisible` refuses."""
    refuse_invisible(text)
    if len(text) > _LONGEST[name]:
        raise Refusal("TXT-LEN", N_("最多 {most} 字，现在 {count} 字"),
                      most=_LONGEST[name], count=len(text))  # fmt: skip
