"""How a difference between a replay and what stood is told: in words, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from doudi.doors.cli.language import spoken, translate
from doudi.entitlement.words import PARTS
from doudi.kernel.money import yuan
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from doudi.entitlement.beside import Came
    from doudi.entitlement.replaying import Difference, ParameterChanged, Replayed


def difference_in_words(difference: Difference) -> str:
    """One line: the award, what stood, what comes out now, and why they differ."""
    return translate(
        N_("待遇 {award}（{programme}，户 {household}）：当时{then}，现在{now}；{cause}")
    ).format(
        award=difference.award,
        programme=translate(difference.programme.label),
        household=difference.household,
        then=_in_words(difference.stood, difference.missing_then),
        now=_in_words(difference.now, difference.missing_now),
        cause=translate(difference.cause.label),
    )


def replayed_as_data(each: Replayed) -> dict[str, object]:
    """A replay as plain data; amounts in yuan."""
    return {
        "area": each.area,
        "known_at": localtime(each.known_at).isoformat(),
        "awards": each.awards,
        "parameters": [_change_as_data(change) for change in each.parameters],
        "differences": [_difference_as_data(difference) for difference in each.differences],
    }


def _in_words(came: Came | None, missing: tuple[str, ...]) -> str:
    """What an award came to, or that it could not be determined, or that there was nothing."""
    if missing:
        return translate(N_("待定（缺 {missing}）")).format(missing=", ".join(missing))
    if came is None:
        return translate(N_("没有应发"))
    parts = translate(N_("、")).join(
        f"{translate(PARTS[kind]) if kind in PARTS else kind} {yuan(fen)}"
        for kind, fen in came.parts.items()
    )
    return translate(N_("应发 {amount} 元（{members} 人，{reason}；{parts}）")).format(
        amount=yuan(came.amount_fen),
        members=came.members,
        reason=translate(came.reason.label),
        parts=parts or "-",
    )


def _change_as_data(change: ParameterChanged) -> dict[str, str]:
    """A changed parameter as plain data."""
    return {
        "parameter": change.parameter.path,
        "before": change.parameter.shown(change.before).said(spoken()),
        "after": change.parameter.shown(change.after).said(spoken()),
    }


def _difference_as_data(difference: Difference) -> dict[str, object]:
    """A difference as plain data."""
    return {
        "award": difference.award,
        "programme": str(difference.programme),
        "household": difference.household,
        "cause": str(difference.cause),
        "then": _came_as_data(difference.stood),
        "now": _came_as_data(difference.now),
        "missing_then": list(difference.missing_then),
        "missing_now": list(difference.missing_now),
    }


def _came_as_data(came: Came | None) -> dict[str, object] | None:
    """What an award came to as plain data."""
    if came is None:
        return None
    return {
        "amount": yuan(came.amount_fen),
        "members": came.members,
        "reason": str(came.reason),
        "parts": {kind: yuan(fen) for kind, fen in came.parts.items()},
    }
