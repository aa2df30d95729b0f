"""A month worked out again (重放): as known when it was, by today's rules, beside what stood then.

Nothing is written. Where the two differ, the parameters of the time are tried as well: if they
give what stood, the parameters made the difference; if not, the rules or the records did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from doudi.entitlement.beside import Beside, Came, what_stood
from doudi.entitlement.queries import awards_by_id, parameter_set
from doudi.entitlement.replay_scopes import replay_scopes
from doudi.entitlement.rules import rules_of, values_in_force
from doudi.entitlement.working import Asked, ask, awards_amounted
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme, Word
from doudi.policy import FIRST_MONTH, determine
from doudi.policy.reforms import reformed
from doudi.policy.rules import RULES_VERSION
from doudi.policy.values import Parameter, Plain

if TYPE_CHECKING:
    from doudi.access.models import Area
    from doudi.entitlement.models import ParameterSet
    from doudi.entitlement.replay_scopes import ReplayScope
    from doudi.entitlement.worked import Worked
    from doudi.policy import Rules


class Cause(Word):
    """What made a difference (差异原因)."""

    PARAMETERS = "parameters", N_("政策参数有变化")
    RULES = "rules", N_("规则版本有变化")
    NOT_KEPT = "not_kept", N_("参数或规则有变化，当时的参数没有留存")
    DEFECT = "defect", N_("参数和规则都没有变：记录被改动过，或程序有差错")


@dataclass(frozen=True, slots=True)
class Difference:
    """An award of which the replay says something else than what stood.

    `stood` is None where no row did, `now` where none would be written. The keys of what was
    missing then, and is now, are empty where the award could be determined.
    """

    award: str
    programme: Programme
    household: str
    cause: Cause
    stood: Came | None
    now: Came | None
    missing_then: tuple[str, ...]
    missing_now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterChanged:
    """A parameter that is not what it was; None where it was, or is, unknown."""

    parameter: Parameter
    before: Plain | None
    after: Plain | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A month of an area replayed: as known when, of how many awards, and what differs."""

    area: str
    month: Month
    known_at: datetime
    awards: int
    parameters: tuple[ParameterChanged, ...]
    differences: tuple[Difference, ...]


def replay_month(
    month: Month, area: Area | None = None, *, known_at: datetime | None = None
) -> list[Replayed]:
    """Replay a month of an area, or of every area that it was determined for.

    As known at its last determination, or at the last one by `known_at`. A fixed number of
    statements for each area determined. Raises Refusal REPLAY-NONE.
    """
    return [_replayed(scope, month) for scope in replay_scopes(month, area, known_at)]


def _replayed(scope: ReplayScope, month: Month) -> Replayed:
    """Work the month out again and compare."""
    rules = rules_of(scope.determination.area)
    asked = ask(scope.area, month, rules, known_at=scope.known_at)
    worked = _worked(asked, month, rules, rules, scope.known_at)
    stood = what_stood(month, worked.households, scope.known_at)
    beside = stood.beside(worked)
    differing = beside.differing
    changes: tuple[ParameterChanged, ...] = ()
    causes = dict.fromkeys(differing, Cause.DEFECT)
    if scope.determination.fingerprint != rules.fingerprint(month):
        kept = parameter_set(scope.determination.fingerprint)
        causes = dict.fromkeys(differing, Cause.NOT_KEPT)
        if kept is not None:
            changes = _parameters_changed(kept, rules, month)
            then = _worked(asked, month, rules, _rules_then(kept, rules), scope.known_at)
            causes = _causes(differing, stood.beside(then).differing, kept)
    return Replayed(
        area=scope.area.name,
        month=month,
        known_at=scope.known_at,
        awards=len(worked.award) + len(worked.open_award),
        parameters=changes,
        differences=tuple(_told(causes, beside)),
    )


def _worked(asked: Asked, month: Month, rules: Rules, applied: Rules, known_at: datetime) -> Worked:
    """What the awards come to where `applied` are the rules of the month."""
    return awards_amounted(asked, determine(asked.facts, month, applied), month, rules, known_at)


def _parameters_changed(
    kept: ParameterSet, rules: Rules, month: Month
) -> tuple[ParameterChanged, ...]:
    """Which parameters are not what they were."""
    return tuple(
        ParameterChanged(rules.parameters[path], _plain(kept.values[path]), value)
        for path, value in sorted(values_in_force(rules, month).items())
        if path in kept.values and _plain(kept.values[path]) != value
    )


def _rules_then(kept: ParameterSet, rules: Rules) -> Rules:
    """Today's rules with the parameters of the time."""
    known = kept.values.keys() & rules.parameters.keys()
    return reformed(rules, {path: [(FIRST_MONTH, _plain(kept.values[path]))] for path in known})


def _plain(value: object) -> Plain | None:
    """A value as the rules read it: JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def _causes(now: set[int], then: set[int], kept: ParameterSet) -> dict[int, Cause]:
    """Why each award differs: not by the parameters where those of the time differ as well."""
    further = Cause.DEFECT if kept.rules_version == RULES_VERSION else Cause.RULES
    return {award: further if award in then else Cause.PARAMETERS for award in now}


def _told(causes: dict[int, Cause], beside: Beside) -> list[Difference]:
    """The differences with the awards' numbers, by household."""
    found = [
        Difference(
            award=award.number,
            programme=Programme(award.programme),
            household=award.household.number,
            cause=causes[award.pk],
            stood=beside.stood(award.pk),
            now=beside.now(award.pk),
            missing_then=beside.missing_then(award.pk),
            missing_now=beside.missing_now(award.pk),
        )
        for award in awards_by_id(sorted(causes))
    ]
    return sorted(found, key=lambda each: (each.household, each.programme, each.award))
