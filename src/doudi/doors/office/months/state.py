"""Where a run stands: its steps with who took them, and the next one with who may take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from doudi.access.models import Officer
from doudi.kernel.refusals import N_, filled
from doudi.payments import queries
from doudi.payments.models import Run, Stage
from doudi.payments.roles import APPROVING, CHECKING, DRAFTING, HANDLING, SENDING_BACK

if TYPE_CHECKING:
    from doudi.access.models import Area, Role
    from doudi.doors.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a run: what it is called, and who took it when; None while it waits."""

    label: str
    by: Officer | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Next:
    """The next act on a run: the name of its address, its word, and who may do it.

    `why_not` says why this officer may not; empty when he may.
    """

    name: str
    label: str
    why_not: str


@dataclass(frozen=True, slots=True)
class State:
    """A run with its sums, its steps and what may be done next."""

    run: Run
    stage: Stage
    sums: queries.Sums
    steps: Sequence[Step]
    next: Next | None
    may_send_back: bool
    may_cancel: bool
    may_handle: bool


_STEPS = (
    ("drafted", N_("拟定")),
    ("checked", N_("复核")),
    ("approved", N_("批准")),
    ("sealed", N_("封存")),
)
_NEXT = {
    Stage.DRAFTED: ("run-check", N_("复核通过"), CHECKING),
    Stage.CHECKED: ("run-approve", N_("批准"), APPROVING),
    Stage.APPROVED: ("run-seal", N_("封存"), HANDLING),
}


def states_of(runs: Sequence[Run], sight: Sight) -> list[State]:
    """Where each of these runs stands for an officer; three statements."""
    stages, sums = queries.stages_of(runs), queries.sums_of_each(runs)
    return [_state(run, stages[run.pk], sums[run.pk], sight) for run in runs]


def state_of(run: Run, sight: Sight) -> State:
    """Where a run stands for an officer."""
    return states_of([run], sight)[0]


def _state(run: Run, stage: Stage, sums: queries.Sums, sight: Sight) -> State:
    is_open = run.is_open
    back = sight.holds(SENDING_BACK, run.area)
    return State(
        run=run,
        stage=stage,
        sums=sums,
        steps=[
            Step(gettext(label), getattr(run, f"{step}_by"), getattr(run, f"{step}_at"))
            for step, label in _STEPS
        ],
        next=_next(run, sight),
        may_send_back=back and run.step in (Stage.CHECKED, Stage.APPROVED),
        may_cancel=back and is_open,
        may_handle=run.sealed_at is not None and sight.holds(HANDLING, run.area),
    )


def drafting_areas(sight: Sight) -> list[Area]:
    """The areas for which the officer may draft runs; none for who may not."""
    return [appointment.area for appointment in sight.appointments if appointment.role in DRAFTING]


def _next(run: Run, sight: Sight) -> Next | None:
    """The next act, if the run is open."""
    if not run.is_open:
        return None
    name, label, roles = _NEXT[run.step]
    return Next(name, gettext(label), _why_not(run, roles, sight))


def _why_not(run: Run, roles: tuple[Role, ...], sight: Sight) -> str:
    """Why the officer may not take the next step; empty when he may."""
    if not sight.holds(roles, run.area):
        message = N_("这一步由“{roles}”岗位办理")
        return filled(message, {"roles": roles}, gettext)
    taken = [run.drafted_by_id, run.checked_by_id, run.approved_by_id]
    if sight.officer.pk in taken:
        return gettext("您已办理过这一批的前面步骤，这一步须由另一人办理")
    return ""
