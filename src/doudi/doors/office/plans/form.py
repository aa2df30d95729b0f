"""The form of a plan: its goal, and as many measures as there are, with room for more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Refusal
from doudi.registry.actions import PlannedMeasure
from doudi.registry.models import MeasureState

if TYPE_CHECKING:
    from django.http import QueryDict

    from doudi.registry.models import SupportPlan

_EMPTY_ROWS = 2
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as it stands in the form: as it was typed, right or wrong."""

    what: str = ""
    owner: str = ""
    due_on: str = ""
    state: str = str(MeasureState.PLANNED)
    result: str = ""
    origin: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written in it."""
        return not (self.what.strip() or self.owner.strip() or self.result.strip())


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan as typed; `made_from` is the version that was on the page, 0 for none."""

    goal: str = ""
    why: str = ""
    made_from: int = 0
    rows: tuple[Row, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, plan: SupportPlan | None) -> PlanForm:
        """The form filled in with the version that stands, and room for more."""
        if plan is None:
            return cls(rows=(Row(),) * (_EMPTY_ROWS + 1))
        rows = tuple(
            Row(
                what=each.what,
                owner=each.owner,
                due_on=each.due_on.isoformat() if each.due_on else "",
                state=each.state,
                result=each.result,
                origin=str(each.pk),
            )
            for each in sorted(plan.measures.all(), key=lambda each: each.place)
        )
        return cls(plan.goal, "", plan.version, rows + (Row(),) * _EMPTY_ROWS)

    @classmethod
    def sent(cls, data: QueryDict) -> PlanForm:
        """The form as it was sent."""
        columns = [
            data.getlist(name)[:_MOST_ROWS]
            for name in ("what", "owner", "due_on", "state", "result", "origin")
        ]
        rows = tuple(Row(*values) for values in zip(*columns, strict=False))
        made_from = data.get("made_from", "")
        return cls(
            goal=data.get("goal", ""),
            why=data.get("why", ""),
            made_from=int(made_from) if made_from.isascii() and made_from.isdigit() else 0,
            rows=rows,
        )

    def with_more_rows(self) -> PlanForm:
        """The same with room for more measures."""
        rows = (self.rows + (Row(),) * _EMPTY_ROWS)[:_MOST_ROWS]
        return PlanForm(self.goal, self.why, self.made_from, rows)

    def measures(self) -> list[PlannedMeasure]:
        """The measures that were written; refuses DATE-FMT and PLAN-STATE, naming the row."""
        return [
            PlannedMeasure(
                what=row.what.strip(),
                owner=row.owner.strip(),
                due_on=_day(row.due_on, place),
                state=_state(row.state, place),
                result=row.result.strip(),
                origin=int(row.origin) if row.origin.isascii() and row.origin.isdigit() else None,
            )
            for place, row in enumerate(self.rows, start=1)
            if not row.is_empty
        ]


def _day(text: str, place: int) -> date | None:
    """The day that a measure is due."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "DATE-FMT",
            N_("第 {place} 项措施的期限“{text}”不是日期，请写成 2022-06-30 的样子"),
            place=place,
            text=text[:20],
        ) from None


def _state(text: str, place: int) -> MeasureState:
    """How far a measure has come."""
    state = MeasureState.labelled(text)
    if state is None:
        raise Refusal("PLAN-STATE", N_("第 {place} 项措施请选择进展"), place=place)
    return state
