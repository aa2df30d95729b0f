"""The funeral subsidy (基本殡葬服务费补助): for the district's dead without a state grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.policy.entities import PERSON
from doudi.policy.rule import amount, condition

if TYPE_CHECKING:
    from doudi.policy.amounts import Amount
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

GUIDANCE = "民政部关于全面推行惠民殡葬政策的指导意见（民发〔2012〕211号）"


@condition(PERSON, GUIDANCE, "中华人民共和国社会保险法 第四十九条")
def funeral(persons: Persons, law: Law) -> Truth:
    """Registered in the district, cremated, and without a funeral grant of the state."""
    del law
    local = persons.truth("registered_here") & persons.truth("cremated")
    return persons.truth("deceased") & local & ~persons.truth("state_funeral_grant")


@amount(PERSON, GUIDANCE)
def funeral_amount(persons: Persons, law: Law) -> Amount:
    """The sum set for the district, once, in fen."""
    return law.money("funeral.amount").only_if(persons.truth("funeral"))
