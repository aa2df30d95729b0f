"""What a run pays of what is due: laws that hold for any differences."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.months import Month
from doudi.payments.reckon import Differences, Lines, draft, totals

JUNE = Month("2022-06")
MONTHS = list(Month("2022-01").until(JUNE))
Row = tuple[int, str, int]

differences = st.dictionaries(
    st.tuples(st.integers(1, 5), st.sampled_from(MONTHS)),
    st.integers(-100_000, 100_000).filter(bool),
    max_size=30,
)
shares = st.none() | st.integers(0, 1000)


def columns(rows: dict[tuple[int, Month], int]) -> Differences:
    return Differences(
        award=np.array([award for award, _ in rows], dtype=np.int64),
        month=np.array([str(month) for _, month in rows], dtype="U7"),
        amount=np.array(list(rows.values()), dtype=np.int64),
    )


def as_rows(lines: Lines) -> list[Row]:
    parts = zip(lines.award, lines.month, lines.amount, strict=True)
    return [(int(award), str(month), int(amount)) for award, month, amount in parts]


def drafted(rows: dict[tuple[int, Month], int], permille: int | None) -> list[Row]:
    return as_rows(draft(columns(rows), month=JUNE, permille=permille))


def plainly(rows: dict[tuple[int, Month], int], permille: int | None) -> list[Row]:
    """The same reckoning as a clerk with a pencil does it, one award after another."""
    lines: list[Row] = []
    for award in sorted({award for award, _ in rows}):
        own = sorted((month, amount) for (whose, month), amount in rows.items() if whose == award)
        payable = sum(amount for _, amount in own if amount > 0)
        left = payable * (permille or 0) // 1000
        mine: list[Row] = []
        for month, amount in own:
            now = amount if amount > 0 else -min(-amount, left)
            left -= -now if amount < 0 else 0
            if now:
                mine.append((award, str(month), now))
        if sum(amount for *_, amount in mine) > 0:
            lines += mine
    return lines


@given(differences, shares)
def test_columns_reckon_as_a_clerk_with_a_pencil_does(
    rows: dict[tuple[int, Month], int], permille: int | None
) -> None:
    assert drafted(rows, permille) == plainly(rows, permille)


@given(differences, shares)
def test_no_payment_is_nothing_or_less(
    rows: dict[tuple[int, Month], int], permille: int | None
) -> None:
    paid = totals(draft(columns(rows), month=JUNE, permille=permille))
    assert (paid.amount > 0).all()


@given(differences, shares)
def test_a_line_never_goes_beyond_its_difference(
    rows: dict[tuple[int, Month], int], permille: int | None
) -> None:
    for award, month, amount in drafted(rows, permille):
        difference = rows[award, Month(month)]
        assert 0 < amount <= difference or difference <= amount < 0


@given(differences, st.integers(0, 1000))
def test_recoveries_never_take_more_than_their_share(
    rows: dict[tuple[int, Month], int], permille: int
) -> None:
    lacking: dict[int, int] = defaultdict(int)
    taken: dict[int, int] = defaultdict(int)
    for award, _, amount in drafted(rows, permille):
        if amount > 0:
            lacking[award] += amount
        else:
            taken[award] -= amount
    assert all(taken[award] * 1000 <= lacking[award] * permille for award in taken)


@given(differences, shares)
def test_the_order_of_the_rows_never_matters(
    rows: dict[tuple[int, Month], int], permille: int | None
) -> None:
    backwards = dict(reversed(rows.items()))
    assert drafted(rows, permille) == drafted(backwards, permille)


def test_arrears_a_recovery_and_the_month_itself_come_out_of_one_subtraction() -> None:
    rows = {(1, Month("2022-04")): 120_000, (1, Month("2022-05")): -30_000, (1, JUNE): 90_000}
    lines = draft(columns(rows), month=JUNE, permille=1000)
    assert as_rows(lines) == [
        (1, "2022-04", 120_000),
        (1, "2022-05", -30_000),
        (1, "2022-06", 90_000),
    ]
    assert lines.kind.tolist() == ["arrears", "recovery", "regular"]
    assert totals(lines).amount.tolist() == [180_000]


def test_the_oldest_overpayment_is_taken_back_first_and_the_share_is_rounded_down() -> None:
    rows = {
        (1, Month("2022-03")): -5_000,
        (1, Month("2022-04")): -5_000,
        (1, Month("2022-05")): -5_000,
        (1, JUNE): 70_001,
    }
    assert drafted(rows, 100) == [
        (1, "2022-03", -5_000),
        (1, "2022-04", -2_000),
        (1, "2022-06", 70_001),
    ]


def test_without_a_policy_nothing_is_taken_back() -> None:
    rows = {(1, Month("2022-05")): -30_000, (1, JUNE): 90_000}
    assert drafted(rows, None) == [(1, "2022-06", 90_000)]


def test_an_overpayment_alone_draws_no_line() -> None:
    assert drafted({(1, Month("2022-05")): -30_000}, 1000) == []


def test_an_award_with_nothing_left_to_pay_waits() -> None:
    rows = {(1, Month("2022-05")): -90_000, (1, JUNE): 90_000, (2, JUNE): 100}
    assert drafted(rows, 1000) == [(2, "2022-06", 100)]


def test_no_differences_no_lines() -> None:
    assert drafted({}, 500) == []
    assert len(totals(draft(columns({}), month=JUNE, permille=500)).award) == 0


@pytest.mark.parametrize("permille", [-1, 1001])
def test_a_share_beyond_the_whole_is_a_mistake_of_ours(permille: int) -> None:
    with pytest.raises(ValueError, match=str(permille)):
        drafted({(1, JUNE): 1}, permille)
