"""Planning (筹划): what must be closed and stated so that new statements come to be believed.

Pure: what is believed now and what is stated go in, what is to be written comes out. No two
believed facts of one key may share a day.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from doudi.kernel.refusals import N_, Fault, Severity
from doudi.kernel.spans import Span
from doudi.registry.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Belief:
    """A fact believed now: the number of its row, since when, and what it says."""

    row_id: int
    recorded_at: datetime
    statement: Statement


@dataclass(slots=True)
class Plan:
    """What to write: rows to close, statements to write anew, claims to confirm.

    `unplanned` are the statements of keys that have a fault.
    """

    close: list[int] = field(default_factory=list)
    state: list[Statement] = field(default_factory=list)
    restate: list[Belief] = field(default_factory=list)
    confirm: list[int] = field(default_factory=list)
    corrected: int = 0
    unchanged: int = 0
    unplanned: list[Statement] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Manner:
    """How statements of a kind meet what is believed.

    `key` are the columns beside the owner within which one fact is true on a day, `compared`
    those that make a fact another fact. With `revise`, a statement that begins with a believed
    fact corrects it, and an open fact ends where a later one begins; else both are overlaps.
    `once` is for what happens once, `place` the column that a person must leave before entering
    another: a household.
    """

    key: tuple[str, ...]
    compared: tuple[str, ...]
    revise: bool = False
    once: bool = False
    place: str = ""


@dataclass(slots=True)
class _Turn:
    """A fact in the order of time: believed, stated, or stated in place of a believed one."""

    start: date
    end: date | None
    belief: Belief | None = None
    statement: Statement | None = None
    ended_by: Statement | None = None

    @property
    def content(self) -> Statement:
        """What will be believed: the statement, else what is believed already."""
        if self.statement is not None:
            return self.statement
        if self.belief is None:
            raise ValueError("an empty turn")
        return self.belief.statement


def plan(beliefs: Iterable[Belief], statements: Sequence[Statement], manner: Manner) -> Plan:
    """What to write so that the statements are believed too, or the faults why they can't be."""
    keys: dict[tuple[object, ...], tuple[list[Belief], list[Statement]]]
    keys = defaultdict(lambda: ([], []))
    for belief in beliefs:
        keys[_key(belief.statement, manner)][0].append(belief)
    for statement in statements:
        keys[_key(statement, manner)][1].append(statement)
    made = Plan()
    for believed, stated in keys.values():
        if stated:
            _plan_key(made, believed, stated, manner)
    made.faults.sort(key=lambda fault: fault.row)
    return made


def _key(statement: Statement, manner: Manner) -> tuple[object, ...]:
    return (statement.owner, *(statement.values[column] for column in manner.key))


def _plan_key(
    made: Plan, beliefs: list[Belief], statements: list[Statement], manner: Manner
) -> None:
    """Plan the facts of one key."""
    turns, faults = _turns(beliefs, statements, manner)
    for turn, following in itertools.pairwise(turns):
        faults.extend(_settle(turn, following, manner))
    faults.extend(fault for turn in turns for fault in _claims_against(turn, manner))
    if faults:
        made.faults.extend(faults)
        made.unplanned.extend(statements)
        return
    for turn in turns:
        _write(made, turn, manner)


def _turns(
    beliefs: list[Belief], statements: list[Statement], manner: Manner
) -> tuple[list[_Turn], list[Fault]]:
    """The facts of one key in the order of time, a correction in the place of what it corrects."""
    faults: list[Fault] = []
    turns = [_Turn(b.statement.valid_from, b.statement.valid_to, b) for b in beliefs]
    for statement in statements:
        same = next((turn for turn in turns if _meets(turn, statement, manner)), None)
        if same is None:
            turns.append(_Turn(statement.valid_from, statement.valid_to, None, statement))
        elif same.statement is not None:
            if not _says_the_same(same.statement, statement, manner):
                faults.append(_overlap(statement, same.content.span, manner, same.content))
        elif manner.revise and _stays(same, statement, manner):
            same.start, same.end, same.statement = (
                statement.valid_from,
                statement.valid_to,
                statement,
            )
        else:
            faults.append(_overlap(statement, same.content.span, manner, same.content))
    return sorted(turns, key=lambda turn: turn.start), faults


def _stays(turn: _Turn, statement: Statement, manner: Manner) -> bool:
    """Whether a correction leaves a person where they are: to move takes an end and a start."""
    place = manner.place
    return not place or bool(turn.content.values[place] == statement.values[place])


def _meets(turn: _Turn, statement: Statement, manner: Manner) -> bool:
    """Whether a statement stands in the place of a fact: it begins with it, or it is unique."""
    return manner.once or turn.start == statement.valid_from


def _settle(turn: _Turn, following: _Turn, manner: Manner) -> Iterator[Fault]:
    """Let an open fact end where the next begins, if that is the manner; else fault an overlap."""
    newer = following.statement or turn.statement
    if newer is None or (turn.end is not None and turn.end < following.start):
        return
    stays = not manner.place or _same_place(turn, following, manner)
    if turn.end is None and manner.revise and stays:
        turn.end = following.start - timedelta(days=1)
        turn.ended_by = following.statement
        return
    other = turn if following.statement is not None else following
    yield _overlap(newer, Span(other.start, other.end), manner, other.content)


def _claims_against(turn: _Turn, manner: Manner) -> Iterator[Fault]:
    """A mere claim neither corrects nor ends what an officer has confirmed."""
    if turn.belief is None or not turn.belief.statement.confirmed:
        return
    old = turn.belief.statement
    claim = turn.statement or turn.ended_by
    if claim is None or claim.confirmed:
        return
    if turn.statement is not None and _says_the_same(
        old, replace(claim, valid_to=turn.end), manner
    ):
        return
    yield claim.fault(
        "CLAIM-ONLY",
        N_("{first} 起的记录已经确认，未经确认的说法不能改动它，请先核实"),
        "valid_from",
        first=old.valid_from,
    )


def _same_place(turn: _Turn, following: _Turn, manner: Manner) -> bool:
    return bool(turn.content.values[manner.place] == following.content.values[manner.place])


def _overlap(
    statement: Statement, span: Span, manner: Manner, other: Statement | None = None
) -> Fault:
    """The fault of two facts on one day; of two households it has its own code."""
    if other is not None and manner.place:
        place = other.values[manner.place]
        if place != statement.values[manner.place]:
            return statement.fault(
                "HH-DUP",
                N_("此人 {first} 起已在“{area}”的另一户，请先在原户办理迁出"),
                "household",
                first=span.first,
                area=place,
            )
    if span.last is None:
        return statement.fault(
            "PER-OVERLAP",
            N_("与 {first} 起的记录重叠，请先结束旧记录"),
            "valid_from",
            first=span.first,
        )
    return statement.fault(
        "PER-OVERLAP",
        N_("与 {first} 至 {last} 的记录重叠，请先结束旧记录"),
        "valid_from",
        first=span.first,
        last=span.last,
    )


def _says_the_same(one: Statement, other: Statement, manner: Manner) -> bool:
    """Whether two statements differ in nothing that counts."""
    return one.valid_to == other.valid_to and _same_values(one, other, manner)


def _same_values(one: Statement, other: Statement, manner: Manner) -> bool:
    return all(one.values[column] == other.values[column] for column in manner.compared)


def _write(made: Plan, turn: _Turn, manner: Manner) -> None:
    """Add to the plan what a settled turn asks for."""
    if turn.statement is None:
        _write_end(made, turn)
        return
    settled = replace(turn.statement, valid_to=turn.end)
    if turn.belief is None:
        made.state.append(settled)
        return
    old = turn.belief.statement
    if old.valid_from != settled.valid_from or not _says_the_same(old, settled, manner):
        made.corrected += 1
        made.close.append(turn.belief.row_id)
        made.state.append(settled)
    elif settled.confirmed and not old.confirmed:
        made.confirm.append(turn.belief.row_id)
    else:
        made.unchanged += 1


def _write_end(made: Plan, turn: _Turn) -> None:
    """Close a believed fact that ends now, and state it anew with its end."""
    belief = turn.belief
    if belief is None or belief.statement.valid_to == turn.end:
        return
    made.close.append(belief.row_id)
    made.restate.append(replace(belief, statement=replace(belief.statement, valid_to=turn.end)))
    if turn.ended_by is not None:
        made.notices.append(
            turn.ended_by.fault(
                "PER-ENDED",
                N_("{first} 起的旧记录到 {last} 为止"),
                "valid_from",
                Severity.NOTICE,
                first=turn.start,
                last=turn.end,
            )
        )
