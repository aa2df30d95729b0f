"""Money is whole fen: read as clerks write it, never rounded but by the one named rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.money import MAX_FEN, half_up, parse_yuan, yuan, yuan_grouped
from doudi.kernel.refusals import Refusal
from tests.kernel.answers import answer

amounts = st.integers(min_value=0, max_value=MAX_FEN)


def code_of(text: str, *, signed: bool = False) -> str:
    with pytest.raises(Refusal) as refused:
        parse_yuan(text, signed=signed)
    assert "{" not in str(refused.value)
    return refused.value.code


@given(amounts)
def test_every_amount_reads_back_as_it_was_printed(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(yuan_grouped(fen)) == fen


@given(amounts)
def test_a_signed_amount_reads_back_too(fen: int) -> None:
    assert parse_yuan(yuan(-fen), signed=True) == -fen
    assert parse_yuan(yuan_grouped(-fen), signed=True) == -fen


@given(amounts)
def test_full_width_digits_and_signs_of_money_change_nothing(fen: int) -> None:
    wide = yuan(fen).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    assert parse_yuan(f" ￥{wide}元 ") == fen


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    fen, code = answer(lambda: parse_yuan(text))
    assert code.startswith("MNY-") if fen is None else 0 <= fen <= MAX_FEN


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-0.01", "MNY-NEG"),
        ("−5", "MNY-NEG"),
        ("-1,200", "MNY-NEG"),
        ("10000000.01", "MNY-MAX"),
        ("999999999999", "MNY-MAX"),
        ("1e18", "MNY-MAX"),
        ("1" * 40, "MNY-MAX"),
        ("0.005", "MNY-FEN"),
        ("NaN", "MNY-NAN"),
        ("Infinity", "MNY-NAN"),
        ("—", "MNY-NAN"),
        ("#REF!", "MNY-NAN"),
        ("#N/A", "MNY-NAN"),
        ("1.2万", "MNY-UNIT"),
        ("1.2万元", "MNY-UNIT"),
        ("1 200", "MNY-FMT"),
        ("1,20", "MNY-FMT"),
        ("٣", "MNY-FMT"),
        ("", "MNY-FMT"),
        ("12-", "MNY-FMT"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_remedy(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_minus_before_zero_is_still_zero() -> None:
    assert parse_yuan("-0.00") == 0


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_half_up_is_the_nearest_whole_and_away_from_zero_in_the_middle(
    numerator: int, denominator: int
) -> None:
    exact, rounded = Fraction(numerator, denominator), half_up(numerator, denominator)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000))
def test_half_up_treats_owing_as_it_treats_owning(numerator: int, denominator: int) -> None:
    assert half_up(-numerator, denominator) == -half_up(numerator, denominator)


@pytest.mark.parametrize("denominator", [0, -2])
def test_half_up_divides_only_by_what_is_positive(denominator: int) -> None:
    with pytest.raises(ValueError, match=str(denominator)):
        half_up(1, denominator)
