"""Facts as an officer enters them one by one (逐条登记), with the papers that they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.actions.circumstances import correct_circumstance, record_circumstances
from doudi.registry.kinds import kind_named, kind_of
from doudi.registry.models import EvidenceUse
from doudi.registry.queries.beliefs import as_belief, believed
from doudi.registry.statements import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from doudi.access.models import Officer
    from doudi.registry.kinds import Kind
    from doudi.registry.models import Circumstance, Evidence
    from doudi.registry.statements import Statement


def record_fact(
    kind: str,
    *,
    statement: Statement,
    ends_earlier: bool = False,
    evidence: Sequence[Evidence] = (),
    actor: Officer,
    at: datetime,
    why: str,
) -> None:
    """Record one fact with its papers; `ends_earlier`: an open one ends the day before.

    Raises Refusal with its fault, and FACT-THERE where one begins on that very day: that one is
    corrected by `correct_fact`, with both shown, and never by the way.
    """
    with deed(actor=actor, act="record_fact", why=why, at=at):
        recorded = record_circumstances(
            kind,
            statements=[statement],
            revise=ends_earlier,
            accept_warnings=True,
            actor=actor,
            at=at,
            why=why,
        )
        refuse(recorded.faults)
        if recorded.corrected or recorded.confirmed or recorded.unchanged:
            raise Refusal(
                "FACT-THERE",
                N_("{first} 起已有一条同类记录；要改动它，请在那一条上更正"),
                first=statement.valid_from,
            )
        _lay_beside(kind_named(kind), statement.owner, statement.valid_from, evidence, at)


def correct_fact(  # noqa: PLR0913 - whatever a fact says may have been wrong
    row: Circumstance,
    *,
    values: Mapping[str, Any],
    valid_from: date,
    source: str,
    note: str,
    evidence: Sequence[Evidence] = (),
    actor: Officer,
    at: datetime,
    why: str,
) -> None:
    """Correct a fact as `correct_circumstance` does, confirmed, with the papers that say so."""
    kind = kind_of(type(row))
    owner = as_belief(kind, row).statement.owner
    with deed(actor=actor, act="correct_fact", why=why, at=at):
        correct_circumstance(
            row,
            values=values,
            valid_from=valid_from,
            source=source,
            note=note,
            actor=actor,
            at=at,
            why=why,
        )
        _lay_beside(kind, owner, valid_from, evidence, at)


def _lay_beside(
    kind: Kind, owner: int, valid_from: date, evidence: Sequence[Evidence], at: datetime
) -> None:
    """Say of what was recorded just now that it rests on these papers."""
    if not evidence:
        return
    rows = believed(kind, [owner]).filter(recorded_at=at, valid_from=valid_from)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=each, kind=kind.name, row=row)
        for row in rows.values_list("pk", flat=True)
        for each in evidence
    )
