"""Which roles take which step of a run: named once, for whoever asks before and after."""

from __future__ import annotations

from doudi.access.models import Role

DRAFTING = (Role.COUNTER_CLERK, Role.INVESTIGATOR)
CHECKING = (Role.INVESTIGATOR, Role.APPROVER)
APPROVING = (Role.APPROVER,)
HANDLING = (Role.CASHIER,)
SENDING_BACK = (Role.COUNTER_CLERK, Role.INVESTIGATOR, Role.APPROVER, Role.CASHIER)
