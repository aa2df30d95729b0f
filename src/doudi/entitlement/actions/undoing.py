"""An import undone, unless a month was already worked out on what it stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.bulk import only
from doudi.access.journal import deed
from doudi.entitlement.models import Award, Due, OpenQuestion
from doudi.kernel.refusals import N_, Refusal
from doudi.registry import actions as registry

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.actions import Undone


def undo_import(number: int, *, actor: Officer, at: datetime, why: str) -> Undone:
    """Undo the import that the deed `number` was, as one act.

    Raises Refusal UNDO-DUE where a month of the households was worked out since, and whatever
    the registry refuses.
    """
    with deed(actor=actor, act="undo_import", why=why, at=at):
        undone = registry.undo_import(number, actor=actor, at=at, why=why)
        awards = only(Award.objects.all(), "household", sorted(undone.households))
        for table in (Due, OpenQuestion):
            since = table._default_manager.filter(  # noqa: SLF001 - Django's API
                determined_at__gt=undone.imported_at, award__in=awards
            )
            if since.exists():
                raise Refusal(
                    "UNDO-DUE",
                    N_("导入以后已经核定过这些户的应发，不能整体撤销；请逐项更正，差额会自行补扣"),
                )
    return undone
