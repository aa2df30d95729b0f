"""Which rules apply where (适用规则): the parameter folder of an area, from the nearest above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from doudi.access.queries import jurisdiction_of
from doudi.policy import Rules, load_rules
from doudi.policy.known import STREET
from doudi.policy.missing import Missing, facts_missing, flag
from doudi.policy.words import Words

if TYPE_CHECKING:
    from doudi.access.models import Area
    from doudi.kernel.months import Month
    from doudi.policy.values import Plain

_DISTRICT_DIGITS = 6
_PARTS_OF_A_PERMILLE = 10
"""A share is kept in ten-thousandths."""
MEMBERSHIP = "membership"
"""What is missing where an award's person is a member of no household of the area."""


def rules_of(area: Area) -> Rules:
    """The rules of the jurisdiction that applies to an area; raises Refusal JURISDICTION."""
    folders = tuple(settings.PARAMETER_FOLDERS)
    return load_rules(jurisdiction_of(area), folders=folders)


def district_of(area: Area) -> int:
    """The six-digit code of the district that an area lies in; shorter codes as they are."""
    return int(area.code[:_DISTRICT_DIGITS])


def values_in_force(rules: Rules, month: Month) -> dict[str, Plain | None]:
    """Every parameter's value in a month by its path; None where nobody has found one."""
    return {path: parameter.plain(month.first) for path, parameter in rules.parameters.items()}


def recovery_permille(rules: Rules, month: Month) -> int | None:
    """The most, in thousandths of a month's payment, that recoveries may take; None: nothing.

    As the policy in force says; where nobody has found one, nothing is taken.
    """
    share = rules.plain("recovery.share", month.first)
    return None if share is None else int(str(share)) // _PARTS_OF_A_PERMILLE


def named(key: str, rules: Rules) -> Missing:
    """What a key of an open question stands for, and who can supply it."""
    if key == MEMBERSHIP:
        home = Words("所在的家庭（成员关系）", "the household that the person is a member of")
        return Missing(key, home, STREET)
    if key in rules.parameters:
        parameter = rules.parameters[key]
        return Missing(key, parameter.title, parameter.supplier, parameter=True)
    return facts_missing(flag(key))[0]
