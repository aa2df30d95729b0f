"""Plans held against everything that must stay true: lives, households, the order of moments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.timezone import localdate, localtime

from doudi.kernel.refusals import N_, Fault, Severity
from doudi.registry.actions.writing import with_indexes
from doudi.registry.checks.households import Stay, faults_of_household
from doudi.registry.checks.life import faults_of_life
from doudi.registry.checks.shape import faults_of_shape
from doudi.registry.models import Death, Membership
from doudi.registry.planning import Belief, Manner, Plan, plan
from doudi.registry.queries.beliefs import (
    area_names_of,
    as_belief,
    believed,
    births,
    deaths,
    household_numbers,
    memberships_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from doudi.registry.kinds import Kind
    from doudi.registry.statements import Statement

PLACE = "household_id"


def checked_plan(
    kind: Kind,
    statements: Sequence[Statement],
    *,
    at: datetime,
    revise: bool = False,
    replacing: Belief | None = None,
) -> Plan:
    """What to write for the statements, with every fault found; a fixed number of statements.

    `replacing` is a believed fact that the statement takes the place of, whenever it began.
    """
    misshapen = {id(each): list(faults_of_shape(kind, each)) for each in statements}
    shapely = with_indexes(kind, [each for each in statements if not misshapen[id(each)]])
    beliefs = {
        row.pk: as_belief(kind, row)
        for row in believed(kind, list({statement.owner for statement in statements}))
    }
    if replacing is not None:
        del beliefs[replacing.row_id]
    made = plan(beliefs.values(), shapely, _manner(kind, revise=revise))
    if replacing is not None:
        made.close.append(replacing.row_id)
        beliefs[replacing.row_id] = replacing
    made.unplanned += [each for each in statements if misshapen[id(each)]]
    made.faults = [
        *(fault for faults in misshapen.values() for fault in faults),
        *_with_area_names(made.faults),
        *faults_of_change(kind, made, beliefs, at),
    ]
    made.faults.sort(key=lambda fault: fault.row)
    return made


def faults_of_change(
    kind: Kind, made: Plan, beliefs: Mapping[int, Belief], at: datetime
) -> Iterator[Fault]:
    """What would no longer be true once a plan is carried out."""
    for row_id in made.close:
        belief = beliefs[row_id]
        if at < belief.recorded_at:
            yield belief.statement.fault(
                "AT-ORDER",
                N_("这条记录登记于 {recorded}，不能在更早的时刻改动它"),
                recorded=f"{localtime(belief.recorded_at):%Y-%m-%d %H:%M}",
            )
    statements = [*made.state, *made.unplanned]
    owners = list({statement.owner for statement in statements})
    of_person = kind.owner == "person_id"
    yield from faults_of_life(
        kind,
        statements,
        births(owners) if of_person else {},
        deaths(owners) if of_person and kind.model is not Death else {},
        localdate(at),
    )
    if kind.model is Membership:
        yield from _faults_of_households(made, [beliefs[row_id] for row_id in made.close])


def errors(faults: Sequence[Fault]) -> list[Fault]:
    """The faults that can't be accepted."""
    return [fault for fault in faults if fault.severity is Severity.ERROR]


def _manner(kind: Kind, *, revise: bool) -> Manner:
    """How statements of a kind meet what is believed."""
    return Manner(
        key=kind.words,
        compared=kind.model.VALUES,
        revise=revise,
        once=kind.model is Death,
        place=PLACE if kind.model is Membership else "",
    )


def _with_area_names(faults: Sequence[Fault]) -> list[Fault]:
    """Of another household a clerk is told the area alone, by its name."""
    elsewhere = [int(str(fault.values["area"])) for fault in faults if fault.code == "HH-DUP"]
    if not elsewhere:
        return list(faults)
    names = area_names_of(elsewhere)
    return [
        replace(fault, values={**fault.values, "area": names.get(int(str(where)), "—")})
        if (where := fault.values.get("area")) is not None and fault.code == "HH-DUP"
        else fault
        for fault in faults
    ]


def _faults_of_households(made: Plan, closed: Sequence[Belief]) -> Iterator[Fault]:
    """What is wrong with the households that a plan of memberships changes.

    A household with a fault already is not judged by the rest of its rows.
    """
    stated = [*made.state, *(belief.statement for belief in made.restate)]
    touched = {
        int(statement.values[PLACE]): statement
        for statement in [*(belief.statement for belief in closed), *stated]
    }
    for statement in made.unplanned:
        touched.pop(int(statement.values[PLACE]), None)
    stays: dict[int, list[Stay]] = defaultdict(list)
    gone = set(made.close)
    for row in memberships_in(list(touched)):
        if row.pk not in gone:
            stays[row.household_id].append(
                Stay(row.person_id, row.relation, row.valid_from, row.valid_to)
            )
    anew = {id(statement) for statement in made.state}
    for statement in stated:
        stays[int(statement.values[PLACE])].append(
            Stay(
                statement.owner,
                str(statement.values["relation"]),
                statement.valid_from,
                statement.valid_to,
                statement if id(statement) in anew else None,
            )
        )
    born = births(list({stay.person for members in stays.values() for stay in members}))
    numbers = household_numbers(list(touched))
    for household, statement in touched.items():
        yield from faults_of_household(numbers[household], stays[household], born, statement)
