"""Awards taken in with the decision that made them, stopped and tapered by decision.

Nobody is taken in without a decision (未经程序不得直接纳入，《最低生活保障审核确认办法》
第二十八条): a row without the organ and the day of its decision is refused where it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.access.bulk import insert_columns, update_where
from doudi.access.journal import deed
from doudi.entitlement.actions.checks import check_awards
from doudi.entitlement.models import Award, Stop, Taper
from doudi.entitlement.queries import awards_numbered
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, FileRefused, Refusal
from doudi.policy import first_month
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from doudi.access.models import Officer
    from doudi.registry.ledger.rows import AwardRow


@dataclass(frozen=True, slots=True)
class ImportedAwards:
    """What an import of awards did: how many are new, stopped, tapered, as they were."""

    new: int
    stopped: int
    tapered: int
    unchanged: int


def import_awards(
    rows: Sequence[AwardRow], *, actor: Officer, at: datetime, why: str
) -> ImportedAwards:
    """Take in awards already decided, with their stops and tapers; the same rows change nothing.

    Persons and households must be in the registry. Raises FileRefused with every fault found;
    then nothing is saved.
    """
    households = registry.household_ids([row.household_number for row in rows])
    persons = registry.person_ids(
        [number for row in rows for number in (row.person_number, row.payee_number) if number]
    )
    with deed(actor=actor, act="import_awards", why=why, at=at):
        known = awards_numbered([row.number for row in rows])
        faults = check_awards(rows, households, persons, known)
        if faults:
            raise FileRefused(
                "AWD-FAULTS",
                N_("待遇表有 {count} 处问题，没有保存任何内容"),
                faults,
                count=len(faults),
            )
        fresh = [row for row in rows if row.number not in known]
        _insert_awards(fresh, households, persons, actor, at)
        ids = {number: known_award.id for number, known_award in known.items()}
        ids.update({n: a.id for n, a in awards_numbered([r.number for r in fresh]).items()})
        stopped = _restate(
            Stop,
            [(ids[row.number], _stop_values(row)) for row in rows if row.last_month],
            {number.id: number.stop for number in known.values()},
            actor,
            at,
        )
        tapered = _restate(
            Taper,
            [(ids[row.number], _taper_values(row)) for row in rows if row.taper_from],
            {number.id: number.taper for number in known.values()},
            actor,
            at,
        )
    unchanged = len(rows) - len(fresh) - stopped - tapered
    return ImportedAwards(len(fresh), stopped, tapered, max(unchanged, 0))


def stop_award(
    award: Award,
    *,
    last_month: Month,
    decided_on: date,
    reason: str,
    actor: Officer,
    at: datetime,
) -> None:
    """Stop an award (停发) after `last_month`; an earlier stop is superseded.

    Raises Refusal AWD-STOP when the last month lies before the award begins by more than one.
    """
    if last_month.plus(1) < Month(award.first_month):
        raise Refusal(
            "AWD-STOP",
            N_("待遇 {number} 自 {first} 起享受，停发月份 {last} 不能更早"),
            number=award.number,
            first=award.first_month,
            last=last_month,
        )
    with deed(actor=actor, act="stop_award", why=reason, at=at):
        Stop.objects.filter(award=award, superseded_at=None).update(superseded_at=at)
        Stop.objects.create(
            award=award,
            last_month=last_month,
            decided_on=decided_on,
            reason=reason,
            recorded_at=at,
            recorded_by=actor,
        )


def taper_award(
    award: Award, *, from_month: Month, months: int, decided_on: date, actor: Officer, at: datetime
) -> None:
    """Let a Dibao award go on after a job was found (渐退期), for so many months.

    The most that the law allows is a parameter of the rules, which cut what is longer.
    """
    with deed(actor=actor, act="taper_award", why=N_("就业后渐退"), at=at):
        Taper.objects.filter(award=award, superseded_at=None).update(superseded_at=at)
        Taper.objects.create(
            award=award,
            from_month=from_month,
            months=months,
            decided_on=decided_on,
            recorded_at=at,
            recorded_by=actor,
        )


def _insert_awards(
    rows: Sequence[AwardRow],
    households: dict[str, int],
    persons: dict[str, int],
    actor: Officer,
    at: datetime,
) -> None:
    """Write the new awards, each with the first month that the law gives it."""
    first = [first_month(row.programme, row.applied_on, row.decided_on) for row in rows]
    columns: dict[str, Callable[[int], object]] = {
        "number": lambda i: rows[i].number,
        "programme": lambda i: str(rows[i].programme),
        "household": lambda i: households[rows[i].household_number],
        "person": lambda i: persons.get(rows[i].person_number),
        "payee": lambda i: persons[rows[i].payee_number],
        "applied_on": lambda i: rows[i].applied_on,
        "decided_on": lambda i: rows[i].decided_on,
        "decided_by": lambda i: rows[i].decided_by,
        "first_month": lambda i: first[i],
        "due_from": lambda i: rows[i].due_from or first[i],
        "source": lambda i: rows[i].source,
        "recorded_at": lambda _: at,
        "recorded_by": lambda _: actor.pk,
    }
    insert_columns(
        Award, {name: [value(i) for i in range(len(rows))] for name, value in columns.items()}
    )


def _stop_values(row: AwardRow) -> dict[str, object]:
    return {
        "last_month": str(row.last_month),
        "decided_on": row.stopped_on,
        "reason": row.stop_reason,
    }


def _taper_values(row: AwardRow) -> dict[str, object]:
    return {
        "from_month": str(row.taper_from),
        "months": row.taper_months,
        "decided_on": row.taper_decided_on,
    }


def _restate(
    model: type[Stop | Taper],
    wanted: list[tuple[int, dict[str, object]]],
    standing: dict[int, Stop | Taper | None],
    actor: Officer,
    at: datetime,
) -> int:
    """Supersede what differs and state it anew; answers how many were stated."""
    changed, closed = [], []
    for award_id, values in wanted:
        now = standing.get(award_id)
        if now is not None:
            if all(getattr(now, name) == value for name, value in values.items()):
                continue
            closed.append(now.pk)
        changed.append((award_id, values))
    if not changed:
        return 0
    update_where(model, closed, {"superseded_at": at})
    columns: dict[str, list[object]] = {"award": [award_id for award_id, _ in changed]}
    for name in changed[0][1]:
        columns[name] = [values[name] for _, values in changed]
    columns["recorded_at"] = [at] * len(changed)
    columns["recorded_by"] = [actor.pk] * len(changed)
    insert_columns(model, columns)
    return len(changed)
