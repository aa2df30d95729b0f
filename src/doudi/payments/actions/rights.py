"""Who may take which step of a run (权限): by role in the run's area, and never twice the same.

Drafting is for those who work on cases; checking for who investigates or approves; approving for
who approves; seal, bank file and return file for the cashier. That it be four people holds in
the database as well: whoever could do all alone could pay himself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.access.queries import may
from doudi.kernel.refusals import N_, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Area, Officer, Role
    from doudi.payments.models import Run

_STEPS = {
    "drafted": N_("拟定"),
    "checked": N_("复核"),
    "approved": N_("批准"),
    "sealed": N_("封存"),
}


def require_one_of(roles: tuple[Role, ...], *, actor: Officer, area: Area, at: datetime) -> None:
    """Refuse NOT-ALLOWED unless the officer holds one of these roles in the area that day."""
    if not any(may(actor, role, area, localdate(at)) for role in roles):
        raise Refusal(
            "NOT-ALLOWED",
            N_("“{username}”在{area}没有“{role}”岗位，请由有此岗位的人员办理"),
            username=actor.username,
            area=area.name,
            role=tuple(roles),
        )


def require_new_hand(run: Run, *, actor: Officer) -> None:
    """Refuse RUN-SAME who has already taken one of the four steps of this run."""
    for step, word in _STEPS.items():
        if getattr(run, f"{step}_by_id") == actor.pk:
            raise Refusal(
                "RUN-SAME",
                N_("“{username}”已办理批次 {run} 的“{step}”，这一步须由另一人办理"),
                username=actor.username,
                run=run.number,
                step=word,
            )
