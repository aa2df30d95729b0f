"""The steps of each programme's answer: what had to hold, then the arithmetic with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from doudi.policy.determine import condition_of
from doudi.policy.explain.asking import (
    bounds,
    fen,
    ground,
    grounds,
    holds,
    number,
    parameter,
    yuan_between,
)
from doudi.policy.explain.dibao_steps import MAYBE, TOTAL, dibao, margin, single
from doudi.policy.logic import NO
from doudi.policy.words import Said, Words, say

Steps = Callable[[Any, int, Any], Iterator[Said]]

_BASE = Words("基本生活标准 {base} 元", "Basic living standard {base} yuan")
_CARE = Words("照料护理标准 {care} 元", "Care standard {care} yuan")
_STANDARD = Words("标准 {standard} 元", "Standard {standard} yuan")
_RECEIVED = Words(
    "减去已领低保 {dibao} 元、生活补贴 {living} 元，得 {amount} 元",
    "Less Dibao {dibao} yuan and living subsidy {living} yuan received: {amount} yuan",
)
_RATE = Words("补贴标准 {rate} 元", "Rate {rate} yuan")
_MONTHS = Words("可救助 {months} 个月", "Months granted: {months}")
_FORMULA = Words(
    "标准 {standard} 元 × {persons} 人 × {months} 个月 = {full} 元；应救助 {amount} 元",
    "Standard {standard} yuan × {persons} persons × {months} months = {full} yuan; {amount} yuan",
)


def tekun(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """Tekun."""
    names = ("alive", "no_capacity", "no_livelihood", "nobody_able")
    yield from grounds(simulation, names, row)
    for scheme in ("fits_orphan", "fits_unattended"):
        if condition_of(simulation, scheme).state[row] != NO:
            yield ground(simulation, scheme, row)
    if state != NO:
        yield say(_BASE, base=fen(simulation, "tekun_base", row))
        yield say(_CARE, care=fen(simulation, "tekun_care", row))
        yield say(TOTAL, amount=fen(simulation, "tekun_amount", row))


def orphan(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """Orphans."""
    yield from grounds(simulation, ("alive", "minor", "both_parents_gone"), row)
    yield from _tekun_too(simulation, row)
    if state != NO:
        yield say(_STANDARD, standard=fen(simulation, "orphan_amount", row))


def unattended(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """Unattended children."""
    yield from grounds(simulation, ("alive", "minor", "both_parents_out"), row)
    yield from _tekun_too(simulation, row)
    if state != NO:
        yield say(_STANDARD, standard=parameter(simulation, "unattended.standard"))
        yield say(
            _RECEIVED,
            dibao=fen(simulation, "dibao_received", row),
            living=fen(simulation, "living_subsidy_received", row),
            amount=fen(simulation, "unattended_amount", row),
        )


def _tekun_too(simulation: Any, row: int) -> Iterator[Said]:  # noqa: ANN401
    """Whether the child fits Tekun as well, where it may."""
    if condition_of(simulation, "fits_tekun").state[row] != NO:
        yield ground(simulation, "fits_tekun", row)


def living(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """The living subsidy."""
    names = ("alive", "on_dibao", "on_dibao_single", "on_tekun", "on_orphan", "work_injury_care")
    yield from grounds(simulation, names, row)
    if state != NO:
        yield say(_RATE, rate=fen(simulation, "disability_living_amount", row))


def care(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """The nursing subsidy."""
    names = ("severe_with_care_need", "on_tekun", "work_injury_care")
    yield from grounds(simulation, names, row)
    if state != NO or holds(simulation, "severe_with_care_need", row):
        yield say(_RATE, rate=fen(simulation, "care_rate", row))


def assistance(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """Temporary assistance."""
    yield from grounds(simulation, ("event", "event_emergency", "means_allow_assistance"), row)
    yield say(_MONTHS, months=number(simulation, "months_granted", row))
    if state != NO:
        low, high = bounds(simulation, "standard", row)
        months = bounds(simulation, "months_granted", row)
        persons = int(np.asarray(simulation.beside.facts.column("event_persons"))[row])
        yield say(
            _FORMULA,
            standard=yuan_between(low, high),
            persons=persons if persons >= 0 else MAYBE,
            months=number(simulation, "months_granted", row),
            full=yuan_between(low * persons * months[0], high * persons * months[1]),
            amount=fen(simulation, "temporary_assistance_amount", row),
        )


def funeral(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """The funeral subsidy."""
    names = ("deceased", "registered_here", "cremated", "state_funeral_grant")
    yield from grounds(simulation, names, row)
    if state != NO:
        yield say(_RATE, rate=fen(simulation, "funeral_amount", row))


STEPS: Mapping[str, Steps] = {
    "dibao": dibao,
    "dibao_margin": margin,
    "dibao_single": single,
    "tekun": tekun,
    "orphan": orphan,
    "unattended": unattended,
    "disability_living": living,
    "disability_care": care,
    "temporary_assistance": assistance,
    "funeral": funeral,
}
"""The steps of each programme."""
