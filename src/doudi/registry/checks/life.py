"""Statements against the life of a person: nothing before birth, nothing new after death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Fault
from doudi.registry.models import Death, Emergency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from doudi.registry.kinds import Kind
    from doudi.registry.statements import Statement

_EVENTS = (Death, Emergency)
"""What happens on a day, which therefore has come; other facts may be known beforehand."""


def faults_of_life(
    kind: Kind,
    statements: Sequence[Statement],
    born: Mapping[int, date],
    died: Mapping[int, date],
    today: date,
) -> Iterator[Fault]:
    """What contradicts the birth and death of those whom the statements are about.

    `born` and `died` hold days by person. A death may be recorded although later facts stand:
    that payments stop matters more than tidiness, and those facts count for nothing after it.
    """
    of_person = kind.owner == "person_id"
    for statement in statements:
        if kind.model in _EVENTS and statement.valid_from > today:
            yield statement.fault(
                "DATE-FUTURE",
                N_("{day} 还没有到，请核对日期"),
                "valid_from",
                day=statement.valid_from,
            )
        if of_person and statement.owner in born:
            yield from _before_birth(kind, statement, born[statement.owner])
        if of_person and kind.model is not Death and statement.owner in died:
            yield from _after_death(statement, died[statement.owner])


def _before_birth(kind: Kind, statement: Statement, birth: date) -> Iterator[Fault]:
    if statement.valid_from < birth:
        message = (
            N_("死亡日期 {day} 早于出生日期 {birth}，请核对")
            if kind.model is Death
            else N_("开始日 {day} 早于出生日期 {birth}，请核对")
        )
        yield statement.fault(
            "DATE-ORDER", message, "valid_from", day=statement.valid_from, birth=birth
        )


def _after_death(statement: Statement, death: date) -> Iterator[Fault]:
    if statement.valid_from > death:
        yield statement.fault(
            "PER-DEAD",
            N_("此人已于 {death} 死亡，不能再登记 {day} 起的情况，请核对"),
            "valid_from",
            death=death,
            day=statement.valid_from,
        )
