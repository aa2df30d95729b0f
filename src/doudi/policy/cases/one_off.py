"""What befell a household, and who died, in a case file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doudi.policy.cases.node import Node, if_given
from doudi.policy.facts import MAX_MEMBERS
from doudi.policy.logic import NO, UNKNOWN, YES

if TYPE_CHECKING:
    from doudi.policy.cases.household import Household
    from doudi.policy.rules import Rules

MOST_MONTHS = 120
_KIND = re.compile(r"[a-z][a-z_]*")
_AREA = re.compile(r"[0-9]{2,12}")


def read_event(node: Node, household: Household) -> None:
    """Something befell the household, for temporary assistance."""
    entries = node.keys("emergency own_costs grants_months_this_year",
                        "kind persons_assisted months")  # fmt: skip
    kind = entries["kind"]
    if not kind.unknown and not _KIND.fullmatch(kind.text()):
        raise kind.refuse("YAML-TEXT")
    household.own.update(
        event=int(YES),
        event_emergency=if_given(entries, "emergency", Node.truth, int(NO)),
        event_own_costs=if_given(entries, "own_costs", Node.fen, 0),
        event_grants_months=if_given(
            entries, "grants_months_this_year", lambda one: one.count(0, MOST_MONTHS), 0
        ),
        event_persons=entries["persons_assisted"].count(1, MAX_MEMBERS),
        event_months=entries["months"].count(1, MOST_MONTHS),
    )


def read_deceased(node: Node, household: Household, rules: Rules) -> int:
    """Who died, for the funeral subsidy: the member's place."""
    entries = node.keys("cremated", "member registration")
    key = entries["member"].text()
    if key not in household.ids:
        raise entries["member"].refuse("CASE-NOBODY", found=key)
    place = household.ids.index(key)
    registration = entries["registration"]
    if registration.unknown:
        here = UNKNOWN
    elif not _AREA.fullmatch(registration.text()):
        raise registration.refuse("YAML-TEXT")
    else:
        here = YES if rules.covers(registration.text()) else NO
    household.members[place].update(
        deceased=int(YES),
        registered_here=int(here),
        cremated=if_given(entries, "cremated", Node.truth, int(NO)),
    )
    return place
