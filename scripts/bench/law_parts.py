"""Parts of the law by hand: sums, limits, sets of grades, those who owe support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from doudi.kernel.vocabulary import (
    CarePlace,
    DisabilityCategory,
    ParentSide,
    ParentStatus,
    SupporterStatus,
    SupportFinding,
    Word,
)
from doudi.policy.known import code_of
from doudi.policy.values import GRADED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scripts.bench.law import Answer, Case

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
States = NDArray[np.int8]
NO, UNKNOWN, YES = np.int8(0), np.int8(1), np.int8(2)
LEVELS = ("capable", "partial_loss", "full_loss")


def answer(holds: Flags, amount: Ints) -> Answer:
    """A certain answer with its fen."""
    return np.where(holds, YES, NO), np.where(holds, amount, 0)


def summed(values: Ints, groups: Ints, count: int) -> Ints:
    """Sums of groups that lie together, in whole numbers."""
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else groups
    sums = np.zeros(count, dtype=np.int64)
    if len(groups):
        np.add.at(sums, groups[starts], np.add.reduceat(values, starts))
    return sums


def among(codes: NDArray[Any], words: Iterable[Word]) -> Flags:
    """Whether a code is that of one of the words."""
    wanted = np.zeros(64, dtype=bool)
    wanted[[code_of(word) for word in words]] = True
    return np.asarray(wanted[codes])


def under(months: Ints, day: Ints, age: int) -> Flags:
    """Whether somebody is under an age, in months, on the first of the month."""
    return np.asarray((months < age) | ((months == age) & (day > 1)))


def half_up(fen: Ints, by: int) -> Ints:
    """Divided, half up."""
    return (fen * 2 + by) // (by * 2)


def graded(case: Case, path: str) -> States:
    """Whether a certificate lies in a parameter's set of grades; a multiple one only in all."""
    return _graded(case.column("disability_category"), case.column("disability_grade"), case, path)


def _graded(category: NDArray[Any], grade: NDArray[Any], case: Case, path: str) -> States:
    lowest = case.value(path)
    table = np.zeros((len(DisabilityCategory) + 1, 5), dtype=np.int8)
    for level in range(1, 5):
        holds = [level <= each for each in lowest]
        for word, is_in in zip(GRADED, holds, strict=True):
            table[code_of(word), level] = YES if is_in else NO
        multiple = YES if all(holds) else UNKNOWN if any(holds) else NO
        table[code_of(DisabilityCategory.MULTIPLE), level] = multiple
    return np.asarray(table[category, grade])


def within_limits(case: Case, members: Ints) -> Flags:
    """Whether a household's property lies within the limits; what is not stated does."""
    financial = case.column("property_financial")
    limit = case.value("dibao.property.financial_per_person") * members
    within = (financial <= 0) | (financial <= limit)
    for kind in ("dwellings", "vehicles"):
        owned = case.column(f"property_{kind}")
        within &= (owned <= 0) | (owned <= case.value(f"dibao.property.{kind}"))
    business = case.column("property_business") != 0
    return np.asarray(within & (~business | case.value("dibao.property.business_allowed")))


def without_parents(case: Case) -> Flags:
    """Whether both parents are dead or declared missing; of no others is anything told."""
    gone = np.ones(len(case.home), dtype=bool)
    for side in ParentSide:
        status = case.column(f"{side}_status")
        is_gone = among(status, (ParentStatus.DEAD, ParentStatus.DECLARED_MISSING))
        told = (status > code_of(ParentStatus.ALIVE)) & ~is_gone
        if told.any() or case.column(f"{side}_disability_category").any():
            raise ValueError("made-up parents live or are gone")
        gone &= is_gone
    return gone


def tekun_paid(case: Case) -> tuple[Ints, Flags]:
    """Base and care by place and loss of self-care; and of whom that was assessed."""
    unmet = case.column("self_care_unmet")
    level = (unmet >= case.value("tekun.self_care.partial_from")).astype(np.int64)
    level += unmet >= case.value("tekun.self_care.full_from")
    at_home = case.column("care_place") == code_of(CarePlace.HOME)
    rates = [
        np.array([case.value(f"tekun.care.{place}.{name}") for name in LEVELS])
        for place in (CarePlace.HOME, CarePlace.INSTITUTION)
    ]
    care = np.where(at_home, rates[0][level], rates[1][level])
    return case.value("tekun.base") + care, unmet >= 0


def nobody_able(case: Case) -> States:
    """Whether nobody can support: by the finding, or every one of those listed."""
    finding = case.column("supporters")
    state = np.where(
        finding < 0,
        UNKNOWN,
        np.where(among(finding, (SupportFinding.NONE, SupportFinding.UNABLE)), YES, NO),
    )
    table = case.facts.supporters
    if len(table.person):
        state[table.person] = YES
        np.minimum.at(state, table.person, _unable(case))
    return state


def _unable(case: Case) -> States:
    """Of each who owes support whether the law takes them as unable; all is known of these."""
    table = case.facts.supporters
    if (table.status < 0).any() or (table.age < 0).any() or (table.income_year < 0).any():
        raise ValueError("of made-up supporters all is known")
    status = table.status
    severe = _graded(table.category, table.grade, case, "tekun.supporter.grades") == YES
    old = table.age >= case.value("tekun.supporter.age_on_dibao")
    weak = (table.age >= case.value("tekun.supporter.age_weak")) | severe
    poor = table.income_year < case.value("disposable_income_year")
    incapable = among(
        status,
        (SupporterStatus.PRISON, SupporterStatus.DECLARED_MISSING, SupporterStatus.NO_CAPACITY),
    )
    sure = (status == code_of(SupporterStatus.TEKUN)) | (
        (status == code_of(SupporterStatus.DIBAO)) & old
    )
    by_means = np.where((weak & poor) | incapable, table.property_ok, NO)
    return np.maximum(np.where(sure, YES, NO), by_means).astype(np.int8)
