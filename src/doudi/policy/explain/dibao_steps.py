"""The steps of a Dibao answer: who counts, whose income, the line, the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doudi.policy.amounts import NOTHING, larger
from doudi.policy.determine import amount_of, condition_of
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
from doudi.policy.explain.titles import GROUNDS
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.logic import NO, UNKNOWN
from doudi.policy.rounding import rounded
from doudi.policy.words import Member, Said, Words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEMBERS = Words("计入的家庭成员：{members} 人", "Counted members: {members}")
_LINE = Words(
    "标准每人每月 {standard} 元，{members} 人 12 个月共 {whole} 元",
    "Standard {standard} yuan per person and month; for {members} over 12 months {whole} yuan",
)
_NOBODY = Words("没有可计入的家庭成员", "Nobody is left to count")
_LEFT_OUT = Words("{who}不计入：{why}", "{who} does not count: {why}")
_MAY_COUNT = Words("{who}是否计入不能确定", "Whether {who} counts can't be told")
_OWN_INCOME = Words(
    "{who}：计入收入 12 个月 {income} 元", "{who}: counted income over 12 months {income} yuan"
)
_BELOW = Words("收入低于标准", "Income is below the standard")
_INCOME = Words(
    "计入的家庭收入 12 个月共 {income} 元", "Counted income over 12 months: {income} yuan"
)
_GAP = Words(
    "收入低于标准；差额 ({whole} − {income}) ÷ 12，取整后每月 {gap} 元",
    "Income is below the standard; ({whole} − {income}) ÷ 12, rounded, is {gap} yuan a month",
)
_LEAST = Words(
    "本地最低补差为标准的 {share}：每月 {gap} 元",
    "The least share here is {share} of the standard: {gap} yuan a month",
)
_ABOVE = Words("收入不低于标准", "Income is not below the standard")
_UNSURE = Words("收入是否低于标准不能确定", "Whether income is below the standard can't be told")
_SUPPLEMENT = Words("分类施保每月 {supplement} 元", "Supplements by category: {supplement} yuan")
_MARGIN = Words("低于标准的 {multiple} 倍：{state}", "Below {multiple} times the standard: {state}")
_OWN = Words(
    "按一人户计算：标准每月 {standard} 元，本人计入收入 12 个月共 {income} 元",
    "As a household of one: standard {standard} yuan, own income over 12 months {income} yuan",
)
TOTAL = Words("每月合计 {amount} 元", "Together {amount} yuan a month")
_YES, _NO, MAYBE = Words("是", "yes"), Words("否", "no"), Words("不能确定", "can't be told")


def _income(simulation: Any, members: Any) -> tuple[int, int]:  # noqa: ANN401
    """Counted income of the household over twelve months, never below zero."""
    amount = amount_of(simulation, "income_after_transfers").only_if(members)
    return max(int(amount.low.sum()), 0), max(int(amount.high.sum()), 0)


def _means(simulation: Any, row: int) -> Iterator[Said]:  # noqa: ANN401
    """Members, the line, and the income."""
    members = number(simulation, "counted_members", row)
    yield from _who_counts(simulation)
    counted = bounds(simulation, "counted_members", row)
    if counted == (0, 0):
        yield say(_NOBODY)
        return
    yield say(_MEMBERS, members=members)
    low, high = bounds(simulation, "standard", row)
    yield say(
        _LINE,
        standard=yuan_between(low, high),
        members=members,
        whole=yuan_between(low * counted[0] * MONTHS_A_YEAR, high * counted[1] * MONTHS_A_YEAR),
    )
    yield from _whose_income(simulation)
    income = _income(simulation, condition_of(simulation, "counted"))
    yield say(_INCOME, income=yuan_between(*income))


def _who_counts(simulation: Any) -> Iterator[Said]:  # noqa: ANN401
    """Each member that does not count, and why."""
    for row, state in enumerate(condition_of(simulation, "counted").state):
        if state == UNKNOWN:
            yield say(_MAY_COUNT, who=Member(row))
        elif state == NO:
            yield say(_LEFT_OUT, who=Member(row), why=_why_not(simulation, row))


def _why_not(simulation: Any, row: int) -> Words:  # noqa: ANN401
    """The first ground on which a member does not count."""
    if holds(simulation, "on_tekun", row):
        return GROUNDS["on_tekun"]
    if holds(simulation, "away", row):
        return GROUNDS["away"]
    return GROUNDS["not_alive" if not holds(simulation, "alive", row) else "not_belonging"]


def _whose_income(simulation: Any) -> Iterator[Said]:  # noqa: ANN401
    """The counted income of each counted member that has any."""
    for row, state in enumerate(condition_of(simulation, "counted").state):
        if state != NO and bounds(simulation, "income_after_transfers", row) != (0, 0):
            income = fen(simulation, "income_after_transfers", row)
            yield say(_OWN_INCOME, who=Member(row), income=income)


def _gap_step(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """The comparison, and the difference where there is one to be paid."""
    low, high = bounds(simulation, "household_gap", row)
    if bounds(simulation, "counted_members", row) == (0, 0):
        return
    if high <= 0:
        yield say(_ABOVE)
        return
    if low <= 0 or state == NO:
        yield say(_UNSURE if low <= 0 else _BELOW)
        return
    standard = bounds(simulation, "standard", row)
    counted = bounds(simulation, "counted_members", row)
    standard = bounds(simulation, "standard", row)
    counted = bounds(simulation, "counted_members", row)
    difference = _difference(simulation, row)
    yield say(
        _GAP,
        whole=yuan_between(
            *(one * heads * MONTHS_A_YEAR for one, heads in zip(standard, counted, strict=True))
        ),
        income=yuan_between(*_income(simulation, condition_of(simulation, "counted"))),
        gap=yuan_between(*difference),
    )
    if bounds(simulation, "dibao_gap", row) != difference:
        yield say(
            _LEAST,
            share=parameter(simulation, "dibao.minimum_share"),
            gap=fen(simulation, "dibao_gap", row),
        )


def _difference(simulation: Any, row: int) -> tuple[int, int]:  # noqa: ANN401
    """The difference in fen a month, before any least share is looked at."""
    beside = simulation.beside
    mode = beside.parameters["dibao.rounding"].plain(beside.month.first)
    gap = larger(amount_of(simulation, "household_gap"), NOTHING)
    monthly = rounded(gap, MONTHS_A_YEAR, mode, 0)
    return int(monthly.low[row]), int(monthly.high[row])


def dibao(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """Household Dibao."""
    yield from _means(simulation, row)
    yield ground(simulation, "property_ok", row)
    yield from _gap_step(simulation, row, state)
    if state != NO:
        yield say(_SUPPLEMENT, supplement=fen(simulation, "dibao_supplement", row))
        yield say(TOTAL, amount=fen(simulation, "dibao_amount", row))


def margin(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """The Dibao margin."""
    del state
    yield from _means(simulation, row)
    yield ground(simulation, "property_ok", row)
    yield from _gap_step(simulation, row, NO)
    low, high = bounds(simulation, "margin_gap", row)
    below = _YES if low > 0 else (_NO if high <= 0 else MAYBE)
    yield say(_MARGIN, multiple=parameter(simulation, "dibao.margin_multiple"), state=below)


def single(simulation: Any, row: int, state: Any) -> Iterator[Said]:  # noqa: ANN401
    """The single-person route."""
    yield from grounds(simulation, ("counted", "route_from_margin", "route_of_adults"), row)
    yield ground(simulation, "household_on_dibao", 0)
    yield say(
        _OWN,
        standard=fen(simulation, "standard", 0),
        income=fen(simulation, "income_after_transfers", row),
    )
    if state != NO:
        yield say(_SUPPLEMENT, supplement=fen(simulation, "dibao_single_supplement", row))
        yield say(TOTAL, amount=fen(simulation, "dibao_single_amount", row))
