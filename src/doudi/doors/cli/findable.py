"""The words that persons are found by, made where they lack: after an upgrade, a change of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.doors.cli.context import progress
from doudi.kernel.refusals import N_
from doudi.registry.actions import make_findable
from doudi.registry.queries import persons_to_make_findable

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer


def make_all_findable(*, actor: Officer, at: datetime) -> None:
    """Make all words that lack, block by block; stopped and begun again it goes on."""
    total = persons_to_make_findable(0).count()
    done = after = 0
    while done < total and (made := make_findable(after=after, actor=actor, at=at)):
        done, after = done + made.persons, made.last
        progress(N_("检索词：已建 {done} / {total} 人"), done=done, total=total)
